package io.fieldgate.config;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.osgi.service.metatype.AttributeDefinition;

/** One key of a configuration: converts what a file says to the declared type, and says what would be allowed. */
final class Attribute {

    private final AttributeDefinition definition;
    private final UnaryOperator<String> bounds;

    /**
     * Makes an attribute.
     *
     * @param bounds gives the bounds of a key as text, when they are needed
     */
    Attribute(AttributeDefinition definition, UnaryOperator<String> bounds) {
        this.definition = definition;
        this.bounds = bounds;
    }

    String key() {
        return definition.getID();
    }

    /**
     * Converts a value.
     *
     * @param text as the file has it
     * @throws IllegalArgumentException with a message for the user if it is not allowed
     */
    Object convert(String text) {
        try {
            String problem = definition.validate(text);
            if (problem == null || problem.isEmpty()) {
                return definition.getCardinality() == 0 ? single(text.strip()) : list(text);
            }
        } catch (IllegalArgumentException e) {
            // The same answer as for one that the metatype refuses.
        }
        String shown = definition.getType() == AttributeDefinition.PASSWORD ? "***" : text;
        throw new IllegalArgumentException(key() + "=" + shown + " is not allowed: it must be " + allowed());
    }

    /** What counts if the file does not have this key, as a file would have it. */
    String absent() {
        String[] defaults = definition.getDefaultValue();
        return defaults == null ? "" : String.join(",", defaults);
    }

    /** Whether a file has to have this key. */
    boolean isMissing() {
        String[] defaults = definition.getDefaultValue();
        String problem = defaults == null ? definition.validate(null) : "";
        return problem != null && !problem.isEmpty();
    }

    /** What a value must be, in words. */
    String allowed() {
        String one = options().isEmpty() ? kind() + range() : "one of " + String.join(", ", options());
        return definition.getCardinality() == 0 ? one : "a list, parted by commas, each " + one;
    }

    private List<String> options() {
        String[] values = definition.getOptionValues();
        return values == null ? List.of() : List.of(values);
    }

    private String kind() {
        return switch (definition.getType()) {
            case AttributeDefinition.STRING, AttributeDefinition.PASSWORD -> "text";
            case AttributeDefinition.BOOLEAN -> "true or false";
            case AttributeDefinition.CHARACTER -> "one character";
            case AttributeDefinition.DOUBLE, AttributeDefinition.FLOAT -> "a number";
            default -> "a whole number";
        };
    }

    private String range() {
        String range = bounds.apply(key());
        // Of text, the bounds are those of its length.
        return range.isEmpty() || !kind().equals("text") ? range : " of a length" + range;
    }

    private Object list(String text) {
        List<Object> values = new ArrayList<>();
        for (String part : split(text)) {
            values.add(single(part));
        }
        if (definition.getCardinality() < 0) {
            return values;
        }
        Object array = Array.newInstance(type(), values.size());
        for (int i = 0; i < values.size(); i++) {
            Array.set(array, i, values.get(i));
        }
        return array;
    }

    /** Parts a list at its commas; a backslash before one makes it part of the value. */
    static List<String> split(String text) {
        List<String> parts = new ArrayList<>();
        if (text.isBlank()) {
            return parts;
        }
        StringBuilder part = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character == '\\' && i + 1 < text.length()) {
                i++;
                part.append(text.charAt(i));
            } else if (character == ',') {
                parts.add(part.toString().strip());
                part.setLength(0);
            } else {
                part.append(character);
            }
        }
        parts.add(part.toString().strip());
        return parts;
    }

    private Object single(String text) {
        return switch (definition.getType()) {
            case AttributeDefinition.LONG -> Long.valueOf(text);
            case AttributeDefinition.INTEGER -> Integer.valueOf(text);
            case AttributeDefinition.SHORT -> Short.valueOf(text);
            case AttributeDefinition.BYTE -> Byte.valueOf(text);
            case AttributeDefinition.DOUBLE -> finite(Double.parseDouble(text));
            case AttributeDefinition.FLOAT ->
                Float.valueOf(finite(Float.parseFloat(text)).floatValue());
            case AttributeDefinition.BOOLEAN -> truth(text);
            case AttributeDefinition.CHARACTER -> character(text);
            default -> text;
        };
    }

    private Class<?> type() {
        return switch (definition.getType()) {
            case AttributeDefinition.LONG -> Long.class;
            case AttributeDefinition.INTEGER -> Integer.class;
            case AttributeDefinition.SHORT -> Short.class;
            case AttributeDefinition.BYTE -> Byte.class;
            case AttributeDefinition.DOUBLE -> Double.class;
            case AttributeDefinition.FLOAT -> Float.class;
            case AttributeDefinition.BOOLEAN -> Boolean.class;
            case AttributeDefinition.CHARACTER -> Character.class;
            default -> String.class;
        };
    }

    /** {@code NaN} and infinity pass each comparison with a bound that they should not. */
    private static Double finite(double number) {
        if (!Double.isFinite(number)) {
            throw new NumberFormatException("not finite");
        }
        return number;
    }

    /** Declarative Services would make false of any other word, without a sound. */
    private static Boolean truth(String text) {
        if (!text.equalsIgnoreCase("true") && !text.equalsIgnoreCase("false")) {
            throw new IllegalArgumentException("neither true nor false");
        }
        return Boolean.valueOf(text);
    }

    private static Character character(String text) {
        if (text.length() != 1) {
            throw new IllegalArgumentException("not one character");
        }
        return text.charAt(0);
    }
}
