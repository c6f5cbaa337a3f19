package io.fieldgate.driver.modbus;

import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.Quality;
import io.fieldgate.api.data.Role;
import io.fieldgate.api.data.Sample;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.data.ValueType;
import io.fieldgate.api.driver.TableLine;
import io.fieldgate.api.gateway.Points;
import java.util.Optional;

/** A point of the gateway at its place in the server's tables. */
final class ServedPoint {

    private final PointId id;
    private final Table table;
    private final int address;
    private final Layout layout;
    private final boolean writable;
    private final Optional<Value> whenBad;

    private ServedPoint(TableLine line) {
        id = idOf(line);
        table = line.choice("table", Table.class);
        address = (int) line.integer("address", 0, 65_535);
        layout = Layout.of(line, table);
        if (address + layout.words() > 65_536) {
            throw line.wrong("address=" + address + " is not allowed: the value would end beyond address 65535");
        }
        writable = line.truth("writable", false);
        if (writable && !table.writable()) {
            throw line.wrong("writable=true is not allowed: discrete inputs and input registers can be read only");
        }
        whenBad = line.has("bad") ? Optional.of(Value.of(line.decimal("bad", 0))) : Optional.empty();
        line.end();
        if (whenBad.isPresent()) {
            try {
                encode(whenBad.get());
            } catch (Refusal e) {
                throw line.wrong("bad=" + whenBad.get() + " is not allowed: it does not fit");
            }
        }
    }

    private static PointId idOf(TableLine line) {
        try {
            return PointId.of(line.name());
        } catch (IllegalArgumentException e) {
            throw line.wrong("the name is the id of a point: " + e.getMessage());
        }
    }

    static ServedPoint of(TableLine line) {
        return new ServedPoint(line);
    }

    PointId id() {
        return id;
    }

    Table table() {
        return table;
    }

    int address() {
        return address;
    }

    int end() {
        return address + layout.words();
    }

    int mask() {
        return layout.mask();
    }

    /** What its registers say now. */
    int[] raw(Points points) throws Refusal {
        Optional<Sample> sample = points.latest(id);
        if (sample.isEmpty()) {
            return bad(Quality.Code.DISCONNECTED);
        }
        Quality quality = sample.get().quality();
        Optional<Value> value = sample.get().value();
        return quality.level() == Quality.Level.BAD || value.isEmpty() ? bad(quality.code()) : encode(value.get());
    }

    private int[] bad(Quality.Code code) throws Refusal {
        if (whenBad.isPresent()) {
            return encode(whenBad.get());
        }
        throw Refusal.of(code);
    }

    private int[] encode(Value value) throws Refusal {
        try {
            if (layout.valueType() == ValueType.BOOLEAN) {
                return layout.encode(Value.of(truth(value)));
            }
            if (layout.valueType() == ValueType.TEXT) {
                return layout.encode(Value.of(value.toString()));
            }
            return layout.encode(value instanceof Value.BooleanValue truth ? Value.of(truth.value() ? 1L : 0L) : value);
        } catch (IllegalArgumentException e) {
            throw new Refusal(Refusal.DEVICE_FAILURE);
        }
    }

    private static boolean truth(Value value) {
        if (value instanceof Value.BooleanValue truth) {
            return truth.value();
        }
        if (value instanceof Value.IntegerValue whole) {
            return whole.value() != 0;
        }
        return value instanceof Value.DecimalValue decimal && decimal.value() != 0;
    }

    /** The value that its registers stand for, in the point's own type. */
    Value value(int[] raw, Points points) throws Refusal {
        PointInfo info = points.info(id).orElseThrow(() -> new Refusal(Refusal.NO_ANSWER));
        if (!writable || !info.access().writable() || info.role() == Role.ADMIN) {
            throw new Refusal(Refusal.ILLEGAL_ADDRESS);
        }
        Value value = layout.decode(raw).orElseThrow(() -> new Refusal(Refusal.ILLEGAL_VALUE));
        if (value.type() == info.type()) {
            return value;
        }
        if (value.type() == ValueType.TEXT) {
            throw new Refusal(Refusal.ILLEGAL_VALUE);
        }
        return switch (info.type()) {
            case BOOLEAN -> Value.of(truth(value));
            case INTEGER -> Value.of(whole(value));
            case DECIMAL -> Value.of(number(value));
            default -> throw new Refusal(Refusal.ILLEGAL_VALUE);
        };
    }

    private static double number(Value value) {
        if (value instanceof Value.DecimalValue decimal) {
            return decimal.value();
        }
        return value instanceof Value.IntegerValue whole ? whole.value() : truth(value) ? 1 : 0;
    }

    private static long whole(Value value) throws Refusal {
        double number = number(value);
        if (value instanceof Value.IntegerValue exact) {
            return exact.value();
        }
        if (!(Math.abs(number) < 0x1p63)) {
            throw new Refusal(Refusal.ILLEGAL_VALUE);
        }
        return Math.round(number);
    }
}
