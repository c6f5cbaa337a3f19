package io.fieldgate.launcher;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A gateway's shell that gives the answers that it was told, one to each connection. */
final class FakeShell implements AutoCloseable {

    /** What was asked, in order, without the sizes. */
    final List<String> asked = new CopyOnWriteArrayList<>();

    private final Queue<byte[]> answers = new ArrayDeque<>();
    private final HomeLock lock;
    private final ServerSocketChannel server;
    private volatile Consumer<String> look = command -> {};

    private FakeShell(HomeLock lock, ServerSocketChannel server) {
        this.lock = lock;
        this.server = server;
    }

    /** Makes the home look like one where a gateway runs. */
    static FakeShell on(Home home) throws Exception {
        new HomeFolders(home).createData();
        HomeLock lock = HomeLock.take(home).orElseThrow();
        new RunFile(1, RunFile.State.READY, "http://127.0.0.1:1/", java.time.Instant.EPOCH, "", "", false)
                .write(home.runFile());
        Path socket = home.data().resolve("shell.sock");
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        Files.writeString(home.data().resolve("shell.path"), socket.toString());
        FakeShell shell = new FakeShell(lock, server);
        Thread thread = new Thread(shell::serve, "fake-shell");
        thread.setDaemon(true);
        thread.start();
        return shell;
    }

    /** Says what the next connection is answered: pairs of a type and a payload. */
    FakeShell answers(String... frames) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < frames.length; i += 2) {
            byte[] payload = frames[i + 1].getBytes(StandardCharsets.UTF_8);
            bytes.write(frames[i].charAt(0));
            bytes.writeBytes(ByteBuffer.allocate(4).putInt(payload.length).array());
            bytes.writeBytes(payload);
        }
        answers.add(bytes.toByteArray());
        return this;
    }

    /** Looks at each command before it is answered. */
    FakeShell looking(Consumer<String> at) {
        look = at;
        return this;
    }

    private void serve() {
        try {
            while (true) {
                try (SocketChannel client = server.accept()) {
                    ByteBuffer request = ByteBuffer.allocate(4096);
                    while (client.read(request) >= 0) {
                        // Until the client closes its side.
                    }
                    String text = StandardCharsets.UTF_8.decode(request.flip()).toString();
                    String command = text.substring(text.indexOf('\n') + 1);
                    asked.add(command);
                    look.accept(command);
                    client.write(ByteBuffer.wrap(answers.remove()));
                }
            }
        } catch (ClosedChannelException e) {
            return; // the test has ended
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The gateway stops. */
    void stop() throws IOException {
        lock.close();
    }

    @Override
    public void close() throws IOException {
        server.close();
        lock.close();
    }
}
