package io.fieldgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.Quality;
import io.fieldgate.api.data.Quality.Code;
import io.fieldgate.api.data.Reading;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.data.ValueType;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReadingCheckTest {

    private static final PointId ID = PointId.of("sim/tank/level");
    private static final PointInfo LEVEL =
            PointInfo.builder(ID, ValueType.DECIMAL).range(0, 2).build();

    @Test
    void leavesAGoodReadingAlone() {
        Reading reading = Reading.good(ID, Value.of(1.0));

        assertSame(reading, ReadingCheck.check(LEVEL, reading));
    }

    @Test
    void makesADecimalOfAnInteger() {
        Reading reading = Reading.good(ID, Value.of(2)).takenAt(Instant.EPOCH);

        assertEquals(Reading.good(ID, Value.of(2.0)).takenAt(Instant.EPOCH), ReadingCheck.check(LEVEL, reading));
    }

    @Test
    void takesTheValueOffAReadingOfAnotherType() {
        assertEquals(Reading.bad(ID, Code.NOT_A_VALUE), ReadingCheck.check(LEVEL, Reading.good(ID, Value.of("full"))));
        assertEquals(
                Reading.bad(ID, Code.NOT_A_VALUE),
                ReadingCheck.check(PointInfo.builder(ID, ValueType.INTEGER).build(), Reading.good(ID, Value.of(1.0))));
    }

    @Test
    void marksWhatIsNoNumber() {
        for (double number : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            Reading checked = ReadingCheck.check(LEVEL, Reading.good(ID, Value.of(number)));

            assertEquals(Quality.bad(Code.NOT_A_VALUE), checked.quality());
            assertEquals(Optional.of(Value.of(number)), checked.value());
        }
    }

    @Test
    void marksWhatIsOutOfRangeAndKeepsIt() {
        assertEquals(
                Reading.of(ID, Value.of(2.1), Quality.bad(Code.OUT_OF_RANGE)),
                ReadingCheck.check(LEVEL, Reading.good(ID, Value.of(2.1))));
    }

    @Test
    void believesADriverThatSaysBad() {
        Reading reading = Reading.of(ID, Value.of(9.0), Quality.bad(Code.SENSOR_FAILURE));

        assertSame(reading, ReadingCheck.check(LEVEL, reading));
    }

    @Test
    void doesNotBelieveAGoodReadingWithoutAValue() {
        Reading reading = Reading.bad(ID, Code.TIMEOUT).withQuality(Quality.GOOD);

        assertEquals(
                Quality.bad(Code.NOT_A_VALUE),
                ReadingCheck.check(LEVEL, reading).quality());
    }
}
