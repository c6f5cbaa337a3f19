package io.fieldgate.driver.i2c;

import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.driver.TableLine;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Measures voltage, current and power of a direct-current line (Texas Instruments SBOS448, 8.5 and 8.6). */
final class Ina219 implements Part {

    private static final int CONFIGURATION = 0;
    private static final int SHUNT = 1;
    private static final int BUS = 2;
    private static final int POWER = 3;
    private static final int CURRENT = 4;
    private static final int CALIBRATION = 5;
    /** 32 V, shunt up to 320 mV, 12 bits, both continuously: as after its reset. */
    private static final int USUAL = 0x399f;

    private static final int OVERFLOW = 1;
    private static final double SHUNT_VOLTS = 10e-6;
    private static final double BUS_VOLTS = 4e-3;
    private static final double CALIBRATION_FACTOR = 0.04096;
    private static final double CODES = 32_768;
    private static final double POWER_STEPS = 20;
    private static final int GREATEST = 0xfffe;

    private final PointInfo voltage;
    private final PointInfo shunt;
    private final PointInfo current;
    private final PointInfo power;
    private final double step;
    private final int calibration;

    Ina219(Measured measured, TableLine line) {
        double ohms = positive(line, "shunt.ohm", 0.1);
        double greatest = positive(line, "max.a", 3.2);
        step = greatest / CODES;
        calibration = calibration(step, ohms);
        if (calibration < 1 || calibration > GREATEST) {
            throw line.wrong("shunt.ohm=" + ohms + " and max.a=" + greatest
                    + " are not possible together: the part's calibration would be " + calibration
                    + ", it must be 1 to 65534");
        }
        voltage = measured.number("voltage", "V", "voltage of the line")
                .range(0, 32)
                .build();
        shunt = measured.number("shunt", "V", "voltage across the shunt")
                .range(-0.32, 0.32)
                .build();
        current = measured.number("current", "A", "current through the shunt").build();
        power = measured.number("power", "W", "power").build();
    }

    private static double positive(TableLine line, String key, double otherwise) {
        double value = line.decimal(key, otherwise);
        if (!(value > 0)) {
            throw line.wrong(key + "=" + value + " is not allowed: it must be above 0");
        }
        return value;
    }

    @Override
    public List<PointInfo> points() {
        return List.of(voltage, current, power, shunt);
    }

    /** Equation 1. */
    static int calibration(double step, double ohms) {
        return (int) (CALIBRATION_FACTOR / (step * ohms) + 1e-6) & ~1;
    }

    static double busVolts(int register) {
        return (register >> 3) * BUS_VOLTS;
    }

    static double shuntVolts(int register) {
        return (short) register * SHUNT_VOLTS;
    }

    static double amperes(int register, double step) {
        return (short) register * step;
    }

    static double watts(int register, double step) {
        return register * step * POWER_STEPS;
    }

    @Override
    public void begin(Bus.Target target) throws IOException {
        target.writeBig(CONFIGURATION, USUAL);
        target.writeBig(CALIBRATION, calibration);
    }

    @Override
    public Map<PointId, Value> read(Bus.Target target, Collection<PointId> wanted) throws IOException {
        Map<PointId, Value> read = new HashMap<>();
        int bus = target.readBig(BUS);
        read.put(voltage.id(), Value.of(busVolts(bus)));
        read.put(shunt.id(), Value.of(shuntVolts(target.readBig(SHUNT))));
        if ((bus & OVERFLOW) == 0) {
            // With an overflow these two mean nothing.
            read.put(current.id(), Value.of(amperes(target.readBig(CURRENT), step)));
            read.put(power.id(), Value.of(watts(target.readBig(POWER), step)));
        }
        return read;
    }
}
