package io.fieldgate.api.driver;

import io.fieldgate.api.data.Deadband;
import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.Role;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.data.ValueType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** The keys of a {@link TableLine} that every point can have. */
final class PointKeys {

    private final TableLine line;
    private final ValueType type;

    PointKeys(TableLine line, ValueType type) {
        this.line = line;
        this.type = type;
    }

    PointInfo.Builder describe(PointId point) {
        PointInfo.Builder info = PointInfo.builder(point, type);
        line.text("unit").ifPresent(info::unit);
        line.text("description").ifPresent(info::description);
        if (line.has("min") || line.has("max")) {
            line.required("min");
            line.required("max");
            tried(() -> info.range(line.decimal("min", 0), line.decimal("max", 0)));
        }
        line.text("deadband").ifPresent(text -> tried(() -> info.deadband(deadband(text))));
        if (line.has("period.ms")) {
            info.pollPeriod(Duration.ofMillis(line.integer("period.ms", 10, 86_400_000)));
        }
        line.text("role").ifPresent(text -> tried(() -> info.role(Role.of(text))));
        line.text("allowed").ifPresent(text -> info.allowed(values(text)));
        line.text("safe").ifPresent(text -> info.safe(value("safe", text)));
        info.confirmed(line.truth("confirm", false));
        return info;
    }

    /** The data classes know the values but not the line. */
    private void tried(Runnable step) {
        try {
            step.run();
        } catch (IllegalArgumentException e) {
            throw line.owns(e) ? e : line.wrong(e.getMessage());
        }
    }

    private Deadband deadband(String text) {
        return text.endsWith("%")
                ? Deadband.percent(line.number("deadband", text.substring(0, text.length() - 1)))
                : Deadband.absolute(line.number("deadband", text));
    }

    private List<Value> values(String text) {
        List<Value> values = new ArrayList<>();
        for (String one : text.split("\\|", -1)) {
            values.add(value("allowed", one));
        }
        return values;
    }

    private Value value(String key, String text) {
        try {
            return switch (type) {
                case BOOLEAN -> truth(text);
                case INTEGER -> Value.of(Long.decode(text).longValue());
                case DECIMAL -> Value.of(Double.parseDouble(text));
                case TEXT -> Value.of(text);
                case BYTES -> Value.of(HexFormat.of().parseHex(text));
            };
        } catch (IllegalArgumentException e) {
            throw line.wrong(key + "=" + text + " is not allowed: \"" + text + "\" is no value of type " + type.id());
        }
    }

    private static Value truth(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException("neither true nor false");
        }
        return Value.of(text.equals("true"));
    }
}
