package io.fieldgate.core;

import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.Role;
import io.fieldgate.api.data.User;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.data.ValueType;
import io.fieldgate.api.gateway.PointException;
import io.fieldgate.api.gateway.PointException.Reason;
import io.fieldgate.api.gateway.Write;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** Holds a write against what its point declares, before any driver is asked. */
final class WriteCheck {

    /**
     * A write that may be done.
     *
     * @param point what is to be written
     * @param value the value, in the type of the point
     * @param safe the value when the writer is lost, in the type of the point; empty for a plain write
     */
    record Checked(PointInfo point, Value value, Optional<Value> safe) {}

    private WriteCheck() {}

    /** Checks a write; the role before all that tells something of the point. */
    static Checked check(PointId id, Optional<PointInfo> info, Value value, Write how) throws PointException {
        // Nobody is told which points there are who may write none.
        Role needed = info.map(PointInfo::role).orElse(Role.OPERATOR);
        Optional<User> user = how.user();
        if (user.isPresent() && !user.get().role().includes(needed)) {
            throw new PointException(
                    Reason.FORBIDDEN,
                    "writing " + id + " needs the role " + needed.id() + ", "
                            + user.get().name() + " is " + user.get().role().id());
        }
        PointInfo point = info.orElseThrow(() -> new PointException(Reason.UNKNOWN_POINT, "no device has " + id));
        if (!point.access().writable()) {
            throw new PointException(Reason.READ_ONLY, id + " cannot be written");
        }
        Value fitting = fitting(point, id + " takes ", value);
        if (!how.isHeld()) {
            return new Checked(point, fitting, Optional.empty());
        }
        Value safe = how.safe()
                .or(point::safe)
                .orElseThrow(() -> new PointException(
                        Reason.NO_SAFE_VALUE,
                        id + " has no safe value, so a write can be held only with a safe value of its own"));
        return new Checked(point, fitting, Optional.of(fitting(point, "the safe value: " + id + " takes ", safe)));
    }

    private static Value fitting(PointInfo point, String takes, Value value) throws PointException {
        Value fitting = ReadingCheck.fit(point.type(), value)
                .orElseThrow(() -> new PointException(
                        Reason.WRONG_TYPE,
                        takes + taken(point.type()) + ", not " + value.type().id()));
        Optional<String> most = outside(point, fitting);
        if (most.isPresent()) {
            throw new PointException(Reason.OUT_OF_RANGE, takes + most.get() + ", not " + value);
        }
        return fitting;
    }

    private static String taken(ValueType type) {
        return type == ValueType.DECIMAL ? "decimal or integer" : type.id();
    }

    private static Optional<String> outside(PointInfo point, Value value) {
        String unit = point.unit().isEmpty() || point.unit().equals("1") ? "" : ' ' + point.unit();
        OptionalDouble number = ReadingCheck.number(value);
        if (number.isPresent() && !Double.isFinite(number.getAsDouble())) {
            return Optional.of("finite numbers");
        }
        if (number.isPresent()
                && point.range().isPresent()
                && !point.range().get().contains(number.getAsDouble())) {
            return Optional.of(point.range().get() + unit);
        }
        return point.allowed().isEmpty() || point.allowed().contains(value)
                ? Optional.empty()
                : Optional.of(point.allowed().stream().map(Value::toString).collect(Collectors.joining(", ")) + unit);
    }
}
