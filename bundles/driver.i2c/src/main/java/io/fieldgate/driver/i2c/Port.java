package io.fieldgate.driver.i2c;

import io.fieldgate.api.data.Access;
import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.driver.TableLine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A port expander: so many bits, each an input or an output. */
abstract class Port implements Part {

    private final List<PointInfo> points = new ArrayList<>();
    private final int outputs;
    private final int initial;
    private final int safe;
    private int written;

    /**
     * Reads what a person has set.
     *
     * @param names of the bits, from the lowest
     */
    Port(Measured measured, TableLine line, List<String> names) {
        int all = (1 << names.size()) - 1;
        outputs = (int) line.integer("outputs", 0, all, 0);
        initial = (int) line.integer("initial", 0, all, 0);
        safe = (int) line.integer("safe", 0, all, 0);
        for (int i = 0; i < names.size(); i++) {
            boolean output = ((outputs >> i) & 1) != 0;
            PointInfo.Builder bit = measured.bit(names.get(i), (output ? "output " : "input ") + names.get(i));
            points.add(
                    output
                            ? bit.access(Access.READ_WRITE)
                                    .safe(Value.of(((safe >> i) & 1) != 0))
                                    .build()
                            : bit.build());
        }
    }

    /** Which bits are outputs. */
    final int outputs() {
        return outputs;
    }

    @Override
    public final List<PointInfo> points() {
        return points;
    }

    /** What all bits say. */
    abstract int get(Bus.Target target) throws IOException;

    /** Sets the outputs; what is set of other bits does not matter. */
    abstract void set(Bus.Target target, int bits) throws IOException;

    /** Makes outputs of those bits that are some, after they have been set. */
    void direct(Bus.Target target) throws IOException {}

    @Override
    public final void begin(Bus.Target target) throws IOException {
        written = initial;
        set(target, written);
        direct(target);
    }

    @Override
    public final Map<PointId, Value> read(Bus.Target target, Collection<PointId> wanted) throws IOException {
        int bits = get(target);
        Map<PointId, Value> read = new HashMap<>();
        for (int i = 0; i < points.size(); i++) {
            read.put(points.get(i).id(), Value.of(((bits >> i) & 1) != 0));
        }
        return read;
    }

    @Override
    public final void write(Bus.Target target, PointId point, Value value) throws IOException {
        int bit = 0;
        while (!points.get(bit).id().equals(point)) {
            bit++;
        }
        int next = value.equals(Value.of(true)) ? written | (1 << bit) : written & ~(1 << bit);
        set(target, next);
        written = next;
    }

    @Override
    public final void end(Bus.Target target) throws IOException {
        if (outputs != 0) {
            set(target, safe);
        }
    }
}
