package io.fieldgate.driver.i2c;

import io.fieldgate.api.driver.TableLine;
import java.io.IOException;
import java.util.List;

/** Eight bits without a direction (NXP PCF8574, 8.1): an input is an output that is high, and that others pull down. */
final class Pcf8574 extends Port {

    private static final int ALL = 0xff;

    Pcf8574(Measured measured, TableLine line) {
        super(measured, line, List.of("p0", "p1", "p2", "p3", "p4", "p5", "p6", "p7"));
    }

    @Override
    int get(Bus.Target target) throws IOException {
        return target.read();
    }

    @Override
    void set(Bus.Target target, int bits) throws IOException {
        target.write((bits & outputs()) | (ALL & ~outputs()));
    }
}
