package io.fieldgate.driver.i2c;

import io.fieldgate.api.data.Access;
import io.fieldgate.api.data.DeviceId;
import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.data.ValueType;
import io.fieldgate.api.driver.TableLine;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * One register as a person has described it.
 *
 * @param info the point
 * @param number of the register
 * @param width in bytes
 * @param layout how the bytes make a number
 * @param mask which bits of the register are the point's
 * @param shift how far they lie from the right
 * @param scale what the number is multiplied with
 * @param offset what is added then
 * @param readBack whether a write is answered with what the register says then
 * @param initial the register's bits at the beginning
 */
record Register(
        PointInfo info,
        int number,
        int width,
        Layout layout,
        long mask,
        int shift,
        double scale,
        double offset,
        boolean readBack,
        OptionalLong initial) {

    /**
     * How bytes make a number.
     *
     * @param order which byte comes first
     * @param signed whether the highest bit of the masked ones is a sign
     * @param real whether they are an IEEE 754 number
     */
    record Layout(Order order, boolean signed, boolean real) {}

    /** Which byte comes first. */
    enum Order {
        BIG,
        LITTLE
    }

    /** What a client may do. */
    enum Use {
        R,
        RW,
        W
    }

    private static final int BYTE = 8;

    static Register of(DeviceId device, String name, TableLine line, Duration period) {
        int width = (int) line.integer("width", 1, 8, 1);
        long full = width == 8 ? -1L : (1L << (width * BYTE)) - 1;
        boolean real = line.truth("float", false);
        if (real && width != 4 && width != 8) {
            throw line.wrong("float=true needs width=4 or width=8, has " + width);
        }
        Layout layout = new Layout(line.choice("order", Order.BIG), line.truth("signed", false), real);
        long mask = line.has("mask") ? line.integer("mask", 1, width == 8 ? Long.MAX_VALUE : full) : full;
        int shift = (int) line.integer("shift", 0, (long) width * BYTE - 1, Long.numberOfTrailingZeros(mask));
        double scale = line.decimal("scale", 1);
        double offset = line.decimal("offset", 0);
        if (scale == 0) {
            throw line.wrong("scale=0 is not allowed: every value would be the same");
        }
        ValueType type = type(line, real || scale != 1 || offset != 0);
        Use use = line.choice("access", Use.R);
        PointInfo.Builder info = line.describe(device.point(name), type)
                .access(
                        switch (use) {
                            case R -> Access.READ;
                            case RW -> Access.READ_WRITE;
                            case W -> Access.WRITE;
                        });
        if (use != Use.W && !line.has("period.ms")) {
            info.pollPeriod(period);
        }
        boolean readBack = line.truth("write-through", use != Use.W);
        OptionalLong initial = line.has("initial")
                ? OptionalLong.of(line.integer("initial", Long.MIN_VALUE, Long.MAX_VALUE) & full)
                : OptionalLong.empty();
        int number = (int) line.integer("register", 0, 255);
        return new Register(info.build(), number, width, layout, mask, shift, scale, offset, readBack, initial);
    }

    private static ValueType type(TableLine line, boolean fraction) {
        if (!line.has("type")) {
            return fraction ? ValueType.DECIMAL : ValueType.INTEGER;
        }
        ValueType type = line.choice("type", ValueType.class);
        if (type == ValueType.TEXT || type == ValueType.BYTES || (fraction && type != ValueType.DECIMAL)) {
            throw line.wrong("type=" + type.id() + " is not allowed: it must be "
                    + (fraction ? "decimal, with float, scale or offset" : "boolean, integer or decimal"));
        }
        return type;
    }

    /** What the point says if the register has these bits. */
    Value value(long bits) {
        if (layout.real()) {
            double number = width == 4 ? Float.intBitsToFloat((int) bits) : Double.longBitsToDouble(bits);
            return Value.of(number * scale + offset);
        }
        long number = (bits & mask) >>> shift;
        if (layout.signed()) {
            int length = Long.SIZE - Long.numberOfLeadingZeros(mask >>> shift);
            number = (number << (Long.SIZE - length)) >> (Long.SIZE - length);
        }
        return switch (info.type()) {
            case BOOLEAN -> Value.of(number != 0);
            // In decimal, as a person has written the scale: 330 hundredths are 3.3.
            case DECIMAL ->
                Value.of(BigDecimal.valueOf(scale)
                        .multiply(BigDecimal.valueOf(number))
                        .add(BigDecimal.valueOf(offset))
                        .doubleValue());
            default -> Value.of(number);
        };
    }

    /**
     * The bits of the register for a value.
     *
     * @param before the bits that it has, of which those outside the mask stay
     * @throws IllegalArgumentException if the value does not fit; the message says what does
     */
    long bits(Value value, long before) {
        if (layout.real()) {
            double number = (((Value.DecimalValue) value).value() - offset) / scale;
            return width == 4 ? Float.floatToIntBits((float) number) & 0xffff_ffffL : Double.doubleToLongBits(number);
        }
        long number;
        if (value instanceof Value.BooleanValue truth) {
            number = truth.value() ? mask >>> shift : 0;
        } else if (value instanceof Value.DecimalValue decimal) {
            number = Math.round((decimal.value() - offset) / scale);
        } else {
            number = ((Value.IntegerValue) value).value();
        }
        long bits = (number << shift) & mask;
        Value back = value(bits);
        boolean fits = back instanceof Value.DecimalValue decimal
                ? Math.abs(decimal.value() - ((Value.DecimalValue) value).value()) <= Math.abs(scale) / 2 + 1e-9
                : back.equals(value);
        if (!fits) {
            throw new IllegalArgumentException(info.id() + " has " + Long.bitCount(mask) + " bits, "
                    + (layout.signed() ? "with" : "without") + " a sign: " + value + " does not fit");
        }
        return bits | (before & ~mask);
    }

    long read(Bus.Target target) throws IOException {
        return switch (width) {
            case 1 -> target.readByte(number);
            case 2 -> layout.order() == Order.BIG ? target.readBig(number) : target.readWord(number);
            default -> joined(target.readBlock(number, width));
        };
    }

    void write(Bus.Target target, long bits) throws IOException {
        switch (width) {
            case 1 -> target.writeByte(number, (int) bits);
            case 2 -> {
                if (layout.order() == Order.BIG) {
                    target.writeBig(number, (int) bits);
                } else {
                    target.writeWord(number, (int) bits);
                }
            }
            default -> target.writeBlock(number, parted(bits));
        }
    }

    private long joined(byte[] data) {
        long bits = 0;
        for (int i = 0; i < data.length; i++) {
            bits = (bits << BYTE) | (data[layout.order() == Order.BIG ? i : data.length - 1 - i] & 0xff);
        }
        return bits;
    }

    private byte[] parted(long bits) {
        byte[] data = new byte[width];
        for (int i = 0; i < width; i++) {
            data[layout.order() == Order.BIG ? width - 1 - i : i] = (byte) (bits >> (i * BYTE));
        }
        return data;
    }

    boolean isWhole() {
        return width == BYTE ? mask == -1L : mask == (1L << (width * BYTE)) - 1;
    }
}
