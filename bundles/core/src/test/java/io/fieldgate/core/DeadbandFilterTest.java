package io.fieldgate.core;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.api.data.Deadband;
import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.Quality;
import io.fieldgate.api.data.Quality.Code;
import io.fieldgate.api.data.Reading;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.data.ValueType;
import org.junit.jupiter.api.Test;

class DeadbandFilterTest {

    private static final PointId ID = PointId.of("sim/tank/level");

    @Test
    void takesEverySampleWithoutADeadBand() {
        assertFalse(repeats(decimal(Deadband.NONE), Value.of(1.0), Value.of(1.0)));
    }

    @Test
    void dropsWhatIsWithinAnAbsoluteBand() {
        PointInfo point = decimal(Deadband.absolute(0.5));

        assertTrue(repeats(point, Value.of(1.0), Value.of(1.5)));
        assertTrue(repeats(point, Value.of(1.0), Value.of(0.5)));
        assertFalse(repeats(point, Value.of(1.0), Value.of(1.51)));
    }

    @Test
    void countsEachDifferenceWithABandOfZero() {
        PointInfo point = integer(Deadband.absolute(0));

        assertTrue(repeats(point, Value.of(7), Value.of(7)));
        assertFalse(repeats(point, Value.of(7), Value.of(8)));
        assertFalse(repeats(point, Value.of(1L << 60), Value.of((1L << 60) + 1)));
    }

    @Test
    void doesNotTakeTheWidestDifferenceForASmallOne() {
        assertFalse(repeats(integer(Deadband.absolute(10)), Value.of(Long.MIN_VALUE), Value.of(Long.MAX_VALUE)));
    }

    @Test
    void measuresPercentByTheRange() {
        PointInfo point = PointInfo.builder(ID, ValueType.DECIMAL)
                .range(0, 200)
                .deadband(Deadband.percent(1))
                .build();

        assertTrue(repeats(point, Value.of(100.0), Value.of(102.0)));
        assertFalse(repeats(point, Value.of(100.0), Value.of(102.1)));
    }

    @Test
    void takesEverySampleIfPercentHasNoRange() {
        assertFalse(repeats(decimal(Deadband.percent(50)), Value.of(1.0), Value.of(1.0)));
    }

    @Test
    void comparesWhatIsNoNumberByEquality() {
        PointInfo point = PointInfo.builder(ID, ValueType.TEXT)
                .deadband(Deadband.absolute(0))
                .build();

        assertTrue(repeats(point, Value.of("open"), Value.of("open")));
        assertFalse(repeats(point, Value.of("open"), Value.of("shut")));
    }

    @Test
    void neverDropsAnotherQuality() {
        Reading good = Reading.good(ID, Value.of(1.0));

        assertFalse(DeadbandFilter.repeats(
                decimal(Deadband.absolute(9)), good, good.withQuality(Quality.uncertain(Code.SIMULATED))));
    }

    @Test
    void dropsASecondFailureOfTheSameKind() {
        Reading bad = Reading.of(ID, Value.of(1.0), Quality.bad(Code.TIMEOUT));

        assertTrue(DeadbandFilter.repeats(decimal(Deadband.NONE), bad, Reading.bad(ID, Code.TIMEOUT)));
        assertFalse(DeadbandFilter.repeats(decimal(Deadband.NONE), bad, Reading.bad(ID, Code.DISCONNECTED)));
    }

    private static boolean repeats(PointInfo point, Value last, Value next) {
        return DeadbandFilter.repeats(point, Reading.good(ID, last), Reading.good(ID, next));
    }

    private static PointInfo decimal(Deadband band) {
        return PointInfo.builder(ID, ValueType.DECIMAL).deadband(band).build();
    }

    private static PointInfo integer(Deadband band) {
        return PointInfo.builder(ID, ValueType.INTEGER).deadband(band).build();
    }
}
