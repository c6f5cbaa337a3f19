package io.fieldgate.driver.gpio;

import io.fieldgate.api.data.Access;
import io.fieldgate.api.data.DeviceId;
import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.data.ValueType;
import io.fieldgate.api.driver.TableLine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One line of the table: which line of the chip it is, and what is made of it. */
final class LineSettings {

    /** What a line is for. */
    enum Direction {
        IN,
        OUT
    }

    /** What an output begins with. */
    enum Initial {
        FALSE,
        TRUE,
        KEEP
    }

    /** What is done with an output when the driver stops. */
    enum Stop {
        SAFE,
        KEEP
    }

    /** An input is read now and then even if no edge is told: the kernel drops edges that come too fast. */
    private static final Duration RESYNC = Duration.ofSeconds(10);

    private static final Duration COUNT_PERIOD = Duration.ofSeconds(1);

    final String name;
    final String where;
    final Direction direction;
    final boolean activeLow;
    final PointInfo main;
    private final List<PointInfo> points = new ArrayList<>();

    // Of inputs.
    final Lines.Pull pull;
    final Lines.Edge edge;
    final Duration debounce;
    final Duration gate;
    final Optional<PointId> count;
    final Optional<PointId> frequency;

    // Of outputs.
    final Initial initial;
    final double initialDuty;
    final Stop stop;
    final int pwmHertz;

    LineSettings(DeviceId device, TableLine line) {
        name = line.name();
        where = where(line);
        direction = line.choice("direction", Direction.class);
        activeLow = line.truth("active-low", false);
        boolean in = direction == Direction.IN;
        pull = in ? line.choice("pull", Lines.Pull.NONE) : Lines.Pull.NONE;
        edge = in ? line.choice("edge", Lines.Edge.BOTH) : Lines.Edge.BOTH;
        debounce = Duration.ofMillis(in ? line.integer("debounce.ms", 0, 10_000, 0) : 0);
        gate = Duration.ofMillis(in ? line.integer("gate.ms", 100, 60_000, 1000) : 1000);
        count = derived(device, line, in && line.truth("counter", false), "-count");
        frequency = derived(device, line, in && line.truth("frequency", false), "-frequency");
        pwmHertz = in ? 0 : (int) line.integer("pwm.hz", 1, 200, 0);
        initial = in || pwmHertz > 0 ? Initial.FALSE : line.choice("initial", Initial.FALSE);
        initialDuty = pwmHertz > 0 ? duty(line) : 0;
        stop = in ? Stop.KEEP : line.choice("stop", Stop.SAFE);
        main = in ? input(device, line) : output(device, line);
        points.add(main);
        count.ifPresent(id -> points.add(PointInfo.builder(id, ValueType.INTEGER)
                .description("edges of " + name + " since the driver has started")
                .pollPeriod(COUNT_PERIOD)
                .build()));
        frequency.ifPresent(id -> points.add(PointInfo.builder(id, ValueType.DECIMAL)
                .unit("Hz")
                .description("frequency of " + name)
                .pollPeriod(gate)
                .build()));
        line.end();
    }

    private static String where(TableLine line) {
        String where = line.required("line");
        if (where.isBlank()) {
            throw line.wrong("line is empty: it must be a number, or a name as in the kernel");
        }
        return where;
    }

    private static double duty(TableLine line) {
        double duty = line.decimal("initial", 0);
        if (duty < 0 || duty > 100) {
            throw line.wrong("initial=" + duty + " is not allowed: with pwm.hz it must be a number from 0 to 100");
        }
        return duty;
    }

    private static Optional<PointId> derived(DeviceId device, TableLine line, boolean wanted, String suffix) {
        return wanted ? Optional.of(point(device, line, suffix)) : Optional.empty();
    }

    private static PointId point(DeviceId device, TableLine line, String suffix) {
        try {
            return device.point(line.name() + suffix);
        } catch (IllegalArgumentException e) {
            throw line.wrong("the name makes no id of a point: " + e.getMessage());
        }
    }

    private static PointInfo input(DeviceId device, TableLine line) {
        PointInfo.Builder info = line.describe(point(device, line, ""), ValueType.BOOLEAN);
        if (!line.has("period.ms")) {
            info.pollPeriod(RESYNC);
        }
        return info.build();
    }

    private PointInfo output(DeviceId device, TableLine line) {
        boolean pwm = pwmHertz > 0;
        PointInfo.Builder info =
                line.describe(point(device, line, pwm ? "-duty" : ""), pwm ? ValueType.DECIMAL : ValueType.BOOLEAN);
        info.access(Access.READ_WRITE);
        if (pwm) {
            info.unit("%").range(0, 100);
        }
        if (!line.has("safe")) {
            info.safe(pwm ? Value.of(0.0) : Value.of(false));
        }
        return built(line, info);
    }

    private static PointInfo built(TableLine line, PointInfo.Builder info) {
        try {
            return info.build();
        } catch (IllegalArgumentException e) {
            throw line.wrong(e.getMessage());
        }
    }

    /** The safe value of an output; inputs have none that counts. */
    Value safe() {
        return main.safe().orElseThrow();
    }

    List<PointInfo> points() {
        return List.copyOf(points);
    }

    /** The number of the line, or -1 if it is given by name. */
    int number() {
        return where.matches("[0-9]{1,5}") ? Integer.parseInt(where) : -1;
    }
}
