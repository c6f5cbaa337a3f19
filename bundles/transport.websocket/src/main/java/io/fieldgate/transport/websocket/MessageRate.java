package io.fieldgate.transport.websocket;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How fast one client may send: so many messages per second, and twice as many at once after it was quiet.
 *
 * <p>A message costs a comparison and a subtraction. The clock is read once in a second of the {@link Heartbeat}, and when
 * nothing is left; so a heartbeat that is late costs nobody anything.
 *
 * <p>Not for use by several threads at once.
 */
final class MessageRate {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final int BURST_SECONDS = 2;

    private final int perSecond;
    private final int most;
    private final LongSupplier nanos;
    private int second;
    private int left;
    /** Up to when what was earned is in {@link #left}. */
    private long settled;

    /** @param nanos such as {@link System#nanoTime} */
    MessageRate(int perSecond, LongSupplier nanos) {
        this.perSecond = perSecond;
        this.nanos = nanos;
        most = BURST_SECONDS * perSecond;
        left = most;
        settled = nanos.getAsLong();
    }

    /**
     * Takes one; false if there is none.
     *
     * @param now in the seconds of the heartbeat
     */
    boolean take(int now) {
        if (now != second || left == 0) {
            second = now;
            settle();
        }
        if (left == 0) {
            return false;
        }
        left--;
        return true;
    }

    private void settle() {
        long passed = nanos.getAsLong() - settled;
        if (passed >= BURST_SECONDS * SECOND) {
            left = most;
            settled += passed;
        } else {
            long earned = passed * perSecond / SECOND;
            left = (int) Math.min(most, left + earned);
            settled += earned * SECOND / perSecond; // what was earned of the next one stays
        }
    }
}
