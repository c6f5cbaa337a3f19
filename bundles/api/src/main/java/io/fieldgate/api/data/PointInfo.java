package io.fieldgate.api.data;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/** What a point is: its type, unit, access and range, and how the gateway is to read it. */
public final class PointInfo {

    private static final Duration SHORTEST_PERIOD = Duration.ofMillis(10);
    private static final Duration LONGEST_PERIOD = Duration.ofDays(1);

    private final PointId id;
    private final ValueType type;
    private final String unit;
    private final Access access;
    private final Range range;
    private final Duration pollPeriod;
    private final Deadband deadband;
    private final String description;

    private PointInfo(Builder builder) {
        id = builder.id;
        type = builder.type;
        unit = builder.unit;
        access = builder.access;
        range = builder.range;
        pollPeriod = builder.pollPeriod;
        deadband = builder.deadband;
        description = builder.description;
    }

    /**
     * Starts the description of a point. Unless told otherwise it has no unit, can be read only, has no range, is not
     * polled and has no dead band.
     *
     * @param id the point
     * @param type the type of its values
     * @return a builder
     */
    public static Builder builder(PointId id, ValueType type) {
        return new Builder(id, type);
    }

    /**
     * The point.
     *
     * @return its id
     */
    public PointId id() {
        return id;
    }

    /**
     * The type of the point's values.
     *
     * @return the type
     */
    public ValueType type() {
        return type;
    }

    /**
     * The unit of the point's values.
     *
     * @return a UCUM code in the case-sensitive form, for example {@code Cel}, {@code m} or {@code %}; {@code 1} for a
     *     number without a unit, and empty for what is not a number
     */
    public String unit() {
        return unit;
    }

    /**
     * What clients may do with the point.
     *
     * @return the access
     */
    public Access access() {
        return access;
    }

    /**
     * The numbers that the point can have. A write outside is refused; a sample outside is of BAD quality.
     *
     * @return the range, or empty if there is no limit
     */
    public Optional<Range> range() {
        return Optional.ofNullable(range);
    }

    /**
     * How often the gateway reads the point.
     *
     * @return the period, 10 ms to 1 day, or empty if the driver pushes the point's samples by itself
     */
    public Optional<Duration> pollPeriod() {
        return Optional.ofNullable(pollPeriod);
    }

    /**
     * How far a number must move before it counts as changed.
     *
     * @return the dead band
     */
    public Deadband deadband() {
        return deadband;
    }

    /**
     * What the point means, for people.
     *
     * @return one line, maybe empty
     */
    public String description() {
        return description;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PointInfo info
                && info.id.equals(id)
                && info.type == type
                && info.unit.equals(unit)
                && info.access == access
                && Objects.equals(info.range, range)
                && Objects.equals(info.pollPeriod, pollPeriod)
                && info.deadband.equals(deadband)
                && info.description.equals(description);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return id + " (" + type.id() + (unit.isEmpty() ? "" : " in " + unit) + ", " + access.id() + ')';
    }

    /** Collects what there is to say of a point. Not for use by several threads. */
    public static final class Builder {

        private final PointId id;
        private final ValueType type;
        private String unit;
        private Access access = Access.READ;
        private Range range;
        private Duration pollPeriod;
        private Deadband deadband = Deadband.NONE;
        private String description = "";

        private Builder(PointId id, ValueType type) {
            this.id = Objects.requireNonNull(id, "id");
            this.type = Objects.requireNonNull(type, "type");
            this.unit = type == ValueType.INTEGER || type == ValueType.DECIMAL ? "1" : "";
        }

        /**
         * Sets the unit.
         *
         * @param ucum a UCUM code in the case-sensitive form, for example {@code Cel}
         * @return this builder
         */
        public Builder unit(String ucum) {
            unit = Objects.requireNonNull(ucum, "ucum");
            return this;
        }

        /**
         * Sets what clients may do with the point.
         *
         * @param allowed the access
         * @return this builder
         */
        public Builder access(Access allowed) {
            access = Objects.requireNonNull(allowed, "allowed");
            return this;
        }

        /**
         * Sets the numbers that the point can have.
         *
         * @param min the least, in the unit of the point
         * @param max the greatest, in the unit of the point
         * @return this builder
         * @throws IllegalArgumentException if an end is not finite, or the least is above the greatest
         */
        public Builder range(double min, double max) {
            range = new Range(min, max);
            return this;
        }

        /**
         * Has the gateway read the point again and again.
         *
         * @param period the time from one reading to the next, 10 ms to 1 day
         * @return this builder
         * @throws IllegalArgumentException if the period is shorter or longer
         */
        public Builder pollPeriod(Duration period) {
            if (period.compareTo(SHORTEST_PERIOD) < 0 || period.compareTo(LONGEST_PERIOD) > 0) {
                throw new IllegalArgumentException("a poll period is 10 ms to 1 day, got " + period + " for " + id);
            }
            pollPeriod = period;
            return this;
        }

        /**
         * Sets how far a number must move before it counts as changed.
         *
         * @param band the dead band
         * @return this builder
         */
        public Builder deadband(Deadband band) {
            deadband = Objects.requireNonNull(band, "band");
            return this;
        }

        /**
         * Sets what the point means.
         *
         * @param text one line for people
         * @return this builder
         */
        public Builder description(String text) {
            description = Objects.requireNonNull(text, "text");
            return this;
        }

        /**
         * Ends the description.
         *
         * @return the point as described
         */
        public PointInfo build() {
            return new PointInfo(this);
        }
    }
}
