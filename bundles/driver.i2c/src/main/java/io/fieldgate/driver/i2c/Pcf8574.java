package io.fieldgate.driver.i2c;

import io.fieldgate.api.data.DeviceId;
import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.driver.TableLine;
import java.util.List;
import java.util.Set;

/**
 * Eight bits without a direction: TI SCPS068, PCF8574, 8.3. One that is 1 is held up by a weak source only, so what is
 * outside can pull it to 0: that is an input. What was written cannot be read, only the pins can.
 */
final class Pcf8574 implements Part {

    private final Bits bits;
    private int written;
    private boolean known;

    Pcf8574(TableLine line) {
        bits = new Bits(line, List.of("p0", "p1", "p2", "p3", "p4", "p5", "p6", "p7"), 0xff);
    }

    @Override
    public String description() {
        return "PCF8574: 8 bits";
    }

    @Override
    public List<PointInfo> points(DeviceId device) {
        return bits.points(device);
    }

    /** Outputs keep what they are if nothing else is configured, and if the part has only been out of reach. */
    @Override
    public void begin(Target target) throws BusException {
        int pins = target.read();
        boolean hasKept = known && (pins & ~written) == 0;
        if (!hasKept) {
            set(target, bits.initial(pins));
        }
    }

    private void set(Target target, int pattern) throws BusException {
        written = pattern | (~bits.outputs() & 0xff);
        known = true;
        target.write(written);
    }

    @Override
    public void read(Target target, DeviceId device, Set<String> names, Answers answers) throws BusException {
        bits.put(device, names, target.read(), answers);
    }

    @Override
    public Value write(Target target, String name, Value value) throws BusException {
        set(target, bits.with(written, name, value));
        Value now = bits.value(name, target.read());
        if (!now.equals(value)) {
            throw target.failure(name + " was set to " + value + " and says " + now + ": something else holds it");
        }
        return now;
    }

    @Override
    public void end(Target target) throws BusException {
        if (bits.hasSafe()) {
            set(target, bits.safe(written));
        }
    }
}
