package io.fieldgate.core;

import io.fieldgate.api.data.Deadband;
import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.Range;
import io.fieldgate.api.data.Reading;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.data.Value.DecimalValue;
import io.fieldgate.api.data.Value.IntegerValue;

/** Tells what is worth telling: OPC UA Part 8, 6.2 and Part 4, 7.22.2 have the same two dead bands. */
final class DeadbandFilter {

    private static final double PERCENT = 100;
    private static final double ROUNDING = 1e-9;

    private DeadbandFilter() {}

    /**
     * Tells whether a reading says nothing new.
     *
     * @param info the point
     * @param last the reading that was published last; comparing with this one and not with the one before keeps a slow
     *     drift from going unseen
     * @param next the reading
     * @return true if both have the same quality and the value has not left the dead band; also if both are bad in the same
     *     way and the new one brings no value
     */
    static boolean repeats(PointInfo info, Reading last, Reading next) {
        if (!next.quality().equals(last.quality())) {
            return false;
        }
        if (next.value().isEmpty() || last.value().isEmpty()) {
            return next.value().isEmpty();
        }
        return within(info, last.value().get(), next.value().get());
    }

    /** Tells whether a point that was written says so: within the dead band, or what rounding leaves of a number. */
    static boolean same(PointInfo info, Value written, Value said) {
        return said.equals(written) || within(info, written, said) || rounded(written, said);
    }

    private static boolean rounded(Value written, Value said) {
        return written instanceof DecimalValue a
                && said instanceof DecimalValue b
                && Math.abs(a.value() - b.value()) <= ROUNDING * Math.max(Math.abs(a.value()), Math.abs(b.value()));
    }

    private static boolean within(PointInfo info, Value last, Value next) {
        Deadband band = info.deadband();
        double width = switch (band.kind()) {
            case ABSOLUTE -> band.amount();
            case PERCENT ->
                info.range()
                        .map(Range::span)
                        .map(span -> span * band.amount() / PERCENT)
                        .orElse(Double.NaN);
            default -> Double.NaN;
        };
        if (Double.isNaN(width)) {
            return false;
        }
        return next.equals(last) || distance(last, next) <= width;
    }

    private static double distance(Value last, Value next) {
        if (last instanceof IntegerValue a && next instanceof IntegerValue b) {
            long difference = b.value() - a.value();
            boolean overflow = ((b.value() ^ a.value()) & (b.value() ^ difference)) < 0;
            return overflow ? Double.POSITIVE_INFINITY : Math.abs((double) difference);
        }
        if (last instanceof DecimalValue a && next instanceof DecimalValue b) {
            return Math.abs(b.value() - a.value());
        }
        return Double.POSITIVE_INFINITY;
    }
}
