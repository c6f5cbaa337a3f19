package io.fieldgate.security;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Counts wrong passwords by who or where they came from, and says how long no more are looked at: after a number of free
 * tries 1 s, then twice as long with each, 300 s at most. Who makes no mistake for an hour begins anew.
 *
 * <p>The table is bounded; beyond that, the one who has not been seen for longest is forgotten. That takes as many wrong
 * passwords as there are places, which takes minutes, for one is looked at at a time.
 *
 * <p><b>Threading.</b> Safe for use by many threads.
 */
final class Backoff {

    private static final long FORGET_NANOS = TimeUnit.HOURS.toNanos(1);
    private static final long LONGEST_S = 300;
    private static final int MOST_DOUBLINGS = 9;

    private final int free;
    private final int places;
    private final LongSupplier nanoTime;

    // Guarded by this; in the order of use.
    private final Map<String, Count> counts = new LinkedHashMap<>(16, 0.75f, true);

    private record Count(int wrong, long last, long until) {}

    /**
     * An empty table.
     *
     * @param free how many wrong ones have no consequence but the last
     * @param places how many are remembered
     * @param nanoTime the time, which never goes back
     */
    Backoff(int free, int places, LongSupplier nanoTime) {
        this.free = free;
        this.places = places;
        this.nanoTime = nanoTime;
    }

    /** How long nothing of this key is looked at; zero if something is. */
    synchronized Duration remaining(String key) {
        Count count = counts.get(key);
        if (count == null) {
            return Duration.ZERO;
        }
        long now = nanoTime.getAsLong();
        if (now - count.last > FORGET_NANOS) {
            counts.remove(key);
            return Duration.ZERO;
        }
        return Duration.ofNanos(Math.max(0, count.until - now));
    }

    /**
     * Counts a wrong one.
     *
     * @return true if this is the one with which the key is locked for the first time
     */
    synchronized boolean wrong(String key) {
        remaining(key); // forgets what is too old
        long now = nanoTime.getAsLong();
        Count before = counts.getOrDefault(key, new Count(0, now, now));
        int wrong = Math.min(before.wrong + 1, free + MOST_DOUBLINGS);
        long seconds = wrong < free ? 0 : Math.min(LONGEST_S, 1L << (wrong - free));
        counts.put(key, new Count(wrong, now, now + TimeUnit.SECONDS.toNanos(seconds)));
        forgetOldest();
        return wrong == free && before.wrong < free;
    }

    private void forgetOldest() {
        Iterator<String> oldest = counts.keySet().iterator();
        while (counts.size() > places) {
            oldest.next();
            oldest.remove();
        }
    }

    /** Forgets the wrong ones. */
    synchronized void right(String key) {
        counts.remove(key);
    }

    synchronized int size() {
        return counts.size();
    }
}
