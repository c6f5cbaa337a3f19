package io.fieldgate.driver.serial;

/** Pauses between tries that double, up to a longest one. */
final class BackOff {

    private final long first;
    private final long longest;
    private long next;

    BackOff(long firstMillis, long longestMillis) {
        first = firstMillis;
        longest = longestMillis;
        next = firstMillis;
    }

    /** The pause before the next try, in milliseconds. */
    long next() {
        long pause = next;
        next = Math.min(longest, next * 2);
        return pause;
    }

    void reset() {
        next = first;
    }
}
