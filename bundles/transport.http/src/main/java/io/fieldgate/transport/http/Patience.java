package io.fieldgate.transport.http;

import java.util.Optional;

/** How long one listener has been waiting for what it needs. Not for use by several threads at once. */
final class Patience {

    private Optional<Long> since = Optional.empty(); // nanoseconds

    /** Tells whether it goes on to wait; the time begins with the first question. */
    boolean covers(NotYet reason) {
        long now = System.nanoTime();
        long begin = since.orElse(now);
        since = Optional.of(begin);
        return now - begin <= reason.patience().toNanos();
    }

    /** Tells whether it waits. */
    boolean isTested() {
        return since.isPresent();
    }

    /** There is nothing to wait for any more. */
    void end() {
        since = Optional.empty();
    }
}
