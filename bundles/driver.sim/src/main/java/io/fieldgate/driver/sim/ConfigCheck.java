package io.fieldgate.driver.sim;

import io.fieldgate.api.data.DeviceId;

/** Checks values of a configuration; what is wrong names key and value. */
final class ConfigCheck {

    private ConfigCheck() {}

    static double within(String key, double value, double min, double max) {
        // Written so that NaN is refused as well.
        if (!(value >= min && value <= max)) {
            throw new IllegalArgumentException(key + " must be " + min + " to " + max + ", is " + value);
        }
        return value;
    }

    static int within(String key, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(key + " must be " + min + " to " + max + ", is " + value);
        }
        return value;
    }

    static DeviceId device(String driver, String name) {
        if (driver == null) {
            throw new IllegalArgumentException("fieldgate.driver.id is missing; give one, for example sim");
        }
        try {
            return new DeviceId(driver, name);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "fieldgate.driver.id=" + driver + " and device=" + name + " make no id: " + e.getMessage(), e);
        }
    }
}
