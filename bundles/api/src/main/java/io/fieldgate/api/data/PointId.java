package io.fieldgate.api.data;

import java.util.Objects;

/**
 * Names one point: {@code driver/device/point}, for example {@code linux/cpu/load}.
 *
 * <p>Each segment is {@code [a-z0-9_-]+}, 1 to 64 characters. Ids are compared by their text.
 */
public final class PointId implements Comparable<PointId> {

    private final DeviceId device;
    private final String name;
    private final String text;

    /**
     * Names a point of a device.
     *
     * @param device the device
     * @param name the point's name within the device, {@code [a-z0-9_-]+}
     * @throws IllegalArgumentException if the name is not of that form
     */
    public PointId(DeviceId device, String name) {
        Segments.check("point", name);
        this.device = Objects.requireNonNull(device, "device");
        this.name = name;
        this.text = device.toString() + '/' + name;
    }

    /**
     * Parses {@code driver/device/point}.
     *
     * @param text the three segments, parted by slashes
     * @return the id
     * @throws IllegalArgumentException if the text is not of that form
     */
    public static PointId of(String text) {
        String[] segments = Segments.split(text, 3, "driver/device/point");
        return new PointId(new DeviceId(segments[0], segments[1]), segments[2]);
    }

    /**
     * The device that has this point.
     *
     * @return its id
     */
    public DeviceId device() {
        return device;
    }

    /**
     * The driver that serves this point.
     *
     * @return the driver's id
     */
    public String driver() {
        return device.driver();
    }

    /**
     * The point's name within its device.
     *
     * @return the last segment
     */
    public String name() {
        return name;
    }

    @Override
    public int compareTo(PointId other) {
        return text.compareTo(other.text);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PointId point && point.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** The three segments, parted by slashes. */
    @Override
    public String toString() {
        return text;
    }
}
