package io.fieldgate.driver.modbus;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets clients in, one thread for each, and no more than are allowed. If the port cannot be had it tries again every 5 s. All threads end
 * with {@link #close}.
 */
final class ServerListener implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ServerListener.class);
    private static final long RETRY_MILLIS = 5000;
    private static final long END_MILLIS = 2000;

    private final InetSocketAddress address;
    private final Set<InetAddress> allowed;
    private final int most;
    private final int idleMillis;
    private final Function<Socket, ServerConnection> connections;
    private final Thread acceptor;

    // All guarded by this.
    private final Map<Thread, ServerConnection> open = new HashMap<>();
    private ServerSocket socket;
    private boolean closed;

    ServerListener(
            InetSocketAddress address,
            Set<InetAddress> allowed,
            int most,
            int idleMillis,
            Function<Socket, ServerConnection> connections) {
        this.address = address;
        this.allowed = Set.copyOf(allowed);
        this.most = most;
        this.idleMillis = idleMillis;
        this.connections = connections;
        acceptor = thread(this::accept, "fieldgate-modbus-server-" + address.getPort());
    }

    void start() {
        acceptor.start();
    }

    private static Thread thread(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
        return thread;
    }

    /** The port it listens at, or 0 if it does not. */
    synchronized int port() {
        return socket == null ? 0 : socket.getLocalPort();
    }

    private void accept() {
        boolean told = false;
        while (!isClosed()) {
            try (ServerSocket listening = new ServerSocket()) {
                listening.setReuseAddress(true);
                listening.bind(address, 16);
                if (!takes(listening)) {
                    return;
                }
                LOG.info("The Modbus server listens at {}:{}", address.getHostString(), listening.getLocalPort());
                told = false;
                while (true) {
                    admit(listening.accept());
                }
            } catch (IOException e) {
                if (!isClosed() && !told) {
                    told = true;
                    LOG.error(
                            "The Modbus server cannot listen at {}: {}; a port below 1024 needs a capability, an address"
                                    + " must be this machine's. It tries again every 5 s",
                            address,
                            e.toString());
                }
            }
            pause();
        }
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private synchronized boolean takes(ServerSocket listening) {
        socket = listening;
        return !closed;
    }

    private synchronized void pause() {
        socket = null;
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(RETRY_MILLIS);
        try {
            for (long left = RETRY_MILLIS; !closed && left > 0; left = (end - System.nanoTime()) / 1_000_000) {
                wait(left);
            }
        } catch (InterruptedException e) {
            closed = true;
        }
    }

    private void admit(Socket client) {
        InetAddress from = client.getInetAddress();
        boolean welcome = from.isLoopbackAddress() || allowed.contains(from);
        try {
            if (!welcome || !begin(client)) {
                LOG.debug("{} is refused: {}", from, welcome ? "too many connections" : "it is not in allow");
                client.close();
            }
        } catch (IOException e) {
            LOG.debug("{} has gone at once: {}", from, e.toString());
        }
    }

    private synchronized boolean begin(Socket client) throws IOException {
        if (closed || open.size() >= most) {
            return false;
        }
        client.setSoTimeout(idleMillis);
        client.setTcpNoDelay(true);
        ServerConnection connection = connections.apply(client);
        Thread thread = thread(() -> serve(connection), "fieldgate-modbus-client-" + client.getPort());
        open.put(thread, connection);
        thread.start();
        return true;
    }

    private void serve(ServerConnection connection) {
        try {
            connection.run();
        } finally {
            synchronized (this) {
                open.remove(Thread.currentThread());
            }
        }
    }

    /** Closes the port and all connections; a write that is on its way is given up by its client. */
    @Override
    public void close() {
        Map<Thread, ServerConnection> left;
        synchronized (this) {
            closed = true;
            left = Map.copyOf(open);
            notifyAll();
            try {
                if (socket != null) {
                    socket.close();
                }
            } catch (IOException e) {
                LOG.debug("The server socket could not be closed: {}", e.toString());
            }
        }
        left.values().forEach(ServerConnection::close);
        left.keySet().forEach(Thread::interrupt);
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(END_MILLIS);
        try {
            for (Thread thread : left.keySet()) {
                thread.join(Math.max(1, (end - System.nanoTime()) / 1_000_000));
            }
            acceptor.join(Math.max(1, (end - System.nanoTime()) / 1_000_000));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
