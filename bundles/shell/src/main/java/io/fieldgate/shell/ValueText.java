package io.fieldgate.shell;

import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.Range;
import io.fieldgate.api.data.Value;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.HexFormat;
import java.util.Locale;

/** Values as people read and write them. */
final class ValueText {

    private static final int TEXT_MAX = 40;
    private static final int DIGITS = 6;
    private static final double PLAIN_MIN = 1e-5;
    private static final double PLAIN_MAX = 1e15;

    private ValueText() {}

    /** A value to look at: a decimal has six digits, or all that stand before its point; a long text is cut. */
    static String brief(Value value) {
        if (value instanceof Value.DecimalValue decimal) {
            return number(decimal.value());
        }
        return Width.cut(Table.printable(value.toString()), TEXT_MAX);
    }

    /** A number of six digits, or all that stand before its point. */
    static String number(double number) {
        if (!Double.isFinite(number) || number == 0) {
            return number == 0 ? "0" : Double.toString(number);
        }
        double size = Math.abs(number);
        BigDecimal exact = BigDecimal.valueOf(number);
        if (size < PLAIN_MIN || size >= PLAIN_MAX) {
            return exact.round(new MathContext(DIGITS))
                    .stripTrailingZeros()
                    .toString()
                    .replace("E+", "E");
        }
        int before = exact.precision() - exact.scale();
        BigDecimal rounded = exact.setScale(Math.max(0, DIGITS - before), RoundingMode.HALF_UP);
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }

    /**
     * Reads a value of the type that a point has.
     *
     * @throws IllegalArgumentException if it is none, with a line that says what is allowed
     */
    static Value parse(PointInfo point, String text) {
        try {
            return switch (point.type()) {
                case BOOLEAN -> Value.of(truth(text));
                case INTEGER -> Value.of(Long.parseLong(text));
                case DECIMAL -> Value.of(finite(text));
                case TEXT -> Value.of(text);
                case BYTES -> Value.of(HexFormat.of().parseHex(text));
                default -> throw new IllegalArgumentException("the shell knows no such type");
            };
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(point.id() + " takes " + allowed(point) + ", got \"" + text + '"', e);
        }
    }

    /** What can be written to a point, in words. */
    static String allowed(PointInfo point) {
        String kind = switch (point.type()) {
            case BOOLEAN -> "true, on or 1, and false, off or 0";
            case INTEGER -> "a whole number";
            case DECIMAL -> "a number";
            case TEXT -> "a text";
            case BYTES -> "bytes as two hexadecimal digits each";
            default -> "a value of type " + point.type().id();
        };
        String range = point.range().map(ValueText::range).orElse("");
        return kind + range + (range.isEmpty() || point.unit().isEmpty() ? "" : " " + point.unit());
    }

    /** A range in words, after what it limits. */
    private static String range(Range range) {
        return " from " + number(range.min()) + " to " + number(range.max());
    }

    private static boolean truth(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "on", "1" -> true;
            case "false", "off", "0" -> false;
            default -> throw new IllegalArgumentException("no boolean");
        };
    }

    private static double finite(String text) {
        // Java would take 1d and 0x1p3 too.
        if (!text.matches("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?")) {
            throw new IllegalArgumentException("no number");
        }
        double number = Double.parseDouble(text);
        if (!Double.isFinite(number)) {
            throw new IllegalArgumentException("too great");
        }
        return number;
    }
}
