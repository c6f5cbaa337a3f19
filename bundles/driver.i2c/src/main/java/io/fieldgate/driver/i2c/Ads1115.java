package io.fieldgate.driver.i2c;

import io.fieldgate.api.data.DeviceId;
import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.Quality;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.driver.TableLine;
import io.fieldgate.driver.i2c.BusException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Four inputs of volts, alone or in pairs: TI SBAS444, ADS1115. Each reading is a conversion of its own (8.4.2.1). */
final class Ads1115 implements Part {

    private static final int CONVERSION = 0;
    private static final int CONFIG = 1;
    private static final int START = 0x8000;
    private static final int ENDED = 0x8000;
    private static final int SINGLE_SHOT = 0x0100;
    private static final int NO_COMPARATOR = 0x0003;
    private static final int MORE_LOOKS = 20;

    /** The inputs and their code in the bits 14 to 12 of the register config, table 8. */
    private static final Map<String, Integer> INPUTS =
            Map.of("0-1", 0, "0-3", 1, "1-3", 2, "2-3", 3, "0", 4, "1", 5, "2", 6, "3", 7);
    /** Full scales in volts; the place is the code in bits 11 to 9. */
    private static final List<Double> RANGES = List.of(6.144, 4.096, 2.048, 1.024, 0.512, 0.256);
    /** Conversions a second; the place is the code in bits 7 to 5. */
    private static final List<Integer> RATES = List.of(8, 16, 32, 64, 128, 250, 475, 860);

    private final PartLine common;
    private final List<String> inputs = new ArrayList<>();
    private final double fullScale;
    private final int rate;
    private final double scale;
    private final String unit;
    private final Pause pause;

    Ads1115(TableLine line, Pause pause) {
        common = PartLine.of(line);
        for (String input : line.text("inputs", "0|1|2|3").split("\\|", -1)) {
            if (!INPUTS.containsKey(input) || inputs.contains(input)) {
                throw line.wrong(
                        "inputs: " + input + " is not allowed: each is, once, one of 0, 1, 2, 3, 0-1, 0-3, 1-3, 2-3");
            }
            inputs.add(input);
        }
        fullScale = line.decimal("range.v", 2.048);
        if (!RANGES.contains(fullScale)) {
            throw line.wrong("range.v=" + fullScale + " is not allowed: it must be one of " + RANGES);
        }
        rate = (int) line.integer("rate.hz", 8, 860, 128);
        if (!RATES.contains(rate)) {
            throw line.wrong("rate.hz=" + rate + " is not allowed: it must be one of " + RATES);
        }
        scale = line.decimal("scale", 1);
        unit = line.text("unit", "V");
        this.pause = pause;
    }

    @Override
    public String description() {
        return "ADS1115: volts";
    }

    @Override
    public List<PointInfo> points(DeviceId device) {
        return inputs.stream()
                .map(input -> common.decimal(device, "in" + input, unit, "input " + input)
                        .build())
                .toList();
    }

    @Override
    public void begin(Target target) throws BusException {
        target.readBigWord(CONFIG);
    }

    @Override
    public void read(Target target, DeviceId device, Set<String> names, Answers answers) throws BusException {
        for (String name : names) {
            int code = convert(target, INPUTS.get(name.substring(2)));
            Value value = Value.of(volts(code, fullScale) * scale);
            boolean clipped = code == Short.MAX_VALUE || code == Short.MIN_VALUE;
            answers.put(device, name, value, clipped ? Quality.uncertain(Quality.Code.OUT_OF_RANGE) : Quality.GOOD);
        }
    }

    /** What a code means, 8.5.4: full scale is 8000h, and is itself never reached upwards. */
    static double volts(int code, double fullScale) {
        return (short) code * fullScale / 0x8000;
    }

    private int convert(Target target, int input) throws BusException {
        int config = START
                | (input << 12)
                | (RANGES.indexOf(fullScale) << 9)
                | SINGLE_SHOT
                | (RATES.indexOf(rate) << 5)
                | NO_COMPARATOR;
        target.writeBigWord(CONFIG, config);
        // The clock of the part may be 10 % slow (6.5); it wakes in 25 µs.
        long micros = 1_100_000L / rate + 50;
        pause.micros(target, micros);
        int says = target.readBigWord(CONFIG);
        for (int looks = 0; (says & ENDED) == 0; looks++) {
            if (looks == MORE_LOOKS) {
                throw target.failure(Kind.TIMEOUT, "the ADS1115 does not end its conversion");
            }
            pause.micros(target, micros / 10);
            says = target.readBigWord(CONFIG);
        }
        if ((says & ~ENDED) != (config & ~START)) {
            throw target.failure("the ADS1115 has not kept its settings");
        }
        return (short) target.readBigWord(CONVERSION);
    }
}
