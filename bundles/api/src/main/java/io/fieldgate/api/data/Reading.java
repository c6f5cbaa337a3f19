package io.fieldgate.api.data;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What a driver says of a point: a value, how good it is, and when the device took it if the device knows.
 *
 * <p>The gateway makes a {@link Sample} of it when it arrives.
 */
public final class Reading {

    private final PointId point;
    private final Value value;
    private final Quality quality;
    private final Instant deviceTime;

    private Reading(PointId point, Value value, Quality quality, Instant deviceTime) {
        this.point = Objects.requireNonNull(point, "point");
        this.value = value;
        this.quality = Objects.requireNonNull(quality, "quality");
        this.deviceTime = deviceTime;
    }

    /**
     * A value that can be used.
     *
     * @param point the point
     * @param value its value
     * @return a reading of quality {@link Quality#GOOD}
     */
    public static Reading good(PointId point, Value value) {
        return of(point, value, Quality.GOOD);
    }

    /**
     * A value of some quality.
     *
     * @param point the point
     * @param value its value
     * @param quality how far it can be trusted
     * @return the reading
     */
    public static Reading of(PointId point, Value value, Quality quality) {
        return new Reading(point, Objects.requireNonNull(value, "value"), quality, null);
    }

    /**
     * No value.
     *
     * @param point the point
     * @param code why there is none
     * @return a reading of level {@link Quality.Level#BAD} without a value
     */
    public static Reading bad(PointId point, Quality.Code code) {
        return new Reading(point, null, Quality.bad(code), null);
    }

    /**
     * Adds the time that the device gave.
     *
     * @param time when the device took the value, by the device's clock
     * @return a reading that is like this one but for the time
     */
    public Reading takenAt(Instant time) {
        return new Reading(point, value, quality, Objects.requireNonNull(time, "time"));
    }

    /**
     * Replaces the quality.
     *
     * @param other the new quality
     * @return a reading that is like this one but for the quality
     */
    public Reading withQuality(Quality other) {
        return other.equals(quality) ? this : new Reading(point, value, other, deviceTime);
    }

    /**
     * The point that was read.
     *
     * @return its id
     */
    public PointId point() {
        return point;
    }

    /**
     * What the point says.
     *
     * @return the value, or empty if nothing is known
     */
    public Optional<Value> value() {
        return Optional.ofNullable(value);
    }

    /**
     * How far the value can be trusted.
     *
     * @return the quality
     */
    public Quality quality() {
        return quality;
    }

    /**
     * When the device took the value.
     *
     * @return the time by the device's clock, or empty if the device gave none
     */
    public Optional<Instant> deviceTime() {
        return Optional.ofNullable(deviceTime);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Reading reading
                && reading.point.equals(point)
                && Objects.equals(reading.value, value)
                && reading.quality.equals(quality)
                && Objects.equals(reading.deviceTime, deviceTime);
    }

    @Override
    public int hashCode() {
        return Objects.hash(point, value, quality, deviceTime);
    }

    @Override
    public String toString() {
        return point + "=" + (value == null ? "-" : value) + ' ' + quality;
    }
}
