package io.fieldgate.driver.i2c;

import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.driver.TableLine;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A converter of four inputs and 16 bits (Texas Instruments SBAS444, 8.6): each reading is a conversion of its own, of 1.2 ms. */
final class Ads1115 implements Part {

    private static final int CONVERSION = 0;
    private static final int CONFIG = 1;
    /** Begin one conversion; when read: none is under way. */
    private static final int READY = 1 << 15;

    private static final int SINGLE_SHOT = 1 << 8;
    private static final int FASTEST = 7 << 5;
    private static final int NO_COMPARATOR = 3;
    private static final double CODES = 32_768;
    private static final List<Double> RANGES = List.of(6.144, 4.096, 2.048, 1.024, 0.512, 0.256);
    private static final long LIMIT_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long STEP_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

    private final Map<PointId, Integer> inputs = new LinkedHashMap<>();
    private final List<PointInfo> points;
    private final int gain;

    Ads1115(Measured measured, TableLine line) {
        double range = line.decimal("range.v", 2.048);
        gain = RANGES.indexOf(range);
        if (gain < 0) {
            throw line.wrong("range.v=" + range + " is not allowed: it must be one of " + RANGES);
        }
        boolean differential = line.truth("differential", false);
        List<String> names =
                differential ? List.of("a0-a1", "a0-a3", "a1-a3", "a2-a3") : List.of("a0", "a1", "a2", "a3");
        points = names.stream()
                .map(name -> measured.number(name, "V", "voltage at " + name)
                        .range(-range, range)
                        .build())
                .toList();
        for (int i = 0; i < names.size(); i++) {
            inputs.put(points.get(i).id(), differential ? i : 4 + i);
        }
    }

    @Override
    public List<PointInfo> points() {
        return points;
    }

    static int configuration(int input, int gain) {
        return READY | (input << 12) | (gain << 9) | SINGLE_SHOT | FASTEST | NO_COMPARATOR;
    }

    static double volts(int code, int gain) {
        return (short) code * RANGES.get(gain) / CODES;
    }

    @Override
    public Map<PointId, Value> read(Bus.Target target, Collection<PointId> wanted) throws IOException {
        Map<PointId, Value> read = new HashMap<>();
        for (PointId point : wanted) {
            target.writeBig(CONFIG, configuration(inputs.get(point), gain));
            awaitReady(target);
            read.put(point, Value.of(volts(target.readBig(CONVERSION), gain)));
        }
        return read;
    }

    private static void awaitReady(Bus.Target target) throws IOException {
        long end = System.nanoTime() + LIMIT_NANOS;
        do {
            LockSupport.parkNanos(STEP_NANOS);
            if ((target.readBig(CONFIG) & READY) != 0) {
                return;
            }
        } while (System.nanoTime() - end < 0);
        throw new IOException("the converter did not end within 50 ms");
    }
}
