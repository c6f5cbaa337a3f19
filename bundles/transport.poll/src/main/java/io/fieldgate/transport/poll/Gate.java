package io.fieldgate.transport.poll;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lets threads through to a session of the core until it is over. The last one out then runs the end, so nothing is told to a
 * session after it was told that it is over, and no thread waits for another.
 */
final class Gate {

    private static final int SHUT = Integer.MIN_VALUE;

    /** How many threads are inside, and whether no more may come in. */
    private final AtomicInteger inside = new AtomicInteger();

    private final Runnable end;

    /** @param end runs once, on the thread that is the last inside or that shuts the empty gate */
    Gate(Runnable end) {
        this.end = end;
    }

    /** Goes in; each thread that got in must {@link #leave}, as often as it came in. */
    boolean enter() {
        int count = inside.get();
        while (count >= 0) {
            if (inside.compareAndSet(count, count + 1)) {
                return true;
            }
            count = inside.get();
        }
        return false;
    }

    void leave() {
        if (inside.decrementAndGet() == SHUT) {
            end.run();
        }
    }

    boolean isShut() {
        return inside.get() < 0;
    }

    /** Lets nobody in any more. A second call does nothing. */
    void shut() {
        int count = inside.getAndUpdate(now -> now | SHUT);
        if (count == 0) {
            end.run();
        }
    }
}
