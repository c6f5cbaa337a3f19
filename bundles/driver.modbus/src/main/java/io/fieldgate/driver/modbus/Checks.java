package io.fieldgate.driver.modbus;

/** What is wrong with a value of a configuration, in one form. */
final class Checks {

    private Checks() {}

    static IllegalArgumentException wrong(String key, Object value, String allowed) {
        return new IllegalArgumentException(key + "=" + value + " is not allowed: it must be " + allowed);
    }

    static int within(String key, int value, int min, int max) {
        if (value < min || value > max) {
            throw wrong(key, value, "from " + min + " to " + max);
        }
        return value;
    }
}
