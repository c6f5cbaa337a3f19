package io.fieldgate.api.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PointFilterTest {

    @ParameterizedTest
    @CsvSource({
        "linux/cpu/load, linux/cpu/load, true",
        "linux/cpu/load, linux/cpu/loads, false",
        "linux/*/load, linux/cpu/load, true",
        "linux/*/load, linux/cpu/idle, false",
        "*/*/load, sim/tank/load, true",
        "linux/**, linux/cpu/load, true",
        "linux/**, linux2/cpu/load, false",
        "linux/cpu/**, linux/cpu/load, true",
        "linux/cpu/**, linux/memory/load, false",
        "linux/cpu/*, linux/cpu/load, true",
        "linux/cpu/**, linux/cpu/idle, true",
        "**, sim/tank/level, true",
        "*/**, sim/tank/level, true",
    })
    void choosesPointsBySegment(String filter, String point, boolean chosen) {
        assertEquals(chosen, PointFilter.of(filter).matches(PointId.of(point)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "linux", "linux/cpu", "a/b/c/d", "**/load", "Linux/**", "linux//load", "/linux/cpu", "a/**/c"
            })
    void refusesWhatIsNoFilter(String text) {
        assertThrows(IllegalArgumentException.class, () -> PointFilter.of(text));
    }

    @Test
    void choosesOnePointById() {
        PointId level = PointId.of("sim/tank/level");

        assertTrue(PointFilter.of(level).matches(level));
        assertEquals(PointFilter.of("sim/tank/level"), PointFilter.of(level));
    }
}
