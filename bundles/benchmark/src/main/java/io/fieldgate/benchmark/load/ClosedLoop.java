package io.fieldgate.benchmark.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * Each client sends a batch of messages in one piece, waits until all are answered, compares the answers with what must come, and
 * sends the batch again.
 */
public final class ClosedLoop implements Traffic {

    private final int batch;
    private final ByteBuffer expected;
    private final int[] due;
    private final ByteBuffer[] batches;
    private long count;
    private int underWay;
    private boolean stopped;

    private ClosedLoop(int clients, int batch, byte[] expected) {
        this.batch = batch;
        this.expected = ByteBuffer.allocateDirect(expected.length).put(expected).flip();
        due = new int[clients];
        batches = new ByteBuffer[clients];
    }

    /**
     * Connects clients of an echo, and has each send its first batch.
     *
     * @param load what they belong to
     * @param path path of the echo
     * @param clients how many
     * @param batch how many messages each has under way
     * @param text the message: ASCII without quotes, backslashes and control characters
     * @return the traffic, under way
     * @throws IOException if a client is not let in
     */
    public static ClosedLoop echo(Load load, String path, int clients, int batch, byte[] text) throws IOException {
        return start(load, path, clients, new ClosedLoop(clients, batch, text));
    }

    /**
     * Connects clients by HTTP, and has each ask for a page.
     *
     * @param load what they belong to
     * @param path path of the page
     * @param clients how many; each has one request under way
     * @param page what must come
     * @return the traffic, under way
     * @throws IOException if a client cannot connect
     */
    public static ClosedLoop page(Load load, String path, int clients, byte[] page) throws IOException {
        return start(load, path, clients, new ClosedLoop(clients, 1, page));
    }

    /**
     * A text that looks like nothing in particular.
     *
     * @param bytes how long
     * @return the alphabet, again and again
     */
    public static byte[] letters(int bytes) {
        byte[] text = new byte[bytes];
        for (int i = 0; i < bytes; i++) {
            text[i] = (byte) ('a' + i % 26);
        }
        return text;
    }

    private static ClosedLoop start(Load load, String path, int clients, ClosedLoop traffic) throws IOException {
        List<Client> all = load.connect(clients, path, "", traffic);
        byte[] text = new byte[traffic.expected.remaining()];
        traffic.expected.duplicate().get(text);
        ByteBuffer one = all.get(0).message(text);
        ByteBuffer whole = ByteBuffer.allocateDirect(one.remaining() * traffic.batch);
        for (int i = 0; i < traffic.batch; i++) {
            whole.put(one.duplicate());
        }
        whole.flip();
        Arrays.setAll(traffic.batches, i -> whole.duplicate());
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
        if (--due[client.number()] == 0 && !stopped) {
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
        underWay += batch;
        due[client.number()] = batch;
        client.send(batches[client.number()].rewind());
    }
}
