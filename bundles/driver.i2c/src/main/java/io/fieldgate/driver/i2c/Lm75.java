package io.fieldgate.driver.i2c;

import io.fieldgate.api.data.Access;
import io.fieldgate.api.data.DeviceId;
import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.driver.DriverException;
import io.fieldgate.api.driver.TableLine;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A thermometer with a thermostat: TI SNOS808, LM75B, and the many that are like it with up to 16 bits. */
final class Lm75 implements Part {

    private static final Map<String, Integer> REGISTERS =
            Map.of("temperature", 0, "hysteresis", 2, "overtemperature", 3);
    private static final double COLDEST = -55;
    private static final double WARMEST = 125;

    private final PartLine common;
    private final int bits;

    Lm75(TableLine line) {
        common = PartLine.of(line);
        bits = (int) line.integer("bits", 9, 16, 9);
    }

    /** What a register means, 7.3.1: two's complement in its upper bits, of which 9 are half degrees. */
    static double celsius(int register, int bits) {
        int code = (short) register >> (16 - bits);
        return code * Math.scalb(1.0, 8 - bits);
    }

    /** The register for a temperature, in half degrees, which is what all parts of the kind can be set to. */
    static int register(double celsius) {
        return ((int) Math.round(celsius * 2) << 7) & 0xff80;
    }

    @Override
    public String description() {
        return "LM75: temperature";
    }

    @Override
    public List<PointInfo> points(DeviceId device) {
        return List.of(
                common.decimal(device, "temperature", "Cel", "temperature").build(),
                limit(device, "overtemperature", "above it the output is on"),
                limit(device, "hysteresis", "below it the output is off again"));
    }

    private PointInfo limit(DeviceId device, String name, String description) {
        return common.decimal(device, name, "Cel", description)
                .access(Access.READ_WRITE)
                .range(COLDEST, WARMEST)
                .build();
    }

    @Override
    public void begin(Target target) throws BusException {
        target.readBigWord(0);
    }

    @Override
    public void read(Target target, DeviceId device, Set<String> names, Answers answers) throws BusException {
        for (String name : names) {
            boolean limit = !name.equals("temperature");
            int register = target.readBigWord(REGISTERS.get(name));
            answers.put(device, name, Value.of(celsius(register, limit ? 9 : bits)));
        }
    }

    @Override
    public Value write(Target target, String name, Value value) throws BusException, DriverException {
        double wanted = ((Value.DecimalValue) value).value();
        if (!(wanted >= COLDEST && wanted <= WARMEST)) {
            throw new DriverException(
                    DriverException.Reason.OUT_OF_RANGE,
                    name + " can be " + COLDEST + " to " + WARMEST + ", not " + wanted);
        }
        target.writeBigWord(REGISTERS.get(name), register(wanted));
        double kept = celsius(target.readBigWord(REGISTERS.get(name)), 9);
        if (kept != celsius(register(wanted), 9)) {
            throw target.failure(name + " was set to " + wanted + " and says " + kept);
        }
        return Value.of(kept);
    }
}
