package io.fieldgate.benchmark.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/** A closed loop: each client sends one text, waits until it comes back, compares it, and sends it again. */
public final class EchoTraffic implements Traffic {

    private final ByteBuffer expected;
    private final ByteBuffer[] frames;
    private long count;
    private int underWay;
    private boolean stopped;

    private EchoTraffic(int clients, int bytes) {
        byte[] payload = new byte[bytes];
        for (int i = 0; i < bytes; i++) {
            payload[i] = (byte) ('a' + i % 26);
        }
        expected = ByteBuffer.allocateDirect(bytes).put(payload).flip();
        ByteBuffer frame = Frames.masked(Frames.TEXT, payload);
        frames = new ByteBuffer[clients];
        Arrays.setAll(frames, i -> frame.duplicate());
    }

    /**
     * Connects the clients and has each send its first message.
     *
     * @param load what they belong to
     * @param path path of an echo
     * @param clients how many
     * @param bytes how long the text is
     * @return the traffic, under way
     * @throws IOException if a client is not let in
     */
    public static EchoTraffic start(Load load, String path, int clients, int bytes) throws IOException {
        EchoTraffic traffic = new EchoTraffic(clients, bytes);
        List<Client> all = load.connect(clients, path, "", traffic);
        for (Client client : all) {
            traffic.send(client);
        }
        return traffic;
    }

    @Override
    public void received(Client client, ByteBuffer payload) throws IOException {
        if (!payload.equals(expected)) {
            throw new LoadException("a message of " + expected.remaining() + " bytes came back as another, of "
                    + payload.remaining() + " bytes");
        }
        count++;
        underWay--;
        if (!stopped) {
            send(client);
        }
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

    private void send(Client client) throws IOException {
        underWay++;
        client.send(frames[client.number()].rewind());
    }
}
