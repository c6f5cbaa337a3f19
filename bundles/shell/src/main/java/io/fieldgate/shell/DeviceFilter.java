package io.fieldgate.shell;

import io.fieldgate.api.data.DeviceId;

/**
 * Which devices are meant.
 *
 * @param driver the id of a driver, or * for any
 * @param device the name of a device within its driver, or * for any
 */
record DeviceFilter(String driver, String device) {

    private static final String ANY = "*";

    /**
     * Reads {@code driver} or {@code driver/device}, with * for any.
     *
     * @throws IllegalArgumentException if it is not of that form
     */
    static DeviceFilter of(String text) {
        if (!text.matches("([a-z0-9_-]+|\\*\\*?)(/([a-z0-9_-]+|\\*\\*?))?")) {
            throw new IllegalArgumentException(
                    "a filter of devices is driver or driver/device with * for any, got \"" + text + '"');
        }
        String[] segments = text.replace("**", ANY).split("/", -1);
        return new DeviceFilter(segments[0], segments.length == 1 ? ANY : segments[1]);
    }

    boolean matchesDriver(String id) {
        return driver.equals(ANY) || driver.equals(id);
    }

    boolean matches(DeviceId id) {
        return matchesDriver(id.driver()) && (device.equals(ANY) || device.equals(id.name()));
    }
}
