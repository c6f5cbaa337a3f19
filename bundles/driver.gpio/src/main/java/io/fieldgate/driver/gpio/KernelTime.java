package io.fieldgate.driver.gpio;

import java.time.Instant;

/** When an edge was, from the kernel's time stamp. */
final class KernelTime {

    /** Above it a time stamp counts from 1970, not from the start of the machine: 10 years. */
    private static final long LONGEST_UPTIME_NANOS = 10L * 366 * 86_400 * 1_000_000_000;

    private KernelTime() {}

    /** Kernels since 5.7 stamp by the monotonic clock, which is that of System.nanoTime; older ones by the time of day. */
    static Instant instant(long nanos) {
        return instant(nanos, System.nanoTime(), Instant.now());
    }

    static Instant instant(long nanos, long nanoTime, Instant now) {
        return nanos > LONGEST_UPTIME_NANOS ? Instant.ofEpochSecond(0, nanos) : now.minusNanos(nanoTime - nanos);
    }
}
