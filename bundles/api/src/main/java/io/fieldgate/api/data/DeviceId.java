package io.fieldgate.api.data;

/**
 * Names one device: {@code driver/device}, for example {@code linux/cpu}.
 *
 * <p>Each segment is {@code [a-z0-9_-]+}, 1 to 64 characters.
 *
 * @param driver the id of the driver that serves the device
 * @param name the device's name within its driver
 */
public record DeviceId(String driver, String name) implements Comparable<DeviceId> {

    /**
     * Checks both segments.
     *
     * @throws IllegalArgumentException if a segment is empty, longer than 64 characters or has a character that is not
     *     allowed
     */
    public DeviceId {
        Segments.check("driver", driver);
        Segments.check("device", name);
    }

    /**
     * Parses {@code driver/device}.
     *
     * @param text the two segments, parted by a slash
     * @return the id
     * @throws IllegalArgumentException if the text is not of that form
     */
    public static DeviceId of(String text) {
        String[] segments = Segments.split(text, 2, "driver/device");
        return new DeviceId(segments[0], segments[1]);
    }

    /**
     * Names a point of this device.
     *
     * @param point the point's name within the device, {@code [a-z0-9_-]+}
     * @return the point's id
     * @throws IllegalArgumentException if the name is not of that form
     */
    public PointId point(String point) {
        return new PointId(this, point);
    }

    @Override
    public int compareTo(DeviceId other) {
        int byDriver = driver.compareTo(other.driver);
        return byDriver != 0 ? byDriver : name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return driver + '/' + name;
    }
}
