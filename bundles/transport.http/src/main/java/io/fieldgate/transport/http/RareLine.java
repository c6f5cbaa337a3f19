package io.fieldgate.transport.http;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;

/**
 * A line of the log for what clients can bring about as often as they like: one a minute at most, with how often it was since the last.
 *
 * <p><b>Threading.</b> Safe for use by many threads.
 */
final class RareLine {

    private static final long PERIOD_NANOS = 60_000_000_000L;

    private final BiConsumer<String, Object> log;
    private final String text;
    private final LongSupplier nanos;
    private final AtomicLong count = new AtomicLong();
    private final AtomicLong next;

    /**
     * @param log of a level
     * @param text with one pair of braces, for the number
     */
    RareLine(BiConsumer<String, Object> log, String text) {
        this(log, text, System::nanoTime);
    }

    RareLine(BiConsumer<String, Object> log, String text, LongSupplier nanos) {
        this.log = log;
        this.text = text;
        this.nanos = nanos;
        next = new AtomicLong(nanos.getAsLong());
    }

    /** It has happened once more. */
    void count() {
        count.incrementAndGet();
        long now = nanos.getAsLong();
        long due = next.get();
        if (now - due >= 0 && next.compareAndSet(due, now + PERIOD_NANOS)) {
            log.accept(text, count.getAndSet(0));
        }
    }
}
