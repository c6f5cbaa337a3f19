package io.fieldgate.driver.gpio;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class KernelTimeTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    @Test
    void aStampOfTheMonotonicClockIsSoLongAgo() {
        assertEquals(NOW.minusNanos(1_500_000), KernelTime.instant(98_500_000, 100_000_000, NOW));
    }

    @Test
    void aStampOfAnOldKernelIsTheTimeOfDay() {
        long nanos = NOW.getEpochSecond() * 1_000_000_000 + 7;

        assertEquals(NOW.plusNanos(7), KernelTime.instant(nanos, 100_000_000, NOW));
    }
}
