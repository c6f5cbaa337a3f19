package io.fieldgate.shell;

import io.fieldgate.shell.ShellClient.Answer;
import java.io.Closeable;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A terminal that is attached: types, and sees what a person would. */
final class TestTerminal implements Closeable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final SocketChannel channel;
    private final StringBuffer screen = new StringBuffer();
    private final StringBuffer errors = new StringBuffer();
    private final CompletableFuture<Integer> exit = new CompletableFuture<>();
    private int seen;

    private TestTerminal(SocketChannel channel) {
        this.channel = channel;
    }

    /** Sends a first line and then reads on a thread of its own. */
    static TestTerminal open(Path home, String request) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(UnixDomainSocketAddress.of(Files.readString(home.resolve("data/shell.path"))));
        TestTerminal terminal = new TestTerminal(channel);
        terminal.send(request.getBytes(StandardCharsets.UTF_8));
        Thread reader = new Thread(terminal::read, "test-terminal");
        reader.setDaemon(true);
        reader.start();
        return terminal;
    }

    /** Attaches and waits for the prompt. */
    static TestTerminal attach(Path home) throws IOException {
        TestTerminal terminal = open(home, "ATTACH 80 24 xterm\n");
        terminal.await("fg>");
        return terminal;
    }

    void type(String keys) throws IOException {
        frame('i', keys.getBytes(StandardCharsets.UTF_8));
    }

    void resize(int columns, int rows) throws IOException {
        frame('w', (columns + " " + rows).getBytes(StandardCharsets.US_ASCII));
    }

    void frame(char type, byte[] payload) throws IOException {
        send(ByteBuffer.allocate(5 + payload.length)
                .put((byte) type)
                .putInt(payload.length)
                .put(payload)
                .array());
    }

    void send(byte[] bytes) throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        while (rest.hasRemaining()) {
            channel.write(rest);
        }
    }

    void hangUp() throws IOException {
        channel.shutdownOutput();
    }

    /** Waits until a text is seen that was not yet awaited; what is before it counts as seen. */
    void await(String text) {
        Awaitility.await("to see \"" + text + "\"").atMost(PATIENCE).until(() -> screen.indexOf(text, seen) >= 0);
        seen = screen.indexOf(text, seen) + text.length();
    }

    /** Types a line and waits for what it prints, and for the next prompt. */
    void ask(String line, String answer) throws IOException {
        type(line + "\r");
        await(answer);
        await("fg>");
    }

    String screen() {
        return screen.toString();
    }

    Answer end() throws Exception {
        int status = exit.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        return new Answer("", errors.toString(), status);
    }

    private void read() {
        try {
            while (true) {
                ByteBuffer header = receive(5);
                char type = (char) header.get();
                String payload =
                        StandardCharsets.UTF_8.decode(receive(header.getInt())).toString();
                switch (type) {
                    case 'o' -> screen.append(payload);
                    case 'e' -> errors.append(payload);
                    default -> {
                        exit.complete(Integer.valueOf(payload));
                        return;
                    }
                }
            }
        } catch (IOException e) {
            exit.completeExceptionally(e);
        }
    }

    private ByteBuffer receive(int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes) < 0) {
                throw new IOException("the shell has gone");
            }
        }
        return bytes.flip();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
