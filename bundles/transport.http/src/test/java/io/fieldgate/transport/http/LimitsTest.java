package io.fieldgate.transport.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.junit.jupiter.api.Test;

class LimitsTest {

    @Test
    void keepsTheLastGoodOnesWhenAValueIsBad() {
        Limits limits = new Limits(GivenLimits.config(Map.of("header_s", 7)));
        limits.follow(GivenLimits.config(Map.of("header_s", 0, "body_s", 5)));
        assertEquals(7, limits.now().headerSeconds());
        assertEquals(30, limits.now().bodySeconds());
        limits.follow(GivenLimits.config(Map.of("body_s", 5)));
        assertEquals(10, limits.now().headerSeconds());
        assertEquals(5, limits.now().bodySeconds());
    }

    @Test
    void beginsWithTheDefaultsWhenAValueIsBad() {
        assertEquals(
                Limits.bounds(GivenLimits.config(Map.of())),
                new Limits(GivenLimits.config(Map.of("connections_max", 1))).now());
    }

    @Test
    void namesTheKeyAndTheValueThatAreWrong() {
        IllegalArgumentException wrong = assertThrows(
                IllegalArgumentException.class,
                () -> new LimitsCheck(GivenLimits.config(Map.of("body_max_bytes", 12))));
        assertEquals("body.max.bytes must be 1024 to 1073741824, is 12", wrong.getMessage());
    }
}
