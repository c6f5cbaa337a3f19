package io.fieldgate.api.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {

    private static final PointId LEVEL = PointId.of("sim/tank/level");

    @Test
    void bytesAreCopiedAtBothEnds() {
        byte[] octets = {1, 2};
        Value.BytesValue value = (Value.BytesValue) Value.of(octets);
        octets[0] = 9;
        value.value()[1] = 9;

        assertEquals(Value.of(new byte[] {1, 2}), value);
    }

    @Test
    void aBadReadingHasNoValue() {
        Reading reading = Reading.bad(LEVEL, Quality.Code.TIMEOUT);

        assertEquals(Optional.empty(), reading.value());
        assertEquals("bad (timeout)", reading.quality().toString());
    }

    @Test
    void aSampleTellsTheDevicesTimeRatherThanItsArrival() {
        Instant taken = Instant.parse("2026-01-01T00:00:00Z");
        Instant received = taken.plusSeconds(3);
        Reading reading = Reading.good(LEVEL, Value.of(1.5));

        assertEquals(received, new Sample(reading, received, 1).time());
        assertEquals(taken, new Sample(reading.takenAt(taken), received, 1).time());
    }

    @Test
    void aSequenceBeginsAtOne() {
        Reading reading = Reading.good(LEVEL, Value.of(true));

        assertThrows(IllegalArgumentException.class, () -> new Sample(reading, Instant.EPOCH, 0));
    }

    @Test
    void aRangeIncludesItsEndsAndNoNaN() {
        Range range = new Range(0, 2);

        assertTrue(range.contains(0));
        assertTrue(range.contains(2));
        assertFalse(range.contains(Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> new Range(2, 1));
    }

    @Test
    void aDeadBandCannotBeNegativeOrAboveAllPercent() {
        assertThrows(IllegalArgumentException.class, () -> Deadband.absolute(-1));
        assertThrows(IllegalArgumentException.class, () -> Deadband.percent(101));
    }

    @Test
    void aPollPeriodHasALeastAndAGreatest() {
        PointInfo.Builder builder = PointInfo.builder(LEVEL, ValueType.DECIMAL);

        assertThrows(IllegalArgumentException.class, () -> builder.pollPeriod(Duration.ofMillis(9)));
        assertThrows(IllegalArgumentException.class, () -> builder.pollPeriod(Duration.ofDays(2)));
        assertEquals(Optional.empty(), builder.build().pollPeriod());
    }

    @Test
    void aDeviceTakesOnlyPointsOfItsOwnAndEachOnce() {
        PointInfo level = PointInfo.builder(LEVEL, ValueType.DECIMAL).unit("m").build();
        DeviceInfo.Builder tank = DeviceInfo.builder(DeviceId.of("sim/tank")).point(level);
        DeviceInfo.Builder other = DeviceInfo.builder(DeviceId.of("sim/other"));

        assertThrows(IllegalArgumentException.class, () -> tank.point(level));
        assertThrows(IllegalArgumentException.class, () -> other.point(level));
    }

    @ParameterizedTest
    @ValueSource(ints = {1004, 1005, 1006, 1015, 2999})
    void someCloseCodesAreNeverSent(int code) {
        assertFalse(new CloseReason(code, "").sendable());
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 1001, 1003, 1007, 1014, 3000, 4999})
    void otherCloseCodesMayBeSent(int code) {
        assertTrue(new CloseReason(code, "").sendable());
    }

    @Test
    void aCloseReasonFitsAControlFrame() {
        assertThrows(IllegalArgumentException.class, () -> new CloseReason(1000, "ä".repeat(62)));
        assertThrows(IllegalArgumentException.class, () -> new CloseReason(999, ""));
    }

    @Test
    void aRoleIncludesTheOnesBeforeIt() {
        assertTrue(Role.ADMIN.includes(Role.OPERATOR));
        assertFalse(Role.VIEWER.includes(Role.OPERATOR));
        assertThrows(IllegalArgumentException.class, () -> Role.of("root"));
    }

    @Test
    void aRequestFindsItsHeadersInAnyCase() {
        SocketRequest request = SocketRequest.builder("/live")
                .header("X-Trace", "1")
                .header("x-trace", "2")
                .build();

        assertEquals(Optional.of("1"), request.header("X-TRACE"));
        assertEquals(List.of("1", "2"), request.headers("X-Trace"));
        assertEquals(Map.of("x-trace", List.of("1", "2")), request.headers());
        assertEquals(Optional.empty(), request.header("X-Other"));
        assertEquals(List.of(), request.headers("X-Other"));
        assertEquals(Role.VIEWER, request.user().role());
    }
}
