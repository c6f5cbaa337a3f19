package io.fieldgate.benchmark.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Subscribers of the live protocol, who count the samples that they are sent and those that they are told they have missed. */
public final class LiveTraffic implements Traffic {

    private static final String SUBPROTOCOL = "fieldgate.live.v1";
    private static final byte[] SAMPLE = "{\"point\":".getBytes(StandardCharsets.US_ASCII);
    private static final ByteBuffer SAMPLES = ascii("{\"op\":\"samples\"");
    private static final ByteBuffer LAGGED = ascii("{\"op\":\"lagged\",\"missed\":");
    private static final ByteBuffer OK = ascii("{\"op\":\"ok\"");

    private final ByteBuffer subscribe;
    private long count;
    private long missed;

    private LiveTraffic(String filter) {
        String request = "{\"op\":\"subscribe\",\"id\":1,\"filters\":[\"" + filter + "\"],\"mode\":\"every\"}";
        subscribe = Frames.masked(Frames.TEXT, request.getBytes(StandardCharsets.US_ASCII));
    }

    /**
     * Connects the subscribers, each of which asks for every sample.
     *
     * @param load what they belong to
     * @param path path of the live handler
     * @param subscribers how many
     * @param filter what they ask for
     * @return the traffic, under way
     * @throws IOException if a client is not let in
     */
    public static LiveTraffic start(Load load, String path, int subscribers, String filter) throws IOException {
        LiveTraffic traffic = new LiveTraffic(filter);
        load.connect(subscribers, path, SUBPROTOCOL, traffic);
        return traffic;
    }

    @Override
    public void opened(Client client) throws IOException {
        client.send(subscribe.duplicate());
    }

    @Override
    public void received(Client client, ByteBuffer payload) throws IOException {
        if (begins(payload, LAGGED)) {
            missed += number(payload, LAGGED.remaining());
        } else if (!begins(payload, SAMPLES)) {
            if (begins(payload, OK)) {
                return;
            }
            throw new LoadException("a subscriber was sent " + StandardCharsets.UTF_8.decode(payload.duplicate()));
        }
        count += occurrences(payload, SAMPLE);
    }

    @Override
    public long count() {
        return count;
    }

    /**
     * How many samples the subscribers were told they have missed.
     *
     * @return a number that only grows
     */
    public long missed() {
        return missed;
    }

    @Override
    public void stop() {
        // The samples come by themselves, and go on until the clients leave.
    }

    @Override
    public boolean isDone() {
        return true;
    }

    /** How often a text is in a payload. */
    static int occurrences(ByteBuffer payload, byte[] text) {
        int found = 0;
        int last = payload.limit() - text.length;
        for (int i = payload.position(); i <= last; i++) {
            if (payload.get(i) == text[0]) {
                int matched = 1;
                while (matched < text.length && payload.get(i + matched) == text[matched]) {
                    matched++;
                }
                if (matched == text.length) {
                    found++;
                }
            }
        }
        return found;
    }

    private static long number(ByteBuffer payload, int offset) {
        long number = 0;
        for (int i = payload.position() + offset; i < payload.limit(); i++) {
            int digit = payload.get(i) - '0';
            if (digit < 0 || digit > 9) {
                break;
            }
            number = number * 10 + digit;
        }
        return number;
    }

    private static boolean begins(ByteBuffer payload, ByteBuffer text) {
        return payload.remaining() >= text.remaining()
                && payload.slice(payload.position(), text.remaining()).equals(text);
    }

    private static ByteBuffer ascii(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)).asReadOnlyBuffer();
    }
}
