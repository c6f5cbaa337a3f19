package io.fieldgate.driver.gpio;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class FrequencyTest {

    private static final long SECOND = 1_000_000_000;

    @Test
    void isTakenOverTheGateAndHeldUntilTheNext() {
        Frequency frequency = new Frequency(SECOND, 2);
        frequency.restart(0);
        for (int i = 0; i < 100; i++) {
            frequency.edge();
        }

        assertEquals(0, frequency.hertz(SECOND / 2), "the gate is open");
        assertEquals(50, frequency.hertz(SECOND), "two edges are one period");
        assertEquals(50, frequency.hertz(SECOND + SECOND / 2));
        assertEquals(0, frequency.hertz(2 * SECOND));
    }
}
