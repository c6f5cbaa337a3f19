package io.fieldgate.driver.i2c;

import io.fieldgate.api.data.DeviceId;
import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.driver.TableLine;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/** The bits of a port expander: what each is called, which are outputs, and what those are to be at first and at last. */
final class Bits {

    private final PartLine common;
    private final List<String> names;
    private final int outputs;
    private final OptionalInt initial;
    private final OptionalInt safe;

    Bits(TableLine line, List<String> names, int outputsUnlessSaid) {
        common = PartLine.of(line);
        this.names = names;
        long all = (1L << names.size()) - 1;
        outputs = (int) line.integer("outputs", 0, all, outputsUnlessSaid);
        initial = pattern(line, "initial", all);
        safe = pattern(line, "safe", all);
    }

    private static OptionalInt pattern(TableLine line, String key, long all) {
        return line.has(key) ? OptionalInt.of((int) line.integer(key, 0, all)) : OptionalInt.empty();
    }

    int outputs() {
        return outputs;
    }

    /** What the outputs are to be at first, given what they are. */
    int initial(int now) {
        return changed(now, initial);
    }

    /** What the outputs are to be when nobody watches, given what they are. */
    int safe(int now) {
        return changed(now, safe);
    }

    boolean hasSafe() {
        return safe.isPresent();
    }

    private int changed(int now, OptionalInt pattern) {
        return pattern.isEmpty() ? now : (now & ~outputs) | (pattern.getAsInt() & outputs);
    }

    List<PointInfo> points(DeviceId device) {
        List<PointInfo> points = new ArrayList<>();
        for (int bit = 0; bit < names.size(); bit++) {
            boolean output = (outputs & (1 << bit)) != 0;
            PointInfo.Builder point = common.bit(device, names.get(bit), output, output ? "output" : "input");
            if (output && safe.isPresent()) {
                point.safe(Value.of((safe.getAsInt() & (1 << bit)) != 0));
            }
            points.add(point.build());
        }
        return points;
    }

    void put(DeviceId device, Set<String> asked, int pins, Answers answers) {
        for (String name : asked) {
            answers.put(device, name, value(name, pins));
        }
    }

    Value value(String name, int pins) {
        return Value.of((pins & mask(name)) != 0);
    }

    /** A pattern with one bit set as a value says. */
    int with(int pattern, String name, Value value) {
        return ((Value.BooleanValue) value).value() ? pattern | mask(name) : pattern & ~mask(name);
    }

    private int mask(String name) {
        return 1 << names.indexOf(name);
    }
}
