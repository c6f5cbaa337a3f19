package io.fieldgate.driver.i2c;

import io.fieldgate.api.driver.TableLine;

/**
 * How a number lies in the octets of a register.
 *
 * @param width octets, 1 to 8
 * @param big whether the highest octet comes first
 * @param signed whether it is in two's complement
 * @param floating whether it is an IEEE 754 number, of 4 or 8 octets
 * @param mask which bits it has, of the whole register
 * @param shift how far it is from the lowest bit
 */
record RegisterFormat(int width, boolean big, boolean signed, boolean floating, long mask, int shift) {

    /** The order of octets. */
    enum Order {
        BIG,
        LITTLE
    }

    static RegisterFormat of(TableLine line) {
        int width = (int) line.integer("width", 1, 8, 1);
        boolean big = line.choice("order", Order.BIG) == Order.BIG;
        boolean floating = line.truth("float", false);
        boolean signed = line.truth("signed", false);
        long all = all(width);
        long mask = line.has("mask") ? mask(line, all) : all;
        int shift = (int) line.integer("shift", 0, 63, Long.numberOfTrailingZeros(mask));
        if (floating && ((width != 4 && width != 8) || mask != all || signed)) {
            throw line.wrong("float=true is possible with width=4 or width=8, and without signed and mask");
        }
        if (shift > Long.numberOfTrailingZeros(mask)) {
            throw line.wrong("shift=" + shift + " is not allowed: it would cut bits of the mask off");
        }
        if (!floating && !signed && mask >>> shift < 0) {
            throw line.wrong("a number of 8 octets must have signed=true or float=true");
        }
        return new RegisterFormat(width, big, signed, floating, mask, shift);
    }

    private static long mask(TableLine line, long all) {
        String text = line.required("mask");
        try {
            long mask = Long.parseUnsignedLong(text.startsWith("0x") ? text.substring(2) : text, radix(text));
            if (mask != 0 && (mask & ~all) == 0) {
                return mask;
            }
        } catch (NumberFormatException e) {
            // The same answer as for one that does not fit.
        }
        throw line.wrong("mask=" + text + " is not allowed: it must have a bit, and none beyond the register's 0x"
                + Long.toHexString(all));
    }

    private static int radix(String text) {
        return text.startsWith("0x") ? 16 : 10;
    }

    private static long all(int width) {
        return width == 8 ? -1 : (1L << (8 * width)) - 1;
    }

    /** Whether other bits of the register are somebody else's. */
    boolean isPart() {
        return mask != all(width);
    }

    /** The whole register as one number. */
    long raw(byte[] octets) {
        long raw = 0;
        for (int i = 0; i < width; i++) {
            raw = (raw << 8) | (octets[big ? i : width - 1 - i] & 0xff);
        }
        return raw;
    }

    byte[] octets(long raw) {
        byte[] octets = new byte[width];
        for (int i = 0; i < width; i++) {
            octets[big ? width - 1 - i : i] = (byte) (raw >> (8 * i));
        }
        return octets;
    }

    /** The number that a register has. */
    long whole(long raw) {
        long field = (raw & mask) >>> shift;
        int bits = bits();
        return signed && bits < 64 ? (field << (64 - bits)) >> (64 - bits) : field;
    }

    double decimal(long raw) {
        if (floating) {
            return width == 4 ? Float.intBitsToFloat((int) raw) : Double.longBitsToDouble(raw);
        }
        return whole(raw);
    }

    private int bits() {
        return 64 - Long.numberOfLeadingZeros(mask >>> shift);
    }

    /** Whether a number has room. */
    boolean holds(long number) {
        int bits = bits();
        if (signed) {
            return bits == 64 || (number >= -(1L << (bits - 1)) && number < (1L << (bits - 1)));
        }
        return number >= 0 && (number & ~(mask >>> shift)) == 0;
    }

    /** The register with a number in it, other bits as they are. */
    long with(long raw, long number) {
        return (raw & ~mask) | ((number << shift) & mask);
    }

    long floating(double number) {
        return width == 4 ? Float.floatToIntBits((float) number) & 0xffff_ffffL : Double.doubleToLongBits(number);
    }
}
