package io.fieldgate.driver.i2c;

import io.fieldgate.api.driver.TableLine;
import java.util.Arrays;

/**
 * How the octets of a register are reached.
 *
 * @param register its number, or less than 0 if the part has but one
 * @param wide whether the number has 16 bits: such a part needs plain transfers
 * @param width octets
 */
record RegisterAccess(int register, boolean wide, int width) {

    static RegisterAccess of(TableLine line, int width) {
        boolean wide = line.integer("register.bytes", 1, 2, 1) == 2;
        int register = (int) line.integer("register", 0, wide ? 0xffff : 0xff, -1);
        if (register < 0 && (width > 1 || wide)) {
            throw line.wrong("register is missing: only a part with one register of one octet has none");
        }
        return new RegisterAccess(register, wide, width);
    }

    byte[] read(Target target) throws BusException {
        Bus bus = target.bus();
        int address = target.address();
        if (wide) {
            return bus.transfer(address, number(), width);
        }
        if (register < 0) {
            return new byte[] {(byte) bus.read(address)};
        }
        return switch (width) {
            case 1 -> new byte[] {(byte) bus.readRegister(address, register)};
            case 2 -> {
                int word = bus.readWord(address, register);
                yield new byte[] {(byte) word, (byte) (word >> 8)};
            }
            default -> bus.readBlock(address, register, width);
        };
    }

    void write(Target target, byte[] octets) throws BusException {
        Bus bus = target.bus();
        int address = target.address();
        if (wide) {
            byte[] out = Arrays.copyOf(number(), 2 + width);
            System.arraycopy(octets, 0, out, 2, width);
            bus.transfer(address, out, 0);
        } else if (register < 0) {
            bus.write(address, octets[0] & 0xff);
        } else if (width == 1) {
            bus.writeRegister(address, register, octets[0] & 0xff);
        } else if (width == 2) {
            bus.writeWord(address, register, (octets[0] & 0xff) | ((octets[1] & 0xff) << 8));
        } else {
            bus.writeBlock(address, register, octets);
        }
    }

    private byte[] number() {
        return new byte[] {(byte) (register >> 8), (byte) register};
    }
}
