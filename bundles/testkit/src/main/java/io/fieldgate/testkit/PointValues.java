package io.fieldgate.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.Quality.Level;
import io.fieldgate.api.data.Range;
import io.fieldgate.api.data.Reading;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.data.ValueType;
import io.fieldgate.api.driver.DriverException;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;

/** What values a point can have, by its own description, and whether what a driver says fits it. */
final class PointValues {

    private PointValues() {}

    static OptionalDouble number(Value value) {
        if (value instanceof Value.IntegerValue whole) {
            return OptionalDouble.of((double) whole.value());
        }
        return value instanceof Value.DecimalValue decimal
                ? OptionalDouble.of(decimal.value())
                : OptionalDouble.empty();
    }

    static boolean isNumber(PointInfo info) {
        return info.type() == ValueType.INTEGER || info.type() == ValueType.DECIMAL;
    }

    /** Tells whether a value is finite and within the range; what is no number always is. */
    static boolean within(PointInfo info, Value value) {
        OptionalDouble number = number(value);
        return number.isEmpty()
                || (Double.isFinite(number.getAsDouble())
                        && info.range()
                                .map(range -> range.contains(number.getAsDouble()))
                                .orElse(true));
    }

    /** A harmless value that the point must take: false, the least number, an empty text. */
    static Value harmless(PointInfo info) {
        double least = info.range().map(Range::min).orElse(0.0);
        return switch (info.type()) {
            case BOOLEAN -> Value.of(false);
            case INTEGER -> Value.of((long) Math.ceil(least));
            case DECIMAL -> Value.of(least);
            case BYTES -> Value.of(new byte[0]);
            default -> Value.of("");
        };
    }

    /** Both ends of the range in the type of the point, or nothing if there is no range with a value of that type. */
    static List<Value> ends(PointInfo info) {
        if (!isNumber(info) || info.range().isEmpty()) {
            return List.of();
        }
        Range range = info.range().get();
        return info.type() == ValueType.DECIMAL
                ? List.of(Value.of(range.min()), Value.of(range.max()))
                : List.of(Value.of((long) Math.ceil(range.min())), Value.of((long) Math.floor(range.max())));
    }

    /** What is not BAD has a value within the range; what there is of a value is of the declared type. */
    static void assertFits(PointInfo point, Reading reading) {
        reading.value()
                .ifPresent(value ->
                        assertEquals(point.type(), value.type(), point + " is declared so, but says " + reading));
        if (reading.quality().level() != Level.BAD) {
            Value value = reading.value().orElseThrow(() -> new AssertionError(reading + " has no value: it is BAD"));
            assertTrue(
                    PointValues.within(point, value),
                    reading + " is not finite or outside "
                            + point.range().map(Object::toString).orElse("all numbers")
                            + ": it is BAD, or the range wrong");
        }
    }

    /** The points of the readings that are not BAD. */
    static Set<PointId> usable(List<Reading> readings) {
        return readings.stream()
                .filter(reading -> reading.quality().level() != Level.BAD)
                .map(Reading::point)
                .collect(Collectors.toSet());
    }

    /** The driver takes a value and says what the point says then. */
    static void assertTaken(DriverUnderTest driver, PointInfo point, Value value) {
        try {
            Reading answer = driver.write(point.id(), value);
            assertNotNull(answer, "write of " + point + " has answered null: say what the point says now");
            assertEquals(point.id(), answer.point(), "write of " + point + " is answered for another point");
            assertNotEquals(
                    Level.BAD, answer.quality().level(), answer + ": a write that was not taken is a DriverException");
            assertFits(point, answer);
        } catch (DriverException e) {
            throw new AssertionError(
                    point + " declares " + value + " as allowed, but refuses it: " + e.getMessage(), e);
        }
    }
}
