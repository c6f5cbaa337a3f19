package io.fieldgate.driver.i2c;

import io.fieldgate.api.driver.TableLine;
import java.io.IOException;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Sixteen bits with directions and pull-ups (Microchip DS20001952, 3.5), in the order of registers that it has after a reset. */
final class Mcp23017 extends Port {

    private static final int DIRECTION = 0x00;
    private static final int PULL_UP = 0x0c;
    private static final int PORT = 0x12;
    private static final int LATCH = 0x14;
    private static final int ALL = 0xffff;

    private final int pullUp;

    Mcp23017(Measured measured, TableLine line) {
        super(
                measured,
                line,
                Stream.of("a", "b")
                        .flatMap(port -> IntStream.range(0, 8).mapToObj(bit -> port + bit))
                        .toList());
        pullUp = (int) line.integer("pull-up", 0, ALL, 0);
    }

    @Override
    int get(Bus.Target target) throws IOException {
        return both(target, PORT);
    }

    /** Byte by byte: whether the second byte of a word is that of the next register depends on how the part is set. */
    private static int both(Bus.Target target, int register) throws IOException {
        return target.readByte(register) | (target.readByte(register + 1) << 8);
    }

    private static void both(Bus.Target target, int register, int bits) throws IOException {
        target.writeByte(register, bits & 0xff);
        target.writeByte(register + 1, bits >> 8);
    }

    @Override
    void set(Bus.Target target, int bits) throws IOException {
        both(target, LATCH, bits & outputs());
    }

    @Override
    void direct(Bus.Target target) throws IOException {
        both(target, PULL_UP, pullUp);
        both(target, DIRECTION, ALL & ~outputs());
    }
}
