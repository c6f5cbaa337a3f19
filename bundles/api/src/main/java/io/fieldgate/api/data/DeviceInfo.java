package io.fieldgate.api.data;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What a device is: its points, and a line for people. */
public final class DeviceInfo {

    private final DeviceId id;
    private final String description;
    private final List<PointInfo> points;

    private DeviceInfo(Builder builder) {
        id = builder.id;
        description = builder.description;
        points = List.copyOf(builder.points.values());
    }

    /**
     * Starts the description of a device.
     *
     * @param id the device
     * @return a builder
     */
    public static Builder builder(DeviceId id) {
        return new Builder(id);
    }

    /**
     * The device.
     *
     * @return its id
     */
    public DeviceId id() {
        return id;
    }

    /**
     * What the device is, for people.
     *
     * @return one line, maybe empty
     */
    public String description() {
        return description;
    }

    /**
     * The points of the device.
     *
     * @return the points, in the order in which the driver gave them
     */
    public List<PointInfo> points() {
        return points;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DeviceInfo info
                && info.id.equals(id)
                && info.description.equals(description)
                && info.points.equals(points);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return id + " (" + points.size() + " points)";
    }

    /** Collects what there is to say of a device. Not for use by several threads. */
    public static final class Builder {

        private final DeviceId id;
        private final Map<PointId, PointInfo> points = new LinkedHashMap<>();
        private String description = "";

        private Builder(DeviceId id) {
            this.id = Objects.requireNonNull(id, "id");
        }

        /**
         * Sets what the device is.
         *
         * @param text one line for people
         * @return this builder
         */
        public Builder description(String text) {
            description = Objects.requireNonNull(text, "text");
            return this;
        }

        /**
         * Adds a point.
         *
         * @param point a point of this device that was not added before
         * @return this builder
         * @throws IllegalArgumentException if the point belongs to another device, or was added before
         */
        public Builder point(PointInfo point) {
            if (!point.id().device().equals(id)) {
                throw new IllegalArgumentException(point.id() + " is no point of " + id);
            }
            if (points.putIfAbsent(point.id(), point) != null) {
                throw new IllegalArgumentException(point.id() + " is there twice");
            }
            return this;
        }

        /**
         * Ends the description.
         *
         * @return the device as described
         */
        public DeviceInfo build() {
            return new DeviceInfo(this);
        }
    }
}
