package io.fieldgate.transport.http;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How much is kept of all bodies together that have not come whole yet, or whose requests are at work.
 *
 * <p><b>Threading.</b> Safe for use by many threads.
 */
final class BodyBudget {

    private final Limits limits;
    private final AtomicLong taken = new AtomicLong();

    BodyBudget(Limits limits) {
        this.limits = limits;
    }

    /** Takes as much if there is as much. */
    boolean take(long bytes) {
        if (taken.addAndGet(bytes) > limits.now().bodiesMaxBytes()) {
            taken.addAndGet(-bytes);
            return false;
        }
        return true;
    }

    void giveBack(long bytes) {
        taken.addAndGet(-bytes);
    }
}
