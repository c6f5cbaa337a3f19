package io.fieldgate.driver.i2c;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A part with registers of octets, or of words of which the higher octet comes first. */
final class FakePart {

    /** What happens when a register is written. */
    interface Effect {
        void of(FakePart part, int register, int value);
    }

    final int[] registers = new int[0x10000];
    final List<String> writes = new ArrayList<>();
    private final boolean words;
    private Effect effect = (part, register, value) -> {};

    private FakePart(boolean words) {
        this.words = words;
    }

    static FakePart ofOctets() {
        return new FakePart(false);
    }

    static FakePart ofWords() {
        return new FakePart(true);
    }

    FakePart with(int register, int... values) {
        for (int i = 0; i < values.length; i++) {
            registers[register + i] = values[i];
        }
        return this;
    }

    FakePart when(Effect written) {
        effect = written;
        return this;
    }

    int octet(int register) {
        return registers[register] & 0xff;
    }

    int word(int register) {
        if (words) {
            int word = registers[register] & 0xffff;
            return ((word & 0xff) << 8) | (word >> 8);
        }
        return octet(register) | (octet(register + 1) << 8);
    }

    void octet(int register, int value) {
        registers[register] = value & 0xff;
        wrote(register, value & 0xff);
    }

    void word(int register, int value) {
        if (words) {
            registers[register] = ((value & 0xff) << 8) | ((value >> 8) & 0xff);
            wrote(register, registers[register]);
        } else {
            octet(register, value);
            octet(register + 1, value >> 8);
        }
    }

    private void wrote(int register, int value) {
        writes.add(String.format(Locale.ROOT, "%02x=%02x", register, value));
        effect.of(this, register, value);
    }
}
