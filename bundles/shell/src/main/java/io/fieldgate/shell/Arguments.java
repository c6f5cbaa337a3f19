package io.fieldgate.shell;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a command was given, as its {@link Usage} allows it.
 *
 * @param operands what is no option, in order
 * @param options options by their last name, and the values of those that take one, else an empty text
 */
record Arguments(List<String> operands, Map<String, String> options) {

    Arguments {
        operands = List.copyOf(operands);
        options = Map.copyOf(options);
    }

    /** Tells whether an option was given. */
    boolean has(String option) {
        return options.containsKey(option);
    }

    /** The value of an option, or empty if it was not given. */
    Optional<String> value(String option) {
        return Optional.ofNullable(options.get(option));
    }

    /**
     * The whole number that an option has.
     *
     * @param otherwise what counts if it was not given
     * @throws IllegalArgumentException if it is no number from {@code min} to {@code max}
     */
    int number(String option, int min, int max, int otherwise) {
        String text = options.get(option);
        if (text == null) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(text);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(wrong(option, min, max, text), e);
        }
        throw new IllegalArgumentException(wrong(option, min, max, text));
    }

    private static String wrong(String option, int min, int max, String text) {
        return option + " takes a whole number from " + min + " to " + max + ", got \"" + text + '"';
    }
}
