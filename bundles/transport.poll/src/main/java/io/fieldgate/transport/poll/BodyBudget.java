package io.fieldgate.transport.poll;

import java.util.concurrent.atomic.AtomicLong;

/** How many bytes of bodies may be there at a time. Safe for use by many threads. */
final class BodyBudget {

    private final long max;
    private final AtomicLong used = new AtomicLong();

    BodyBudget(long max) {
        this.max = max;
    }

    /** Takes bytes; false if there are not so many. */
    boolean take(int bytes) {
        if (used.addAndGet(bytes) <= max) {
            return true;
        }
        used.addAndGet(-bytes);
        return false;
    }

    void giveBack(int bytes) {
        used.addAndGet(-bytes);
    }

    /** What is taken now. */
    long used() {
        return used.get();
    }
}
