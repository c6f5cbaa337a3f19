package io.fieldgate.benchmark.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A broadcast in closed loop: one client publishes numbered texts, a few of them under way at a time, and each of the subscribers
 * must get every one, once and in order.
 */
public final class FanoutTraffic implements Traffic {

    private static final int DIGITS = 10;

    private final int window;
    private final byte[] payload;
    private final long[] expected;
    private Client publisher;
    private long published;
    private long count;
    private boolean stopped;

    private FanoutTraffic(int subscribers, int bytes, int window) {
        if (bytes < DIGITS) {
            throw new IllegalArgumentException("a publication has at least " + DIGITS + " bytes, got " + bytes);
        }
        this.window = window;
        payload = new byte[bytes];
        Arrays.fill(payload, (byte) 'x');
        expected = new long[subscribers];
    }

    /**
     * Connects the subscribers, then the publisher.
     *
     * @param load what they belong to
     * @param subscribe path of the subscribers
     * @param publish path of the publisher, who is sent nothing
     * @param subscribers how many
     * @param bytes how long a text is, at least 10
     * @param window how many publications may be under way
     * @return the traffic, which begins with its first step
     * @throws IOException if a client is not let in
     */
    public static FanoutTraffic start(
            Load load, String subscribe, String publish, int subscribers, int bytes, int window) throws IOException {
        FanoutTraffic traffic = new FanoutTraffic(subscribers, bytes, window);
        load.connect(subscribers, subscribe, "", traffic);
        traffic.publisher = load.connect(1, publish, "", FanoutTraffic::refuse).get(0);
        return traffic;
    }

    @Override
    public void step() throws IOException {
        while (!stopped && published < count / expected.length + window) {
            Digits.put(payload, 0, DIGITS, published++);
            publisher.send(publisher.message(payload));
        }
    }

    @Override
    public void received(Client client, ByteBuffer message) throws IOException {
        long number = Digits.get(message, 0, DIGITS);
        if (number != expected[client.number()] || message.remaining() != payload.length) {
            throw new LoadException("a subscriber got publication " + number + " of " + message.remaining()
                    + " bytes where " + expected[client.number()] + " of " + payload.length + " was due");
        }
        expected[client.number()]++;
        count++;
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
        return count == published * expected.length;
    }

    private static void refuse(Client client, ByteBuffer message) throws LoadException {
        throw new LoadException("the publisher was sent a message of " + message.remaining() + " bytes");
    }
}
