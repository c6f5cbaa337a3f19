package io.fieldgate.testkit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A clock that goes when it is told to. It begins at 2026-01-01T00:00:00Z.
 *
 * <p><b>Threading.</b> Safe for use by many threads.
 */
public final class ManualClock extends Clock {

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));

    /** Makes a clock. */
    public ManualClock() {}

    /**
     * Puts the clock forward.
     *
     * @param time by how much; a negative one puts it back, as a correction of the system's clock does
     */
    public void advance(Duration time) {
        now.updateAndGet(instant -> instant.plus(time));
    }

    @Override
    public Instant instant() {
        return now.get();
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    /** This clock: no test of ours depends on a zone. */
    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
