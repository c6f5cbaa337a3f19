package io.fieldgate.transport.http;

import java.util.concurrent.TimeUnit;

/**
 * How fast each of many clients comes: a token bucket each that holds what is earned in two seconds.
 *
 * <p>A bucket is the one moment at which it will be full again. One that is full tells no more than none would; so when there
 * is no room, the bucket goes that is full first. The table never grows, and nothing is allocated for a client.
 *
 * <p><b>Threading.</b> Safe for use by many threads.
 */
final class RateTable {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long BURST = 2 * SECOND;
    /** A client has its place among so many, found by going over them. */
    private static final int WAYS = 8;

    private final int sets;
    /** Where a client's place is must not be for it to choose. */
    private final long salt;

    private final long[] clients; // guarded by this
    private final long[] fullAt; // guarded by this

    /**
     * @param sets a power of two; eight times as many clients are known at a time
     * @param salt any number
     */
    RateTable(int sets, long salt) {
        this.sets = sets;
        this.salt = salt;
        clients = new long[sets * WAYS];
        fullAt = new long[sets * WAYS];
    }

    /**
     * Takes a token of a client.
     *
     * @param client any number that is its own
     * @param perSecond how many it earns in a second
     * @param now nanoseconds since anything, more than 0 and ascending
     * @return 0, or how many nanoseconds there is none for
     */
    synchronized long take(long client, int perSecond, long now) {
        int place = place(client);
        long full = Math.max(now, clients[place] == client ? fullAt[place] : 0) + SECOND / perSecond;
        if (full - now > BURST) {
            return full - now - BURST;
        }
        clients[place] = client;
        fullAt[place] = full;
        return 0;
    }

    /** Where a client is, or where it would best be. */
    private int place(long client) {
        int from = (int) (mix(client ^ salt) & (sets - 1)) * WAYS;
        int best = from;
        for (int at = from; at < from + WAYS; at++) {
            if (clients[at] == client && fullAt[at] != 0) {
                return at;
            }
            if (fullAt[at] < fullAt[best]) {
                best = at;
            }
        }
        return best;
    }

    private static long mix(long bits) {
        long mixed = (bits ^ (bits >>> 32)) * 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ (mixed >>> 29)) * 0xBF58476D1CE4E5B9L;
        return mixed ^ (mixed >>> 32);
    }
}
