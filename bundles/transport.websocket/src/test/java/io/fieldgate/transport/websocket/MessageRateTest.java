package io.fieldgate.transport.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MessageRateTest {

    private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

    private long nanos = -5;
    private final MessageRate rate = new MessageRate(10, () -> nanos);

    @Test
    void letsTwiceAsManyPassAtOnce() {
        assertEquals(20, taken(0));
        assertEquals(0, taken(1));
    }

    @Test
    void letsSoManyPassPerSecondForEver() {
        assertEquals(20, taken(0));
        for (int i = 0; i < 1000; i++) {
            nanos += 100 * MILLI;
            assertEquals(1, taken(0), "the clock counts, not the heartbeat");
        }
    }

    @Test
    void keepsWhatWasEarnedOfTheNextOne() {
        taken(0);
        int count = 0;
        for (int i = 0; i < 1000; i++) {
            nanos += 7 * MILLI;
            count += taken(i);
        }
        assertEquals(70, count);
    }

    @Test
    void earnsNoMoreThanTwoSecondsWorth() {
        taken(0);
        nanos += TimeUnit.DAYS.toNanos(400);
        assertEquals(20, taken(1));
    }

    @Test
    void disturbsNobodyWhoKeepsToIt() {
        for (int i = 0; i < 5000; i++) {
            nanos += 100 * MILLI;
            assertTrue(rate.take(i / 25), "the heartbeat may be late");
        }
    }

    private int taken(int second) {
        int count = 0;
        while (rate.take(second)) {
            count++;
        }
        return count;
    }
}
