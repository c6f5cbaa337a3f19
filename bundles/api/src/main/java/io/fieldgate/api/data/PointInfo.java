package io.fieldgate.api.data;

import java.time.Duration;
import java.util.List;
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
    private final Role role;
    private final List<Value> allowed;
    private final Value safe;
    private final boolean confirmed;

    private PointInfo(Builder builder) {
        id = builder.id;
        type = builder.type;
        unit = builder.unit;
        access = builder.access;
        range = builder.range;
        pollPeriod = builder.pollPeriod;
        deadband = builder.deadband;
        description = builder.description;
        role = builder.role;
        allowed = builder.allowed;
        safe = builder.safe;
        confirmed = builder.confirmed;
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

    /**
     * Who may write the point.
     *
     * @return the least role that is enough, {@link Role#OPERATOR} unless told otherwise
     */
    public Role role() {
        return role;
    }

    /**
     * The values that may be written.
     *
     * @return the values, or empty if every value of the type and within the range may be
     */
    public List<Value> allowed() {
        return allowed;
    }

    /**
     * What the point is set to when whoever drives it is lost, or does not say in time that it is still there.
     *
     * @return the value, or empty if the point stays as it is
     */
    public Optional<Value> safe() {
        return Optional.ofNullable(safe);
    }

    /**
     * Whether a write counts only when the gateway has read the point back and it says what was written.
     *
     * @return true if it is read back
     */
    public boolean confirmed() {
        return confirmed;
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
                && info.description.equals(description)
                && info.role == role
                && info.allowed.equals(allowed)
                && Objects.equals(info.safe, safe)
                && info.confirmed == confirmed;
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
        private Role role = Role.OPERATOR;
        private List<Value> allowed = List.of();
        private Value safe;
        private boolean confirmed;

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
         * Sets who may write the point.
         *
         * @param least the least role that is enough; {@link Role#VIEWER} counts as {@link Role#OPERATOR}, for no viewer writes
         * @return this builder
         */
        public Builder role(Role least) {
            role = least == Role.VIEWER ? Role.OPERATOR : Objects.requireNonNull(least, "least");
            return this;
        }

        /**
         * Sets the values that may be written.
         *
         * @param values values of the point's type; none for all of them
         * @return this builder
         * @throws IllegalArgumentException if a value is of another type
         */
        public Builder allowed(List<Value> values) {
            values.forEach(value -> typed("allowed", value));
            allowed = List.copyOf(values);
            return this;
        }

        /**
         * Sets what the point is set to when whoever drives it is lost.
         *
         * @param value a value of the point's type
         * @return this builder
         * @throws IllegalArgumentException if the value is of another type
         */
        public Builder safe(Value value) {
            typed("safe", value);
            safe = value;
            return this;
        }

        /**
         * Sets whether a write counts only when the point, read back, says what was written.
         *
         * @param readBack true if it does
         * @return this builder
         */
        public Builder confirmed(boolean readBack) {
            confirmed = readBack;
            return this;
        }

        private void typed(String what, Value value) {
            if (value.type() != type) {
                throw new IllegalArgumentException(what + ": " + id + " has values of type " + type.id() + ", got "
                        + value.type().id() + " " + value);
            }
        }

        /**
         * Ends the description.
         *
         * @return the point as described
         * @throws IllegalArgumentException if a value that may be written, or the safe one, is not possible
         */
        public PointInfo build() {
            if (safe != null && !allowed.isEmpty() && !allowed.contains(safe)) {
                throw new IllegalArgumentException("safe: " + id + " takes " + allowed + ", not " + safe);
            }
            return new PointInfo(this);
        }
    }
}
