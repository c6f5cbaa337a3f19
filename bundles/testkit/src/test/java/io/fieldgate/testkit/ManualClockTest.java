package io.fieldgate.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ManualClockTest {

    private final ManualClock clock = new ManualClock();

    @Test
    void standsStillUntilItIsPutForward() {
        assertEquals(Instant.parse("2026-01-01T00:00:00Z"), clock.instant());

        clock.advance(Duration.ofSeconds(90));

        assertEquals(Instant.parse("2026-01-01T00:01:30Z"), clock.instant());
    }
}
