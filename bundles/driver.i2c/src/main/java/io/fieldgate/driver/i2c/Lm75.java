package io.fieldgate.driver.i2c;

import io.fieldgate.api.data.Access;
import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.Value;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A thermometer of the LM75 family (Texas Instruments SNIS153, 7.5): two's complement with the point after the first byte, so those
 * with more than 9 bits (LM75B, TMP75, TMP102) are read right too.
 */
final class Lm75 implements Part {

    private static final int TEMPERATURE = 0;
    private static final int HYSTERESIS = 2;
    private static final int LIMIT = 3;
    private static final double STEPS = 256;
    private static final double HALF = 2;

    private final PointInfo temperature;
    private final PointInfo hysteresis;
    private final PointInfo limit;

    Lm75(Measured measured) {
        temperature = measured.number("temperature", "Cel", "temperature")
                .range(-55, 127)
                .build();
        limit = measured.number("limit", "Cel", "above this its output says too hot; in steps of 0.5")
                .range(-55, 125)
                .access(Access.READ_WRITE)
                .build();
        hysteresis = measured.number("hysteresis", "Cel", "below this its output is at rest again; in steps of 0.5")
                .range(-55, 125)
                .access(Access.READ_WRITE)
                .build();
    }

    @Override
    public List<PointInfo> points() {
        return List.of(temperature, limit, hysteresis);
    }

    static double celsius(int register) {
        return (short) register / STEPS;
    }

    static int register(double celsius) {
        return (int) (Math.round(celsius * HALF) * STEPS / HALF) & 0xffff;
    }

    @Override
    public Map<PointId, Value> read(Bus.Target target, Collection<PointId> wanted) throws IOException {
        Map<PointId, Value> read = new HashMap<>();
        for (PointId point : wanted) {
            read.put(point, Value.of(celsius(target.readBig(number(point)))));
        }
        return read;
    }

    private int number(PointId point) {
        return point.equals(limit.id()) ? LIMIT : point.equals(hysteresis.id()) ? HYSTERESIS : TEMPERATURE;
    }

    @Override
    public void write(Bus.Target target, PointId point, Value value) throws IOException {
        target.writeBig(number(point), register(((Value.DecimalValue) value).value()));
    }
}
