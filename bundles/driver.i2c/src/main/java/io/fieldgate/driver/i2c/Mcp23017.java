package io.fieldgate.driver.i2c;

import io.fieldgate.api.data.DeviceId;
import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.driver.TableLine;
import io.fieldgate.driver.i2c.BusException.Kind;
import java.util.List;
import java.util.Set;

/** Sixteen bits with a direction and a pull-up each: Microchip DS20001952, MCP23017, 3.5, with BANK=0 as after a reset. */
final class Mcp23017 implements Part {

    private static final int IODIR = 0x00;
    private static final int IPOL = 0x02;
    private static final int GPPU = 0x0c;
    private static final int GPIO = 0x12;
    private static final int OLAT = 0x14;

    private static final List<String> NAMES =
            List.of("a0", "a1", "a2", "a3", "a4", "a5", "a6", "a7", "b0", "b1", "b2", "b3", "b4", "b5", "b6", "b7");

    private final Bits bits;
    private final int pull;
    private final int inverted;
    private boolean known;

    Mcp23017(TableLine line) {
        bits = new Bits(line, NAMES, 0);
        pull = (int) line.integer("pull", 0, 0xffff, 0);
        inverted = (int) line.integer("inverted", 0, 0xffff, 0);
        if ((inverted & bits.outputs()) != 0) {
            throw line.wrong(
                    "inverted=0x" + Integer.toHexString(inverted) + " is not allowed: only inputs can be inverted");
        }
    }

    @Override
    public String description() {
        return "MCP23017: 16 bits";
    }

    @Override
    public List<PointInfo> points(DeviceId device) {
        return bits.points(device);
    }

    /** The latches come before the directions, so that no output is for a moment what it should not be. */
    @Override
    public void begin(Target target) throws BusException {
        boolean hasKept = known && pair(target, IODIR) == directions();
        if (!hasKept) {
            set(target, OLAT, bits.initial(pair(target, OLAT)));
        }
        set(target, GPPU, pull);
        set(target, IPOL, inverted);
        set(target, IODIR, directions());
        known = true;
    }

    private int directions() {
        return ~bits.outputs() & 0xffff;
    }

    private static int pair(Target target, int register) throws BusException {
        byte[] octets = target.readBlock(register, 2);
        return (octets[0] & 0xff) | ((octets[1] & 0xff) << 8);
    }

    private static void set(Target target, int register, int pattern) throws BusException {
        target.writeChecked(register, pattern & 0xff);
        target.writeChecked(register + 1, pattern >> 8);
    }

    @Override
    public void read(Target target, DeviceId device, Set<String> names, Answers answers) throws BusException {
        if (pair(target, IODIR) != directions()) {
            throw target.failure(Kind.RESET, "the MCP23017 has lost its settings");
        }
        bits.put(device, names, pair(target, GPIO), answers);
    }

    @Override
    public Value write(Target target, String name, Value value) throws BusException {
        set(target, OLAT, bits.with(pair(target, OLAT), name, value));
        return bits.value(name, pair(target, GPIO));
    }

    @Override
    public void end(Target target) throws BusException {
        if (bits.hasSafe()) {
            set(target, OLAT, bits.safe(pair(target, OLAT)));
        }
    }
}
