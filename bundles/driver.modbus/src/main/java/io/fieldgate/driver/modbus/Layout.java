package io.fieldgate.driver.modbus;

import io.fieldgate.api.data.Value;
import io.fieldgate.api.data.ValueType;
import io.fieldgate.api.driver.TableLine;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * How one value lies in registers: type, order of words and of octets, scale and offset. A number that is scaled is a decimal; value = raw
 * × scale + offset.
 */
final class Layout {

    /** Which end comes first. */
    enum Order {
        /** The most significant one. */
        BIG,
        /** The least significant one. */
        LITTLE
    }

    private final RegisterType type;
    private final int words;
    private final Order wordOrder;
    private final Order byteOrder;
    private final int bit;
    private final int bits;
    private final double scale;
    private final double offset;
    private final boolean scaled;

    private Layout(TableLine line, Table table) {
        type = table.bits() ? bitOnly(line) : line.choice("type", RegisterType.UINT16);
        words = type == RegisterType.STRING ? (int) line.integer("length", 1, 125) : type.words();
        wordOrder = line.choice("word-order", Order.BIG);
        byteOrder = line.choice("byte-order", Order.BIG);
        boolean part = !table.bits() && (type == RegisterType.BOOL || type == RegisterType.BITS);
        bit = part ? (int) line.integer("bit", 0, 15, 0) : 0;
        bits = type == RegisterType.BITS ? (int) line.integer("length", 1, 16L - bit, 16L - bit) : 1;
        boolean number = type.whole() || type.floating();
        scaled = number && (line.has("scale") || line.has("offset"));
        scale = number ? line.decimal("scale", 1) : 1;
        offset = number ? line.decimal("offset", 0) : 0;
        if (scale == 0) {
            throw line.wrong("scale=0 is not allowed: it must be another number");
        }
    }

    static Layout of(TableLine line, Table table) {
        return new Layout(line, table);
    }

    private static RegisterType bitOnly(TableLine line) {
        RegisterType type = line.choice("type", RegisterType.BOOL);
        if (type != RegisterType.BOOL) {
            throw line.wrong(
                    "type=" + line.text("type", "") + " is not allowed: coils and discrete inputs are of type bool");
        }
        return type;
    }

    int words() {
        return words;
    }

    /** The bits of its register that are the point's, or 0xFFFF if it has whole registers. */
    int mask() {
        return type == RegisterType.BOOL || type == RegisterType.BITS ? ((1 << bits) - 1) << bit : 0xFFFF;
    }

    ValueType valueType() {
        return switch (type) {
            case BOOL -> ValueType.BOOLEAN;
            case STRING -> ValueType.TEXT;
            case BITS -> ValueType.INTEGER;
            default -> scaled || type.floating() ? ValueType.DECIMAL : ValueType.INTEGER;
        };
    }

    /**
     * Reads a value.
     *
     * @return the value, or empty if the raw one is beyond what a value can be
     */
    Optional<Value> decode(int[] raw) {
        if (type == RegisterType.BOOL) {
            return Optional.of(Value.of((raw[0] & mask()) != 0));
        }
        byte[] octets = octets(raw);
        ByteBuffer buffer = ByteBuffer.wrap(octets);
        return switch (type) {
            case BITS -> Optional.of(Value.of((long) ((raw[0] & mask()) >> bit)));
            case STRING -> Optional.of(Value.of(text(octets)));
            case FLOAT32 -> Optional.of(Value.of(shortest(buffer.getFloat(0)) * scale + offset));
            case FLOAT64 -> Optional.of(Value.of(buffer.getDouble(0) * scale + offset));
            default -> whole(isSigned() ? new BigInteger(octets) : new BigInteger(1, octets));
        };
    }

    private Optional<Value> whole(BigInteger raw) {
        if (scaled) {
            return Optional.of(Value.of(new BigDecimal(raw)
                    .multiply(BigDecimal.valueOf(scale))
                    .add(BigDecimal.valueOf(offset))
                    .doubleValue()));
        }
        return raw.bitLength() > 63 ? Optional.empty() : Optional.of(Value.of(raw.longValue()));
    }

    /** 21.3 as the device means it, not 21.299999237060547. */
    private static double shortest(float number) {
        return Float.isFinite(number) ? Double.parseDouble(Float.toString(number)) : number;
    }

    private static String text(byte[] octets) {
        int end = 0;
        while (end < octets.length && octets[end] != 0) {
            end++;
        }
        return new String(octets, 0, end, StandardCharsets.ISO_8859_1).stripTrailing();
    }

    private byte[] octets(int[] raw) {
        ByteBuffer octets = ByteBuffer.allocate(raw.length * 2);
        for (int i = 0; i < raw.length; i++) {
            int word = raw[place(i)];
            octets.putShort((short) (byteOrder == Order.BIG ? word : Short.reverseBytes((short) word)));
        }
        return octets.array();
    }

    /** Text has no order of words: only numbers are turned. */
    private int place(int word) {
        return wordOrder == Order.BIG || type == RegisterType.STRING ? word : words - 1 - word;
    }

    /**
     * Writes a value.
     *
     * @return the registers; of a part of a register, only its bits are set
     * @throws IllegalArgumentException if the value does not fit
     */
    int[] encode(Value value) {
        if (value instanceof Value.BooleanValue truth) {
            return new int[] {truth.value() ? mask() : 0};
        }
        if (value instanceof Value.TextValue text) {
            byte[] octets = text.value().getBytes(StandardCharsets.ISO_8859_1);
            if (octets.length > words * 2) {
                throw new IllegalArgumentException(
                        "a text of " + octets.length + " octets; there is room for " + words * 2);
            }
            return words(Arrays.copyOf(octets, words * 2));
        }
        if (type.floating()) {
            double raw = (number(value).doubleValue() - offset) / scale;
            byte[] octets = new byte[words * 2];
            ByteBuffer buffer = ByteBuffer.wrap(octets);
            if (type == RegisterType.FLOAT32) {
                buffer.putFloat((float) raw);
            } else {
                buffer.putDouble(raw);
            }
            return words(octets);
        }
        BigInteger raw = number(value)
                .subtract(BigDecimal.valueOf(offset))
                .divide(BigDecimal.valueOf(scale), 0, RoundingMode.HALF_UP)
                .toBigInteger();
        if (type == RegisterType.BITS) {
            fits(raw, BigInteger.ZERO, BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE), value);
            return new int[] {raw.intValue() << bit};
        }
        BigInteger half = BigInteger.ONE.shiftLeft(words * 16 - 1);
        boolean signed = isSigned();
        fits(
                raw,
                signed ? half.negate() : BigInteger.ZERO,
                (signed ? half : half.shiftLeft(1)).subtract(BigInteger.ONE),
                value);
        byte[] octets = new byte[words * 2];
        for (int i = 0; i < octets.length; i++) {
            octets[octets.length - 1 - i] = raw.shiftRight(8 * i).byteValue();
        }
        return words(octets);
    }

    private boolean isSigned() {
        return type == RegisterType.INT16 || type == RegisterType.INT32 || type == RegisterType.INT64;
    }

    private static void fits(BigInteger raw, BigInteger min, BigInteger max, Value value) {
        if (raw.compareTo(min) < 0 || raw.compareTo(max) > 0) {
            throw new IllegalArgumentException(
                    value + " makes " + raw + " in the register, which takes " + min + " to " + max);
        }
    }

    private static BigDecimal number(Value value) {
        if (value instanceof Value.IntegerValue whole) {
            return BigDecimal.valueOf(whole.value());
        }
        if (value instanceof Value.DecimalValue decimal && Double.isFinite(decimal.value())) {
            return BigDecimal.valueOf(decimal.value());
        }
        throw new IllegalArgumentException(value + " is no number");
    }

    private int[] words(byte[] octets) {
        ByteBuffer buffer = ByteBuffer.wrap(octets);
        int[] raw = new int[words];
        for (int i = 0; i < words; i++) {
            short word = buffer.getShort();
            raw[place(i)] = (byteOrder == Order.BIG ? word : Short.reverseBytes(word)) & 0xFFFF;
        }
        return raw;
    }
}
