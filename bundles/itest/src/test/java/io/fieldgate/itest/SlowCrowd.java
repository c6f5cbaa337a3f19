package io.fieldgate.itest;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Clients that never get to the end of what they do, and go on a byte a second: with the head of a request, with its body, or with reading
 * the answer. Whoever is thrown out comes back, 500 a second at most: more at once is another kind of attack, on the queue of connections
 * that the system has not handed over yet. One thread drives them all.
 */
final class SlowCrowd implements AutoCloseable {

    private static final long TICK_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int SELECT_MS = 20;
    private static final int CONNECTS_PER_SELECT = 10;
    private static final int SMALL_BUFFER = 4096;
    private static final ByteBuffer DRIP = ByteBuffer.wrap(new byte[] {'x'});

    /** What a client is slow at. */
    enum Way {
        HEAD("GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: "),
        BODY("PUT /api/points/sim/tank/heater HTTP/1.1\r\nHost: localhost\r\n"
                + "Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"),
        READ("GET /large/file HTTP/1.1\r\nHost: localhost\r\n\r\n");

        private final String opening;

        Way(String opening) {
            this.opening = opening;
        }
    }

    private static final class Client {
        private final Way way;
        private SocketChannel channel;
        private boolean open;

        Client(Way way) {
            this.way = way;
        }
    }

    private final InetSocketAddress gateway;
    private final List<Client> clients = new ArrayList<>();
    private final Queue<Client> outside = new ArrayDeque<>();
    private final Selector selector;
    private final Thread thread = new Thread(this::run, "slow-crowd");
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger thrownOut = new AtomicInteger();
    private volatile boolean stopped;
    private volatile Exception failure;

    SlowCrowd(URI gateway, int heads, int bodies, int readers) throws IOException {
        this.gateway = new InetSocketAddress(gateway.getHost(), gateway.getPort());
        selector = Selector.open();
        add(Way.HEAD, heads);
        add(Way.BODY, bodies);
        add(Way.READ, readers);
        thread.start();
    }

    /** How often a connection has been made. */
    int opened() {
        return opened.get();
    }

    /** How often the gateway has ended one. Who does not read does not see that. */
    int thrownOut() {
        return thrownOut.get();
    }

    /** How many there are. */
    int size() {
        return clients.size();
    }

    @Override
    public void close() throws IOException {
        stopped = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while the crowd goes");
        }
        for (Client client : clients) {
            if (client.channel != null) {
                client.channel.close();
            }
        }
        selector.close();
        if (failure != null) {
            throw new IOException("the crowd has dispersed", failure);
        }
    }

    private void add(Way way, int count) {
        for (int i = 0; i < count; i++) {
            clients.add(new Client(way));
        }
    }

    private void run() {
        try {
            outside.addAll(clients);
            long next = System.nanoTime();
            while (!stopped) {
                for (int i = 0; i < CONNECTS_PER_SELECT && !outside.isEmpty(); i++) {
                    connect(outside.remove());
                }
                serve();
                if (System.nanoTime() - next >= 0) {
                    next = System.nanoTime() + TICK_NANOS;
                    for (Client client : clients) {
                        drip(client);
                    }
                }
            }
        } catch (IOException | RuntimeException e) {
            failure = e;
        }
    }

    private void connect(Client client) throws IOException {
        client.channel = SocketChannel.open();
        client.channel.configureBlocking(false);
        if (client.way == Way.READ) {
            client.channel.setOption(StandardSocketOptions.SO_RCVBUF, SMALL_BUFFER);
        }
        client.channel.connect(gateway);
        client.channel.register(selector, SelectionKey.OP_CONNECT, client);
    }

    private void serve() throws IOException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(SELECT_MS);
        while (System.nanoTime() < end) {
            selector.select(SELECT_MS);
            serveSelected();
        }
    }

    private void serveSelected() throws IOException {
        for (SelectionKey key : selector.selectedKeys()) {
            Client client = (Client) key.attachment();
            try {
                if (key.isConnectable()) {
                    begin(client, key);
                } else if (client.channel.read(ByteBuffer.allocate(SMALL_BUFFER)) < 0) {
                    comeBack(client);
                }
            } catch (IOException e) {
                comeBack(client);
            }
        }
        selector.selectedKeys().clear();
    }

    private void begin(Client client, SelectionKey key) throws IOException {
        client.channel.finishConnect();
        client.channel.write(ByteBuffer.wrap(client.way.opening.getBytes(StandardCharsets.US_ASCII)));
        client.open = true;
        opened.incrementAndGet();
        key.interestOps(client.way == Way.READ ? 0 : SelectionKey.OP_READ);
    }

    private void drip(Client client) throws IOException {
        if (!client.open) {
            return;
        }
        try {
            if (client.way != Way.READ) {
                client.channel.write(DRIP.duplicate());
            } else if (client.channel.read(ByteBuffer.allocate(1)) < 0) {
                comeBack(client);
            }
        } catch (IOException e) {
            comeBack(client);
        }
    }

    private void comeBack(Client client) throws IOException {
        client.channel.close();
        if (client.open) {
            thrownOut.incrementAndGet();
        }
        client.open = false;
        outside.add(client);
    }
}
