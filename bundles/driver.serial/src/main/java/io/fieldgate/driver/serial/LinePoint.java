package io.fieldgate.driver.serial;

import io.fieldgate.api.data.Access;
import io.fieldgate.api.data.DeviceId;
import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.Quality;
import io.fieldgate.api.data.Reading;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.data.ValueType;
import io.fieldgate.api.driver.TableLine;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A point: which group of which lines it is, what its text means, and what is sent to write it. */
final class LinePoint {

    /** What stands in the group. */
    private enum Form {
        PLAIN,
        /** Degrees and minutes without a gap, as NMEA 0183 has them: {@code 4807.038} is 48.1173. */
        DEGREES_MINUTES
    }

    private final PointInfo info;
    private final Set<String> sources;
    private final String group;
    private final String signGroup;
    private final Form form;
    private final double scale;
    private final double offset;
    private final Exchange write;

    private LinePoint(TableLine line, DeviceId device, List<LinePattern> patterns, List<Exchange> requests) {
        PointId id = pointId(line, device);
        ValueType type = line.choice("type", ValueType.DECIMAL);
        group = line.text("group", line.name());
        signGroup = line.text("sign", "");
        form = line.choice("form", Form.PLAIN);
        scale = line.decimal("scale", 1);
        offset = line.decimal("offset", 0);
        write = line.has("send") ? Exchange.writing(line) : null;
        sources = SourceNames.of(line, group, patterns, requests);
        if (sources.isEmpty() && write == null) {
            throw line.wrong("group=" + group + " is not allowed: no pattern of lines or requests has (?<" + group
                    + ">…), and without send it cannot be written either");
        }
        if (scale == 0) {
            throw line.wrong("scale=0 is not allowed: every value would be the same");
        }
        PointInfo.Builder builder = line.describe(id, type);
        if ((type == ValueType.INTEGER || type == ValueType.DECIMAL) && !line.has("unit")) {
            builder.unit("1");
        }
        requests.stream()
                .filter(request -> sources.contains(request.name()))
                .findFirst()
                .ifPresent(request -> builder.pollPeriod(Duration.ofMillis(request.periodMillis())));
        info = builder.access(write == null ? Access.READ : sources.isEmpty() ? Access.WRITE : Access.READ_WRITE)
                .build();
        line.end();
    }

    static LinePoint of(TableLine line, DeviceId device, List<LinePattern> patterns, List<Exchange> requests) {
        return new LinePoint(line, device, patterns, requests);
    }

    private static PointId pointId(TableLine line, DeviceId device) {
        try {
            return device.point(line.name());
        } catch (IllegalArgumentException e) {
            throw line.wrong("the name is not allowed: " + e.getMessage());
        }
    }

    PointInfo info() {
        return info;
    }

    PointId id() {
        return info.id();
    }

    /** Whether a pattern or a request of this name gives it. */
    boolean comesFrom(String source) {
        return sources.contains(source);
    }

    /** What is sent to write it. */
    Optional<Exchange> write() {
        return Optional.ofNullable(write);
    }

    /** What the groups say; empty if its own took no part. An empty text of a number is a value that the device has not. */
    Optional<Reading> reading(Map<String, String> groups) {
        String text = groups.get(group);
        if (text == null) {
            return Optional.empty();
        }
        try {
            Value value = value(text.strip(), groups.getOrDefault(signGroup, ""));
            return Optional.of(
                    outside(value)
                            ? Reading.of(id(), value, Quality.bad(Quality.Code.OUT_OF_RANGE))
                            : Reading.good(id(), value));
        } catch (IllegalArgumentException e) {
            return Optional.of(
                    Reading.bad(id(), text.isBlank() ? Quality.Code.SENSOR_FAILURE : Quality.Code.NOT_A_VALUE));
        }
    }

    private boolean outside(Value value) {
        double number = value instanceof Value.DecimalValue decimal
                ? decimal.value()
                : value instanceof Value.IntegerValue integer ? integer.value() : Double.NaN;
        return info.range().isPresent()
                && !Double.isNaN(number)
                && !info.range().get().contains(number);
    }

    private Value value(String text, String sign) {
        return switch (info.type()) {
            case BOOLEAN -> truth(text);
            case INTEGER ->
                scale == 1 && offset == 0 ? Value.of(Long.parseLong(text)) : Value.of(Math.round(number(text, sign)));
            case DECIMAL -> Value.of(number(text, sign));
            case TEXT -> Value.of(text);
            case BYTES -> Value.of(HexFormat.of().parseHex(text));
        };
    }

    private double number(String text, String sign) {
        double number = Double.parseDouble(text);
        if (!Double.isFinite(number)) {
            throw new IllegalArgumentException("not finite");
        }
        if (form == Form.DEGREES_MINUTES) {
            double degrees = Math.floor(number / 100);
            number = degrees + (number - degrees * 100) / 60;
        }
        boolean negative = !sign.isEmpty() && "-SW".contains(sign);
        return (negative ? -number : number) * scale + offset;
    }

    private static Value truth(String text) {
        return switch (text) {
            case "1", "true", "TRUE", "on", "ON" -> Value.of(true);
            case "0", "false", "FALSE", "off", "OFF" -> Value.of(false);
            default -> throw new IllegalArgumentException("neither true nor false");
        };
    }

    /** The text that stands for a value in what is sent. */
    String text(Value value) {
        if (value instanceof Value.BooleanValue truth) {
            return truth.value() ? "1" : "0";
        }
        if (value instanceof Value.IntegerValue integer) {
            return scale == 1 && offset == 0
                    ? Long.toString(integer.value())
                    : Long.toString(Math.round((integer.value() - offset) / scale));
        }
        if (value instanceof Value.DecimalValue decimal) {
            double raw = (decimal.value() - offset) / scale;
            return raw == Math.rint(raw) && Math.abs(raw) < 1e15 ? Long.toString((long) raw) : Double.toString(raw);
        }
        if (value instanceof Value.TextValue text) {
            return text.value();
        }
        return value instanceof Value.BytesValue bytes ? HexFormat.of().formatHex(bytes.value()) : value.toString();
    }
}
