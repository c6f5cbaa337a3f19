package io.fieldgate.driver.linux;

import java.util.function.LongSupplier;

/** The reading that is going on: files are read once in it, and all its rates end at the same moment. */
final class Batch {

    private final LongSupplier clock;
    private long number;
    private long nanos;

    /** Counts batches by a clock of nanoseconds that never goes back, as {@link System#nanoTime} does. */
    Batch(LongSupplier clock) {
        this.clock = clock;
        next();
    }

    void next() {
        number++;
        nanos = clock.getAsLong();
    }

    long number() {
        return number;
    }

    /** When the batch began. */
    long nanos() {
        return nanos;
    }
}
