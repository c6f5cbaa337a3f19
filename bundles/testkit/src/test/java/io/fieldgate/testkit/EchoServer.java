package io.fieldgate.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A server that does to each frame what it is told: to see that the clients of these tests notice what they should. */
final class EchoServer implements AutoCloseable {

    private final ServerSocket server;
    private final Function<Frame, List<Frame>> answers;

    private EchoServer(Function<Frame, List<Frame>> answers) throws IOException {
        this.answers = answers;
        server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    }

    /** Starts a server that answers each frame with a list of frames. */
    static EchoServer answering(Function<Frame, List<Frame>> answers) throws IOException {
        EchoServer echo = new EchoServer(answers);
        start(echo::accept);
        return echo;
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort() + "/");
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private void accept() {
        try {
            while (!server.isClosed()) {
                Socket client = server.accept();
                start(() -> serve(client));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void serve(Socket client) {
        try (client) {
            InputStream in = client.getInputStream();
            readHead(in);
            client.getOutputStream()
                    .write(("HTTP/1.1 101 Switching Protocols\r\nSec-WebSocket-Accept: " + Upgrade.ACCEPT + "\r\n\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1));
            ReadableByteChannel channel = Channels.newChannel(in);
            ByteBuffer unread = ByteBuffer.allocate(65_536).limit(0);
            while (true) {
                Optional<Frame> frame = Frame.take(unread);
                if (frame.isPresent() && frame.get().opcode() == Frame.CLOSE) {
                    return;
                }
                if (frame.isPresent()) {
                    for (Frame answer : answers.apply(frame.get())) {
                        client.getOutputStream().write(answer.unmasked());
                    }
                } else if (!fill(unread, channel)) {
                    return;
                }
            }
        } catch (IOException e) {
            // the client has gone
        }
    }

    private static boolean fill(ByteBuffer unread, ReadableByteChannel in) throws IOException {
        unread.compact();
        int count = in.read(unread);
        unread.flip();
        return count > 0;
    }

    private static void readHead(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new UncheckedIOException(new IOException("no request"));
            }
            head.write(next);
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "echo-server");
        thread.setDaemon(true);
        thread.start();
    }
}
