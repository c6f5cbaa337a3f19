package io.fieldgate.benchmark.load;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Clients that come, say goodbye as soon as they are in, wait for the server's goodbye, and come again. */
public final class HandshakeTraffic implements Traffic {

    private static final byte[] NORMAL = {0x03, (byte) 0xe8};

    private final Load load;
    private final Dialect dialect;
    private final ByteBuffer goodbye = Frames.masked(Frames.CLOSE, NORMAL);
    private long count;
    private int underWay;
    private int due;
    private boolean stopped;

    /**
     * Makes the traffic, which begins with its first step.
     *
     * @param load what the clients belong to
     * @param port the server's port
     * @param path path they ask for
     * @param clients how many are under way at a time
     */
    public HandshakeTraffic(Load load, int port, String path, int clients) {
        this.load = load;
        dialect = Protocol.WEB_SOCKET.dialect(port, path, "");
        due = clients;
    }

    @Override
    public void step() throws IOException {
        for (; due > 0 && !stopped; due--) {
            underWay++;
            load.begin(dialect, 0, this);
        }
    }

    @Override
    public void opened(Client client) throws IOException {
        client.send(goodbye.duplicate());
    }

    @Override
    public void received(Client client, ByteBuffer payload) throws IOException {
        throw new LoadException("a client that has said goodbye was sent a message");
    }

    @Override
    public void closed(Client client, String reason) throws IOException {
        if (!reason.equals("1000")) {
            throw new LoadException("the goodbye was answered with " + reason);
        }
        count++;
        underWay--;
        due++;
    }

    @Override
    public long count() {
        return count;
    }

    @Override
    public void stop() {
        stopped = true;
    }

    @Override
    public boolean isDone() {
        return underWay == 0;
    }
}
