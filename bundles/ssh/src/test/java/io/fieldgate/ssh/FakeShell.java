package io.fieldgate.ssh;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The other side of the local socket, as the shell's README describes it. Commands: {@code echo WORDS}, {@code fail WORDS},
 * {@code wait WORDS}, {@code vanish}, {@code flood}.
 */
final class FakeShell implements AutoCloseable {

    private static final int LIMIT_S = 20;

    private final Path record;
    private final ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    private final Set<SocketChannel> clients = ConcurrentHashMap.newKeySet();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> speakers = new CopyOnWriteArrayList<>();
    private final BlockingQueue<String> frames = new LinkedBlockingQueue<>();
    private final BlockingQueue<SocketChannel> attached = new LinkedBlockingQueue<>();

    FakeShell(Path home) throws IOException {
        Path socket = home.resolve("data").resolve("shell-" + System.nanoTime());
        server.bind(UnixDomainSocketAddress.of(socket));
        record = home.resolve("data").resolve("shell.path");
        Files.writeString(record, socket.toString());
        start(this::accept);
    }

    /** The requests so far, each in one line. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    /** For whom each request was, in order. */
    List<String> speakers() {
        return List.copyOf(speakers);
    }

    /** The next frame of an attached client: type and payload, or {@code end}. */
    String frame() throws InterruptedException {
        String frame = frames.poll(LIMIT_S, TimeUnit.SECONDS);
        if (frame == null) {
            throw new AssertionError("no frame within " + LIMIT_S + " s");
        }
        return frame;
    }

    /** The next client that is attached. */
    SocketChannel client() throws InterruptedException {
        SocketChannel client = attached.poll(LIMIT_S, TimeUnit.SECONDS);
        if (client == null) {
            throw new AssertionError("nobody attaches within " + LIMIT_S + " s");
        }
        return client;
    }

    int open() {
        return clients.size();
    }

    static void send(SocketChannel client, char type, String payload) throws IOException {
        byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
        ByteBuffer frame = ByteBuffer.allocate(5 + bytes.length)
                .put((byte) type)
                .putInt(bytes.length)
                .put(bytes)
                .flip();
        while (frame.hasRemaining()) {
            client.write(frame);
        }
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(record);
        server.close();
        for (SocketChannel client : clients) {
            client.close();
        }
    }

    private void accept() {
        try {
            while (true) {
                SocketChannel client = server.accept();
                clients.add(client);
                start(() -> serve(client));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void serve(SocketChannel client) {
        try (client) {
            speakers.add(line(client));
            String head = line(client);
            if (head.startsWith("ATTACH ")) {
                requests.add(head);
                attached.add(client);
                readFrames(client);
            } else {
                run(client, head);
            }
        } catch (IOException e) {
            frames.add("end");
        } finally {
            clients.remove(client);
        }
    }

    private static String line(SocketChannel client) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = read(client); next != '\n' && next >= 0; next = read(client)) {
            line.write(next);
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    private void run(SocketChannel client, String head) throws IOException {
        ByteArrayOutputStream rest = new ByteArrayOutputStream();
        for (int next = read(client); next >= 0; next = read(client)) {
            rest.write(next);
        }
        String command = rest.toString(StandardCharsets.UTF_8);
        requests.add(head + " " + command);
        String words = command.replaceFirst("^\\S+ ?", "");
        switch (command.replaceFirst(" .*", "")) {
            case "echo" -> {
                send(client, 'o', words + "\n");
                send(client, 'x', "0");
            }
            case "fail" -> {
                send(client, 'e', words + "\n");
                send(client, 'x', "7");
            }
            case "flood" -> {
                for (int i = 0; i < 1000; i++) {
                    send(client, 'o', "0123456789abcde\n".repeat(64));
                }
                send(client, 'x', "0");
            }
            case "wait" -> {
                send(client, 'o', words);
                // Nothing else ever comes; it ends when the socket breaks, for then a write fails.
                while (client.isOpen()) {
                    send(client, 'o', ".");
                    LockSupport.parkNanos(20_000_000);
                }
            }
            case "vanish" -> send(client, 'o', "half");
            default -> {
                send(client, 'e', "no such command: " + command + "\n");
                send(client, 'x', "127");
            }
        }
    }

    private void readFrames(SocketChannel client) throws IOException {
        for (int type = read(client); type >= 0; type = read(client)) {
            int length = 0;
            for (int i = 0; i < 4; i++) {
                length = length << 8 | read(client);
            }
            byte[] payload = new byte[length];
            for (int i = 0; i < length; i++) {
                payload[i] = (byte) read(client);
            }
            frames.add((char) type + new String(payload, StandardCharsets.UTF_8));
        }
        frames.add("end");
    }

    private static int read(SocketChannel client) throws IOException {
        ByteBuffer one = ByteBuffer.allocate(1);
        return client.read(one) < 0 ? -1 : one.get(0) & 0xff;
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "fake-shell");
        thread.setDaemon(true);
        thread.start();
    }
}
