package io.fieldgate.core;

/** The range of a number in the configuration. */
final class ConfigRange {

    private ConfigRange() {}

    /**
     * Gives the value back.
     *
     * @throws IllegalArgumentException if it is out of its range; the message names key, value and what is allowed
     */
    static int within(String key, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(key + " must be " + least + " to " + most + ", is " + value);
        }
        return value;
    }
}
