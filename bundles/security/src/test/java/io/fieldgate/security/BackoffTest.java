package io.fieldgate.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.testkit.ManualClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private final ManualClock clock = new ManualClock();
    private final Backoff backoff = new Backoff(3, 4, Subject.nanoTime(clock));

    @Test
    void forgetsMistakesAfterAnHour() {
        backoff.wrong("anna");
        backoff.wrong("anna");
        clock.advance(Duration.ofMinutes(61));
        backoff.wrong("anna");
        assertEquals(Duration.ZERO, backoff.remaining("anna"));
    }

    @Test
    void saysOnceWhenItLocks() {
        assertFalse(backoff.wrong("anna"));
        assertFalse(backoff.wrong("anna"));
        assertTrue(backoff.wrong("anna"));
        assertFalse(backoff.wrong("anna"));
        backoff.right("anna");
        assertEquals(Duration.ZERO, backoff.remaining("anna"));
    }

    @Test
    void isBoundedAndForgetsWhoWasNotSeenForLongest() {
        for (int i = 0; i < 3; i++) {
            backoff.wrong("anna");
        }
        for (int i = 0; i < 1000; i++) {
            backoff.wrong("user" + i);
            assertTrue(backoff.remaining("anna").compareTo(Duration.ZERO) > 0, "anna is seen again and again");
        }
        assertEquals(4, backoff.size());
        clock.advance(Duration.ofHours(1000));
        assertEquals(Duration.ZERO, backoff.remaining("anna"));
    }
}
