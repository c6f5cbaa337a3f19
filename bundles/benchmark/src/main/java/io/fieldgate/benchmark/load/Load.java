package io.fieldgate.benchmark.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * A load generator: any number of clients of one server, on one selector and one buffer. The thread that calls is the
 * thread that does everything, so nothing is handed over and nothing waits for a lock.
 */
public final class Load implements AutoCloseable {

    /** The greatest message that can be received, in bytes. */
    static final int GREATEST_MESSAGE = 1 << 20;

    private static final int CONNECTING_AT_ONCE = 64;
    private static final Duration CONNECT_LIMIT = Duration.ofMinutes(1);

    private final int port;
    private final Protocol protocol;
    private final Selector selector;
    private final ByteBuffer in = ByteBuffer.allocateDirect(2 * GREATEST_MESSAGE);

    /** What is done between two looks at the sockets. */
    @FunctionalInterface
    public interface Step {

        /**
         * Does it.
         *
         * @throws IOException if the load cannot go on
         */
        void run() throws IOException;
    }

    /**
     * Makes a load without clients, who will speak plain WebSocket.
     *
     * @param port port of the server, on the loopback address
     * @throws IOException if there are no file descriptors left
     */
    public Load(int port) throws IOException {
        this(port, Protocol.WEB_SOCKET);
    }

    /**
     * Makes a load without clients.
     *
     * @param port port of the server, on the loopback address
     * @param protocol what the clients will speak
     * @throws IOException if there are no file descriptors left
     */
    public Load(int port, Protocol protocol) throws IOException {
        this.port = port;
        this.protocol = protocol;
        selector = Selector.open();
    }

    /**
     * Begins to connect one client.
     *
     * @param dialect how it speaks
     * @param number what it is called
     * @param receiver who is told what happens to it
     * @return the client, which is not open yet
     * @throws IOException if there are no file descriptors left
     */
    Client begin(Dialect dialect, int number, Receiver receiver) throws IOException {
        return new Client(selector, port, number, dialect, receiver);
    }

    /**
     * Connects clients, and returns when all are in.
     *
     * @param count how many
     * @param path the path they ask for
     * @param subprotocol the subprotocol they offer, or empty for none
     * @param receiver who is told what happens to them
     * @return the clients, numbered from 0
     * @throws IOException if one is not let in, or it takes longer than a minute
     */
    public List<Client> connect(int count, String path, String subprotocol, Receiver receiver) throws IOException {
        Dialect dialect = protocol.dialect(port, path, subprotocol);
        List<Client> clients = new ArrayList<>(count);
        long end = System.nanoTime() + CONNECT_LIMIT.toNanos();
        int open = 0;
        while (open < count) {
            while (clients.size() < count && clients.size() - open < CONNECTING_AT_ONCE) {
                clients.add(begin(dialect, clients.size(), receiver));
            }
            if (System.nanoTime() > end) {
                throw new LoadException(
                        open + " of " + count + " clients were let in within " + CONNECT_LIMIT.toSeconds() + " s");
            }
            turn(10);
            // They come in the order in which they were begun, or nearly.
            while (open < clients.size() && clients.get(open).isOpen()) {
                open++;
            }
        }
        return clients;
    }

    /**
     * Serves the clients for a time.
     *
     * @param time how long
     * @param step done after each look at the sockets, at least once a millisecond
     * @throws IOException if the load cannot go on
     */
    public void run(Duration time, Step step) throws IOException {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            turn(1);
            step.run();
        }
    }

    /**
     * Serves the clients until something is so.
     *
     * @param done what must be so
     * @param limit how long it may take
     * @param what what is waited for, for the error
     * @throws IOException if the load cannot go on, or the time is up
     */
    public void await(BooleanSupplier done, Duration limit, String what) throws IOException {
        long end = System.nanoTime() + limit.toNanos();
        while (!done.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new LoadException(what + ": not within " + limit.toMillis() + " ms");
            }
            turn(1);
        }
    }

    /** Cuts what is still connected. */
    @Override
    public void close() throws IOException {
        for (SelectionKey key : selector.keys()) {
            ((Client) key.attachment()).cut();
        }
        selector.close();
    }

    private void turn(int millis) throws IOException {
        try {
            selector.select(this::ready, millis);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void ready(SelectionKey key) {
        try {
            ((Client) key.attachment()).ready(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
