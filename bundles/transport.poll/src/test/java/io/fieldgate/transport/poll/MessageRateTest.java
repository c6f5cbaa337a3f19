package io.fieldgate.transport.poll;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MessageRateTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private long nanos = Long.MAX_VALUE - 5;
    private final MessageRate rate = new MessageRate(10, () -> nanos);

    @Test
    void letsTwiceAsManyPassAtOnceAndThenSoManyPerSecond() {
        assertEquals(20, passed());
        nanos += SECOND;
        assertEquals(10, passed());
        nanos += 1000 * SECOND;
        assertEquals(20, passed());
    }

    @Test
    void takesWhatComesTogetherAndHasItWaitedFor() {
        assertTrue(rate.take(1000));
        nanos += 97 * SECOND;
        assertFalse(rate.take(1));
        nanos += 2 * SECOND;
        assertTrue(rate.take(1));
    }

    private int passed() {
        int count = 0;
        while (rate.take(1)) {
            count++;
        }
        return count;
    }
}
