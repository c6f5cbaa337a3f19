package io.fieldgate.itest;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Stands between a browser and the gateway: it cuts connections, lets nobody in for a while, and ends those that ask for what it forbids. */
final class TcpGate implements AutoCloseable {

    private static final int CHUNK = 16_384;

    private final InetSocketAddress target;
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private volatile Set<String> forbidden = Set.of();
    private volatile boolean shut;

    TcpGate(URI gateway) throws IOException {
        target = new InetSocketAddress(gateway.getHost(), gateway.getPort());
        threads.execute(this::accept);
    }

    /** Where the browser finds it. */
    String address() {
        return "http://127.0.0.1:" + server.getLocalPort() + '/';
    }

    /** From now on ends each connection on which one of these texts is sent in a request, and those that are open. */
    void forbid(String... texts) {
        forbidden = Set.of(texts);
        cut();
    }

    /** Lets nobody in until it is opened, and cuts all. */
    void shut() {
        shut = true;
        cut();
    }

    void open() {
        shut = false;
    }

    /** Ends all connections, without a word. */
    void cut() {
        open.forEach(TcpGate::closeHard);
    }

    @Override
    public void close() throws IOException {
        server.close();
        cut();
        threads.shutdownNow();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                open.add(client);
                if (shut) {
                    closeHard(client);
                } else {
                    join(client);
                }
            } catch (IOException e) {
                if (!server.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void join(Socket client) {
        Socket gateway = new Socket();
        open.add(gateway);
        try {
            gateway.connect(target);
        } catch (IOException e) {
            closeHard(client); // it was cut before it stood
            return;
        }
        threads.execute(() -> copy(client, gateway, true));
        threads.execute(() -> copy(gateway, client, false));
    }

    /** A request's head comes in one piece on the loopback, so each piece is looked at alone. */
    private void copy(Socket from, Socket to, boolean judge) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] chunk = new byte[CHUNK];
            for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
                if (judge && isForbidden(new String(chunk, 0, length, StandardCharsets.ISO_8859_1))) {
                    return;
                }
                out.write(chunk, 0, length);
            }
        } catch (IOException e) {
            // The connection is cut, by one of its ends or by the test.
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    private boolean isForbidden(String request) {
        return forbidden.stream().anyMatch(request::contains);
    }

    private static void closeHard(Socket socket) {
        try {
            if (!socket.isClosed()) {
                socket.setSoLinger(true, 0);
            }
            socket.close();
        } catch (IOException e) {
            // Then it is closed already.
        }
    }
}
