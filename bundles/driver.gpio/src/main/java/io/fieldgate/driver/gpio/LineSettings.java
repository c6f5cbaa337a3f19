package io.fieldgate.driver.gpio;

import io.fieldgate.api.data.Access;
import io.fieldgate.api.data.DeviceId;
import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.data.ValueType;
import io.fieldgate.api.driver.TableLine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a person has set for one line, checked.
 *
 * @param address its number, or its name
 * @param kind what it is used for
 * @param activeLow whether low is true
 * @param pull what holds an open input
 * @param debounce how long an input must keep still before it counts; zero: not at all
 * @param counted which edges of an input are counted
 * @param gate how often count and frequency are told
 * @param periodNanos of a pulse of an output by pulse width
 * @param initial what an output is set to at first: 0 or 1, or percent
 * @param safe what an output is set to at last
 * @param points the first is the line itself; then count and frequency, if they are asked for
 */
record LineSettings(
        String address,
        Kind kind,
        boolean activeLow,
        Chips.Pull pull,
        Duration debounce,
        Counted counted,
        Duration gate,
        long periodNanos,
        double initial,
        double safe,
        List<PointInfo> points) {

    static final String TABLE = "lines";
    static final String COUNT = "-count";
    static final String FREQUENCY = "-frequency";

    private static final Duration POLL = Duration.ofSeconds(1);
    private static final double SECOND = 1e9;

    /** What a line is used for. */
    enum Kind {
        IN,
        OUT,
        PWM
    }

    /** Which edges are counted. */
    enum Counted {
        BOTH,
        RISING,
        FALLING;

        boolean counts(boolean active) {
            return this == BOTH || active == (this == RISING);
        }
    }

    static LineSettings of(DeviceId device, TableLine line) {
        String address = line.required("line");
        Kind kind = line.choice("use", Kind.class);
        boolean activeLow = line.truth("active-low", false);
        LineSettings settings = switch (kind) {
            case IN -> input(device, line, address, activeLow);
            case OUT -> output(device, line, address, activeLow);
            case PWM -> pulsed(device, line, address, activeLow);
        };
        line.end();
        return settings;
    }

    private static LineSettings input(DeviceId device, TableLine line, String address, boolean activeLow) {
        PointInfo.Builder level = line.describe(device.point(line.name()), ValueType.BOOLEAN);
        if (!line.has("period.ms")) {
            // Edges are pushed; this is for what the kernel's short queue may have lost of a burst.
            level.pollPeriod(POLL);
        }
        List<PointInfo> points = new ArrayList<>(List.of(level.build()));
        if (line.truth("counter", false)) {
            points.add(PointInfo.builder(device.point(line.name() + COUNT), ValueType.INTEGER)
                    .description("edges of " + line.name() + " since the driver started")
                    .build());
        }
        if (line.truth("frequency", false)) {
            points.add(PointInfo.builder(device.point(line.name() + FREQUENCY), ValueType.DECIMAL)
                    .unit("Hz")
                    .description("pulses of " + line.name() + " in a second")
                    .build());
        }
        return new LineSettings(
                address,
                Kind.IN,
                activeLow,
                line.choice("pull", Chips.Pull.AS_IS),
                Duration.ofMillis(line.integer("debounce.ms", 0, 10_000, 0)),
                line.choice("edge", Counted.RISING),
                Duration.ofMillis(line.integer("gate.ms", 100, 60_000, 1_000)),
                0,
                0,
                0,
                points);
    }

    private static LineSettings output(DeviceId device, TableLine line, String address, boolean activeLow) {
        boolean initial = line.truth("initial", false);
        PointInfo level = line.describe(device.point(line.name()), ValueType.BOOLEAN)
                .access(Access.READ_WRITE)
                .build();
        boolean safe = level.safe().map(Value.of(true)::equals).orElse(false);
        return new LineSettings(
                address,
                Kind.OUT,
                activeLow,
                Chips.Pull.AS_IS,
                Duration.ZERO,
                Counted.BOTH,
                Duration.ZERO,
                0,
                initial ? 1 : 0,
                safe ? 1 : 0,
                List.of(level));
    }

    private static LineSettings pulsed(DeviceId device, TableLine line, String address, boolean activeLow) {
        PointInfo duty = line.describe(device.point(line.name()), ValueType.DECIMAL)
                .access(Access.READ_WRITE)
                .unit("%")
                .range(0, 100)
                .build();
        double initial = percent(line, "initial", line.decimal("initial", 0));
        double safe = percent(
                line,
                "safe",
                duty.safe().map(value -> ((Value.DecimalValue) value).value()).orElse(0.0));
        return new LineSettings(
                address,
                Kind.PWM,
                activeLow,
                Chips.Pull.AS_IS,
                Duration.ZERO,
                Counted.BOTH,
                Duration.ZERO,
                (long) (SECOND / line.integer("hz", 1, 200)),
                initial,
                safe,
                List.of(duty));
    }

    private static double percent(TableLine line, String key, double value) {
        if (!(value >= 0 && value <= 100)) {
            throw line.wrong(key + "=" + value + " is not allowed: it must be from 0 to 100");
        }
        return value;
    }

    /** The line itself. */
    PointInfo point() {
        return points.get(0);
    }

    /** Whether a line of a chip is meant. */
    boolean means(Chips.LineInfo line) {
        return address.equals(Integer.toString(line.number()))
                || (!line.name().isEmpty() && address.equals(line.name()));
    }
}
