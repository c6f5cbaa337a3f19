package io.fieldgate.api.data;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;

/**
 * What a point says: a boolean, an integer, a decimal, a text or bytes.
 *
 * <p>More kinds may follow: whoever tells them apart by {@link #type()} or by class needs a default.
 */
public sealed interface Value {

    /**
     * The kind of this value.
     *
     * @return the type
     */
    ValueType type();

    /**
     * A boolean.
     *
     * @param value the value
     */
    record BooleanValue(boolean value) implements Value {
        @Override
        public ValueType type() {
            return ValueType.BOOLEAN;
        }

        @Override
        public String toString() {
            return Boolean.toString(value);
        }
    }

    /**
     * A whole number.
     *
     * @param value the value
     */
    record IntegerValue(long value) implements Value {
        @Override
        public ValueType type() {
            return ValueType.INTEGER;
        }

        @Override
        public String toString() {
            return Long.toString(value);
        }
    }

    /**
     * A floating-point number.
     *
     * @param value the value; NaN and the infinities are allowed, and a sample that has one is of BAD quality
     */
    record DecimalValue(double value) implements Value {
        @Override
        public ValueType type() {
            return ValueType.DECIMAL;
        }

        @Override
        public String toString() {
            return Double.toString(value);
        }
    }

    /**
     * A text.
     *
     * @param value the text
     */
    record TextValue(String value) implements Value {

        /** Refuses null. */
        public TextValue {
            Objects.requireNonNull(value, "value");
        }

        @Override
        public ValueType type() {
            return ValueType.TEXT;
        }

        @Override
        public String toString() {
            return value;
        }
    }

    /** Octets. */
    final class BytesValue implements Value {

        private final byte[] octets;

        private BytesValue(byte[] octets) {
            this.octets = octets.clone();
        }

        /**
         * The octets.
         *
         * @return a copy
         */
        public byte[] value() {
            return octets.clone();
        }

        @Override
        public ValueType type() {
            return ValueType.BYTES;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof BytesValue bytes && Arrays.equals(bytes.octets, octets);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(octets);
        }

        /** The octets in hexadecimal. */
        @Override
        public String toString() {
            return HexFormat.of().formatHex(octets);
        }
    }

    /**
     * Wraps a boolean.
     *
     * @param value the boolean
     * @return a value of type {@link ValueType#BOOLEAN}
     */
    static Value of(boolean value) {
        return new BooleanValue(value);
    }

    /**
     * Wraps a whole number.
     *
     * @param value the number
     * @return a value of type {@link ValueType#INTEGER}
     */
    static Value of(long value) {
        return new IntegerValue(value);
    }

    /**
     * Wraps a floating-point number.
     *
     * @param value the number; may be NaN or infinite
     * @return a value of type {@link ValueType#DECIMAL}
     */
    static Value of(double value) {
        return new DecimalValue(value);
    }

    /**
     * Wraps a text.
     *
     * @param value the text
     * @return a value of type {@link ValueType#TEXT}
     */
    static Value of(String value) {
        return new TextValue(value);
    }

    /**
     * Wraps octets.
     *
     * @param value the octets; copied
     * @return a value of type {@link ValueType#BYTES}
     */
    static Value of(byte[] value) {
        return new BytesValue(value);
    }
}
