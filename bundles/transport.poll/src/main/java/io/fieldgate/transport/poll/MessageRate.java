package io.fieldgate.transport.poll;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How fast one client may send: so many messages per second, and twice as many at once after it was quiet. What comes together
 * is taken together, and what was too much of it is waited for.
 *
 * <p><b>Threading.</b> Safe for use by many threads.
 */
final class MessageRate {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long BURST = 2 * SECOND;

    private final int perSecond;
    private final LongSupplier nanos;
    /** When it will have been quiet for long enough. */
    private long restedAt; // guarded by this

    /** @param nanos such as {@link System#nanoTime} */
    MessageRate(int perSecond, LongSupplier nanos) {
        this.perSecond = perSecond;
        this.nanos = nanos;
        restedAt = nanos.getAsLong();
    }

    /** Takes some messages; false if it is too soon for any. */
    synchronized boolean take(int messages) {
        long now = nanos.getAsLong();
        long owed = Math.max(0, restedAt - now);
        if (owed >= BURST) {
            return false;
        }
        restedAt = now + owed + messages * SECOND / perSecond;
        return true;
    }
}
