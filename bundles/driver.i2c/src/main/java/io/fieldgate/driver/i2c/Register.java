package io.fieldgate.driver.i2c;

import io.fieldgate.api.data.Access;
import io.fieldgate.api.data.DeviceId;
import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.data.ValueType;
import io.fieldgate.api.driver.DriverException;
import io.fieldgate.api.driver.TableLine;
import java.util.Optional;

/** One line of the table of registers: a point in a register of a part. */
final class Register {

    /** What can be done with a register. */
    private enum Allowed {
        R(Access.READ),
        RW(Access.READ_WRITE),
        W(Access.WRITE);

        private final Access access;

        Allowed(Access access) {
            this.access = access;
        }
    }

    private final RegisterFormat format;
    private final RegisterAccess access;
    private final double scale;
    private final double offset;
    private final boolean writeThrough;
    private final PointInfo info;
    private final Optional<Value> initial;

    private Register(TableLine line, DeviceId device) {
        format = RegisterFormat.of(line);
        access = RegisterAccess.of(line, format.width());
        scale = line.decimal("scale", 1);
        offset = line.decimal("offset", 0);
        if (scale == 0) {
            throw line.wrong("scale=0 is not allowed: it must be another number than 0");
        }
        ValueType type = type(line);
        Access allowed = line.choice("access", Allowed.R).access;
        PointInfo.Builder point = line.describe(device.point(line.name()), type).access(allowed);
        if (allowed.readable() && !line.has("period.ms")) {
            point.pollPeriod(PartLine.PERIOD);
        }
        info = point.build();
        writeThrough = line.truth("write-through", false);
        initial = line.text("initial").map(text -> initial(line, text));
        if (!allowed.writable()
                && (writeThrough || initial.isPresent() || info.safe().isPresent())) {
            throw line.wrong("write-through, initial and safe need access=rw or access=w");
        }
        if (!allowed.readable() && (writeThrough || format.isPart())) {
            throw line.wrong("access=w is not possible with write-through or mask, which read before or after");
        }
        line.end();
    }

    /** Reads a line whose device and address have been asked for. */
    static Register of(TableLine line, DeviceId device) {
        return new Register(line, device);
    }

    private ValueType type(TableLine line) {
        boolean whole = !format.floating() && scale == Math.rint(scale) && offset == Math.rint(offset);
        return switch (line.choice("type", whole ? Kind.INTEGER : Kind.DECIMAL)) {
            case BOOLEAN -> ValueType.BOOLEAN;
            case INTEGER -> {
                if (!whole) {
                    throw line.wrong("type=integer is not possible with float, or a scale or offset that is not whole");
                }
                yield ValueType.INTEGER;
            }
            case DECIMAL -> ValueType.DECIMAL;
        };
    }

    /** The types that a register can have. */
    private enum Kind {
        BOOLEAN,
        INTEGER,
        DECIMAL
    }

    private Value initial(TableLine line, String text) {
        try {
            Value value = switch (info.type()) {
                case BOOLEAN -> Value.of(line.truth("initial", false));
                case INTEGER -> Value.of((long) Long.decode(text));
                default -> Value.of(line.decimal("initial", 0));
            };
            encoded(value);
            return value;
        } catch (NumberFormatException | DriverException e) {
            throw line.wrong("initial=" + text + " is not allowed: " + e.getMessage());
        }
    }

    PointInfo info() {
        return info;
    }

    Optional<Value> initial() {
        return initial;
    }

    Value read(Target target) throws BusException {
        return value(format.raw(access.read(target)));
    }

    Value value(long raw) {
        return switch (info.type()) {
            case BOOLEAN -> Value.of((raw & format.mask()) != 0);
            case INTEGER -> Value.of(format.whole(raw) * (long) scale + (long) offset);
            default -> Value.of(format.decimal(raw) * scale + offset);
        };
    }

    /** Writes a value, other bits of the register as they are, and says what the register has then. */
    Value write(Target target, Value value) throws BusException, DriverException {
        long number = encoded(value);
        long before = format.isPart() ? format.raw(access.read(target)) : 0;
        long raw = format.floating() ? number : format.with(before, number);
        access.write(target, format.octets(raw));
        return writeThrough ? read(target) : value(raw);
    }

    private long encoded(Value value) throws DriverException {
        if (value instanceof Value.BooleanValue truth) {
            return truth.value() ? format.mask() >>> format.shift() : 0;
        }
        double wanted = value instanceof Value.IntegerValue whole
                ? (double) whole.value()
                : ((Value.DecimalValue) value).value();
        double number = (wanted - offset) / scale;
        if (format.floating()) {
            return format.floating(number);
        }
        long rounded = value instanceof Value.IntegerValue whole && scale == 1
                ? whole.value() - (long) offset
                : Math.round(number);
        if (!format.holds(rounded) || Math.abs(number) > 0x1p63) {
            throw new DriverException(
                    DriverException.Reason.OUT_OF_RANGE,
                    value + " does not fit into the register of " + info.id() + ": it would be " + rounded);
        }
        return rounded;
    }
}
