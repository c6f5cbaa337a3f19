package io.fieldgate.driver.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.testkit.ManualClock;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ConfigCheckTest {

    @ParameterizedTest
    @CsvSource({
        "TANK, height.m, 0, height.m",
        "TANK, height.m, NaN, height.m",
        "TANK, inflow.l.s, -1, inflow.l.s",
        "TANK, outflow.l.s, 20.5, outflow.l.s",
        "TANK, noise.percent, 11, noise.percent",
        "ROOM, volume.m3, 9.9, volume.m3",
        "ROOM, outside.cel, 41, outside.cel",
        "METER, voltage.v, 99, voltage.v",
        "METER, frequency.hz, 400, frequency.hz",
        "METER, load.w, 0, load.w",
        "MACHINE, speed.per.min, 3001, speed.per.min"
    })
    void refusesADecimalOutOfItsRangeAndNamesKeyAndValue(Kind kind, String member, double value, String key) {
        String message = refusal(kind, Map.of(member, value));

        assertTrue(message.startsWith(key + " must be "), message);
        assertTrue(message.endsWith("is " + value), message);
    }

    @ParameterizedTest
    @CsvSource({
        "TANK, period.ms, 9, period.ms must be 10 to 60000",
        "LOAD, period.ms, 9, period.ms must be 10 to 60000",
        "LOAD, period.ms, 0, period.ms must be 1 to 60000",
        "LOAD, period.ms, 60001, period.ms must be 1 to 60000",
        "ROOM, people, -1, people must be 0 to 20",
        "MACHINE, jam.pieces, -1, jam.pieces must be 0 to 1000000",
        "METER, fault.delay.ms, 0, fault.delay.ms must be 1 to 60000",
        "LOAD, points, 9, points must be 10 to 10000",
        "LOAD, points, 10001, points must be 10 to 10000",
        "LOAD, devices, 101, devices must be 1 to 100",
        "LOAD, wave.s, 0, wave.s must be 1 to 86400"
    })
    void refusesAnIntegerOutOfItsRangeAndNamesKeyAndValue(Kind kind, String member, int value, String message) {
        assertEquals(message + ", is " + value, refusal(kind, Map.of(member, value)));
    }

    @ParameterizedTest
    @CsvSource({
        "TANK, fault, 'fault must be one of none, no-answer, slow, wrong-value, gone, throw, garbage, is broken'",
        "LOAD, waveform, 'waveform must be one of sine, square, saw, noise, is broken'"
    })
    void refusesAnUnknownWordAndListsWhatThereIs(Kind kind, String member, String message) {
        assertEquals(message, refusal(kind, Map.of(member, "broken")));
    }

    @ParameterizedTest
    @EnumSource
    void refusesAMissingDriverId(Kind kind) {
        String message = assertThrows(IllegalArgumentException.class, () -> kind.makeOf(Map.of(), new ManualClock()))
                .getMessage();

        assertTrue(message.startsWith("fieldgate.driver.id is missing"), message);
    }

    @ParameterizedTest
    @EnumSource
    void refusesAnIdOfAnotherForm(Kind kind) {
        assertTrue(refusal(kind, Map.of("device", "Tank 1")).contains("device=Tank 1"));
    }

    private static String refusal(Kind kind, Map<String, Object> values) {
        return assertThrows(IllegalArgumentException.class, () -> kind.make(values, new ManualClock()))
                .getMessage();
    }
}
