package io.fieldgate.transport.poll;

import java.util.concurrent.atomic.AtomicLong;

/** How many bytes of messages all sessions together may keep, before each keeps as little as it can. Safe for use by many threads. */
final class KeptBudget {

    private final long max;
    private final AtomicLong used = new AtomicLong();

    KeptBudget(long max) {
        this.max = max;
    }

    void take(int bytes) {
        used.addAndGet(bytes);
    }

    void giveBack(long bytes) {
        used.addAndGet(-bytes);
    }

    boolean isSpent() {
        return used.get() >= max;
    }

    /** What is taken now. */
    long used() {
        return used.get();
    }
}
