package io.fieldgate.benchmark.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One subscriber of the live protocol who looks at the time of each sample: how late it comes, held against this machine's clock, and
 * how long it is since the sample of the same point before. Samples have their time in milliseconds, rounded down.
 *
 * <p>The points must be called {@code p1}, {@code p2} … of one device.
 */
public final class TimedTraffic implements Receiver {

    private static final String SUBPROTOCOL = "fieldgate.live.v1";
    private static final byte[] POINT = ascii("{\"point\":\"");
    private static final byte[] TIME = ascii("\"time\":\"");
    private static final byte[] LAGGED = ascii("{\"op\":\"lagged\",\"missed\":");

    /** Where hours, minutes and seconds stand in a time, behind its quotation mark. */
    private static final int HOURS = 11;

    private static final int DAY_MILLIS = 86_400_000;

    /** Lateness of up to 10 s by the millisecond; what is later is counted as that. */
    private static final int LATEST = 10_000;

    private final ByteBuffer subscribe;
    private final long[] lateness = new long[LATEST + 1];
    private final long[] arrivals;
    private long count;
    private long missed;
    private long longestGapNanos;

    private TimedTraffic(String filter, int points) {
        String request = "{\"op\":\"subscribe\",\"id\":1,\"filters\":[\"" + filter + "\"],\"mode\":\"every\"}";
        subscribe = Frames.masked(Frames.TEXT, ascii(request));
        arrivals = new long[points + 1];
    }

    /**
     * Connects the subscriber, which asks for every sample.
     *
     * @param load what it belongs to
     * @param filter what it asks for
     * @param points how many points that are
     * @return the traffic, under way
     * @throws IOException if it is not let in
     */
    public static TimedTraffic start(Load load, String filter, int points) throws IOException {
        TimedTraffic traffic = new TimedTraffic(filter, points);
        load.connect(1, "/live", SUBPROTOCOL, traffic);
        return traffic;
    }

    @Override
    public void opened(Client client) throws IOException {
        client.send(subscribe.duplicate());
    }

    @Override
    public void received(Client client, ByteBuffer payload) throws IOException {
        long nanos = System.nanoTime();
        int now = (int) Math.floorMod(System.currentTimeMillis(), (long) DAY_MILLIS);
        if (at(payload, payload.position(), LAGGED)) {
            missed += number(payload, payload.position() + LAGGED.length);
        }
        int point = 0;
        for (int i = payload.position(); i < payload.limit(); i++) {
            byte octet = payload.get(i);
            if (octet == '{' && at(payload, i, POINT)) {
                i += POINT.length;
                point = pointNumber(payload, i);
            } else if (octet == '"' && point > 0 && at(payload, i, TIME)) {
                i += TIME.length;
                heard(point, Math.floorMod(now - millisOfDay(payload, i + HOURS), DAY_MILLIS), nanos);
                point = 0;
            }
        }
    }

    private void heard(int point, int late, long nanos) throws LoadException {
        if (point >= arrivals.length) {
            throw new LoadException("a subscriber was sent a sample of point " + point + ", which is not there");
        }
        count++;
        // A clock that is read a moment before the other one's may be a millisecond behind.
        lateness[late > DAY_MILLIS / 2 ? 0 : Math.min(late, LATEST)]++;
        if (arrivals[point] != 0) {
            longestGapNanos = Math.max(longestGapNanos, nanos - arrivals[point]);
        }
        arrivals[point] = nanos;
    }

    /** Forgets what was heard so far, but for when each point was heard last. */
    public void reset() {
        Arrays.fill(lateness, 0);
        count = 0;
        missed = 0;
        longestGapNanos = 0;
    }

    /**
     * How many samples have come.
     *
     * @return a number since the last {@link #reset}
     */
    public long count() {
        return count;
    }

    /**
     * How many samples the subscriber was told it has missed.
     *
     * @return a number since the last {@link #reset}
     */
    public long missed() {
        return missed;
    }

    /**
     * How late samples were.
     *
     * @param share which share of all samples was no later, 0 to 1
     * @return milliseconds, 10,000 at most
     */
    public int latenessMillis(double share) {
        long rest = (long) Math.ceil(share * count);
        for (int millis = 0; millis < LATEST; millis++) {
            rest -= lateness[millis];
            if (rest <= 0) {
                return millis;
            }
        }
        return LATEST;
    }

    /**
     * The longest time between two samples of one point.
     *
     * @return nanoseconds
     */
    public long longestGapNanos() {
        return longestGapNanos;
    }

    /** The number behind the last {@code p} of a point's id. */
    private static int pointNumber(ByteBuffer payload, int from) {
        int number = 0;
        for (int i = from; i < payload.limit() && payload.get(i) != '"'; i++) {
            byte octet = payload.get(i);
            number = octet >= '0' && octet <= '9' ? number * 10 + octet - '0' : 0;
        }
        return number;
    }

    private static long number(ByteBuffer payload, int from) {
        long number = 0;
        for (int i = from; i < payload.limit() && payload.get(i) >= '0' && payload.get(i) <= '9'; i++) {
            number = number * 10 + payload.get(i) - '0';
        }
        return number;
    }

    /** What {@code hh:mm:ss.mmm} says. */
    private static int millisOfDay(ByteBuffer payload, int from) {
        int hours = two(payload, from);
        int minutes = two(payload, from + 3);
        int seconds = two(payload, from + 6);
        int millis = two(payload, from + 9) * 10 + payload.get(from + 11) - '0';
        return ((hours * 60 + minutes) * 60 + seconds) * 1_000 + millis;
    }

    private static int two(ByteBuffer payload, int from) {
        return (payload.get(from) - '0') * 10 + payload.get(from + 1) - '0';
    }

    private static boolean at(ByteBuffer payload, int from, byte[] text) {
        if (payload.limit() - from < text.length) {
            return false;
        }
        for (int i = 0; i < text.length; i++) {
            if (payload.get(from + i) != text[i]) {
                return false;
            }
        }
        return true;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
