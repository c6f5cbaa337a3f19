package io.fieldgate.core;

import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.Quality;
import io.fieldgate.api.data.Quality.Code;
import io.fieldgate.api.data.Quality.Level;
import io.fieldgate.api.data.Reading;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.data.Value.DecimalValue;
import io.fieldgate.api.data.Value.IntegerValue;
import io.fieldgate.api.data.ValueType;
import java.util.Optional;
import java.util.OptionalDouble;

/** Holds what a driver says against what the point declares. */
final class ReadingCheck {

    static final Quality NOT_A_VALUE = Quality.bad(Code.NOT_A_VALUE);
    private static final Quality OUT_OF_RANGE = Quality.bad(Code.OUT_OF_RANGE);

    private ReadingCheck() {}

    /**
     * Checks a reading.
     *
     * @param info the point that it is of
     * @param reading what the driver said
     * @return the same, or what is left of it: an integer is made a decimal where one is declared; another type loses its
     *     value; a value that is not usable makes the reading BAD unless the driver said so already
     */
    static Reading check(PointInfo info, Reading reading) {
        Optional<Value> given = reading.value();
        if (given.isEmpty()) {
            return reading.quality().level() == Level.BAD ? reading : reading.withQuality(NOT_A_VALUE);
        }
        Optional<Value> fitting = fit(info.type(), given.get());
        if (fitting.isEmpty()) {
            Reading bare = Reading.bad(reading.point(), Code.NOT_A_VALUE);
            return reading.quality().level() == Level.BAD ? bare.withQuality(reading.quality()) : bare;
        }
        Value value = fitting.get();
        Reading fitted = value.equals(given.get()) ? reading : replace(reading, value);
        if (reading.quality().level() == Level.BAD) {
            return fitted;
        }
        OptionalDouble number = number(value);
        if (number.isEmpty()) {
            return fitted;
        }
        if (!Double.isFinite(number.getAsDouble())) {
            return fitted.withQuality(NOT_A_VALUE);
        }
        boolean outside = info.range()
                .filter(range -> !range.contains(number.getAsDouble()))
                .isPresent();
        return outside ? fitted.withQuality(OUT_OF_RANGE) : fitted;
    }

    /** The value in the wanted type, or empty if it is of another. An integer makes a decimal. */
    static Optional<Value> fit(ValueType type, Value value) {
        if (value.type() == type) {
            return Optional.of(value);
        }
        if (type == ValueType.DECIMAL && value instanceof IntegerValue whole) {
            return Optional.of(Value.of((double) whole.value()));
        }
        return Optional.empty();
    }

    /** The number that a value is, or empty if it is none. */
    static OptionalDouble number(Value value) {
        if (value instanceof IntegerValue whole) {
            return OptionalDouble.of((double) whole.value());
        }
        return value instanceof DecimalValue decimal ? OptionalDouble.of(decimal.value()) : OptionalDouble.empty();
    }

    private static Reading replace(Reading reading, Value value) {
        Reading replaced = Reading.of(reading.point(), value, reading.quality());
        return reading.deviceTime().map(replaced::takenAt).orElse(replaced);
    }
}
