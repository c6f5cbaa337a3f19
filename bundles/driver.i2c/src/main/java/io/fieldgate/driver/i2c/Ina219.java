package io.fieldgate.driver.i2c;

import io.fieldgate.api.data.DeviceId;
import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.Quality;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.driver.TableLine;
import io.fieldgate.driver.i2c.BusException.Kind;
import java.util.List;
import java.util.Set;

/** Volts, amperes and watts over a shunt: TI SBOS448, INA219. It measures all the time. */
final class Ina219 implements Part {

    private static final int CONFIG = 0;
    private static final int SHUNT = 1;
    private static final int BUS = 2;
    private static final int POWER = 3;
    private static final int CURRENT = 4;
    private static final int CALIBRATION = 5;

    private static final int OVERFLOW = 1;
    private static final int RANGE_32_V = 0x2000;
    /** Both converters of 12 bits, shunt and bus in turn, 8.6.2.1. */
    private static final int ALL_THE_TIME = 0x019f;

    private static final double SHUNT_LSB_V = 10e-6;
    private static final double BUS_LSB_V = 4e-3;
    /** The greatest drop over the shunt of each gain; the place is the code in bits 12 and 11. */
    private static final double[] DROPS_V = {0.04, 0.08, 0.16, 0.32};

    private final PartLine common;
    private final double currentLsb;
    private final int calibration;
    private final int config;

    Ina219(TableLine line) {
        common = PartLine.of(line);
        double shunt = line.decimal("shunt.ohm", 0.1);
        double max = line.decimal("max.a", 3.2);
        if (shunt <= 0 || max <= 0) {
            throw line.wrong("shunt.ohm and max.a must be greater than 0");
        }
        currentLsb = currentLsb(max);
        calibration = calibration(currentLsb, shunt);
        if (calibration < 2 || calibration > 0xfffe) {
            throw line.wrong(
                    "shunt.ohm=" + shunt + " with max.a=" + max
                            + " is not allowed: the part cannot calculate with them, max.a x shunt.ohm must be from 0.0205 to 0.32 V");
        }
        long range = line.integer("range.v", 16, 32, 32);
        if (range != 16 && range != 32) {
            throw line.wrong("range.v=" + range + " is not allowed: it must be 16 or 32");
        }
        config = ALL_THE_TIME | (range == 32 ? RANGE_32_V : 0) | (gain(line, shunt * max) << 11);
    }

    /** Amperes of one step, equation 2: the greatest current has 15 bits. */
    static double currentLsb(double maxAmperes) {
        return maxAmperes / 0x8000;
    }

    /** What the part is to calculate with, equation 1; its lowest bit is always 0. */
    static int calibration(double currentLsb, double shuntOhms) {
        // What is a whole number but for the error of doubles must not be cut off by one.
        return (int) Math.floor(0.04096 / (currentLsb * shuntOhms) * (1 + 1e-12)) & ~1;
    }

    private static int gain(TableLine line, double drop) {
        for (int gain = 0; gain < DROPS_V.length; gain++) {
            if (drop <= DROPS_V[gain] * (1 + 1e-9)) {
                return gain;
            }
        }
        throw line.wrong("max.a x shunt.ohm is " + drop + " V, which is not allowed: it must be at most 0.32 V");
    }

    static double shuntVolts(int code) {
        return (short) code * SHUNT_LSB_V;
    }

    static double busVolts(int code) {
        return (code >> 3) * BUS_LSB_V;
    }

    static double amperes(int code, double currentLsb) {
        return (short) code * currentLsb;
    }

    /** One step of power is 20 steps of current, equation 3. */
    static double watts(int code, double currentLsb) {
        return code * 20 * currentLsb;
    }

    @Override
    public String description() {
        return "INA219: volts, amperes, watts";
    }

    @Override
    public List<PointInfo> points(DeviceId device) {
        return List.of(
                common.decimal(device, "voltage", "V", "voltage of the load").build(),
                common.decimal(device, "shunt", "V", "voltage over the shunt").build(),
                common.decimal(device, "current", "A", "current through the shunt")
                        .build(),
                common.decimal(device, "power", "W", "power of the load").build());
    }

    @Override
    public void begin(Target target) throws BusException {
        set(target, CONFIG, config);
        set(target, CALIBRATION, calibration);
    }

    private static void set(Target target, int register, int word) throws BusException {
        target.writeBigWord(register, word);
        if (target.readBigWord(register) != word) {
            throw target.failure("the INA219 has not kept its settings");
        }
    }

    @Override
    public void read(Target target, DeviceId device, Set<String> names, Answers answers) throws BusException {
        // A sharp load can reset the part, which then says 0 A: 8.5.1.
        if (target.readBigWord(CALIBRATION) != calibration) {
            throw target.failure(Kind.RESET, "the INA219 has lost its settings");
        }
        int bus = target.readBigWord(BUS);
        Quality calculated = (bus & OVERFLOW) == 0 ? Quality.GOOD : Quality.uncertain(Quality.Code.OUT_OF_RANGE);
        answers.put(device, "voltage", Value.of(busVolts(bus)));
        answers.put(device, "shunt", Value.of(shuntVolts(target.readBigWord(SHUNT))));
        answers.put(device, "current", Value.of(amperes(target.readBigWord(CURRENT), currentLsb)), calculated);
        answers.put(device, "power", Value.of(watts(target.readBigWord(POWER), currentLsb)), calculated);
    }
}
