package io.fieldgate.driver.sim;

import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.Range;
import io.fieldgate.api.data.Reading;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.data.Value.BooleanValue;
import io.fieldgate.api.data.Value.DecimalValue;
import io.fieldgate.api.data.Value.IntegerValue;
import io.fieldgate.api.data.Value.TextValue;

/** Values of the right type that are not true: a sensor that is torn off, a wire that is crossed. */
final class Falsehood {

    private Falsehood() {}

    /**
     * Says something else than what is so.
     *
     * @param info the point; null if the driver has none such
     * @param reading the truth
     * @return a number above the range by the range's span, or the negative where there is no range; the opposite of a
     *     boolean; a text backwards; all else as it is
     */
    static Reading instead(PointInfo info, Reading reading) {
        if (info == null || reading.value().isEmpty()) {
            return reading;
        }
        return Reading.of(reading.point(), wrong(info, reading.value().get()), reading.quality());
    }

    private static Value wrong(PointInfo info, Value value) {
        if (value instanceof BooleanValue truth) {
            return Value.of(!truth.value());
        }
        if (value instanceof DecimalValue number) {
            return Value.of(info.range().map(Falsehood::above).orElse(-number.value()));
        }
        if (value instanceof IntegerValue number) {
            return Value.of(info.range().map(range -> (long) above(range)).orElse(-number.value()));
        }
        if (value instanceof TextValue text) {
            return Value.of(new StringBuilder(text.value()).reverse().toString());
        }
        return value;
    }

    private static double above(Range range) {
        return range.max() + Math.max(1, range.span());
    }
}
