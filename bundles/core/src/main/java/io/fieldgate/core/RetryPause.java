package io.fieldgate.core;

import java.time.Duration;

/** Ever longer pauses between attempts. Not thread-safe. */
final class RetryPause {

    private final Duration first;
    private final Duration longest;
    private Duration next;

    RetryPause(Duration first, Duration longest) {
        this.first = first;
        this.longest = longest;
        this.next = first;
    }

    /** The pause before the next attempt; the one after is twice as long, up to the longest. */
    Duration next() {
        Duration pause = next;
        Duration twice = pause.multipliedBy(2);
        next = twice.compareTo(longest) > 0 ? longest : twice;
        return pause;
    }

    void reset() {
        next = first;
    }
}
