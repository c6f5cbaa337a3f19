package io.fieldgate.shell;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the command line does: one request, and the answer taken apart. */
final class ShellClient implements Closeable {

    private final SocketChannel channel;

    private ShellClient(SocketChannel channel) {
        this.channel = channel;
    }

    record Answer(String out, String err, int exit) {}

    static ShellClient connect(Path home) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(UnixDomainSocketAddress.of(Files.readString(home.resolve("data/shell.path"))));
        return new ShellClient(channel);
    }

    /** Runs one command. */
    static Answer run(Path home, String command) throws IOException {
        try (ShellClient client = connect(home)) {
            client.send("RUN 80\n" + command);
            client.channel.shutdownOutput();
            return client.answer();
        }
    }

    void send(String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    void end() throws IOException {
        channel.shutdownOutput();
    }

    /** Reads frames until the exit status and checks that nothing follows it. */
    Answer answer() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        while (true) {
            ByteBuffer header = read(5);
            char type = (char) header.get();
            byte[] payload = read(header.getInt()).array();
            switch (type) {
                case 'o' -> out.writeBytes(payload);
                case 'e' -> err.writeBytes(payload);
                case 'x' -> {
                    if (channel.read(ByteBuffer.allocate(1)) >= 0) {
                        throw new IOException("something follows the exit status");
                    }
                    int exit = Integer.parseInt(new String(payload, StandardCharsets.US_ASCII));
                    return new Answer(out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8), exit);
                }
                default -> throw new IOException("unknown frame " + type);
            }
        }
    }

    private ByteBuffer read(int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes) < 0) {
                throw new IOException("the answer ends in the middle of a frame");
            }
        }
        return bytes.flip();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
