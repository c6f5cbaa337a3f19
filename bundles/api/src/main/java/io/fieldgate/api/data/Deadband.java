package io.fieldgate.api.data;

import java.util.Objects;

/**
 * How far a number must move before it counts as changed (OPC UA Part 4, 7.22.2 has the same two kinds).
 *
 * @param kind what the amount is measured in
 * @param amount the greatest move that is not a change; 0 and above, at most 100 for {@link Kind#PERCENT}
 */
public record Deadband(Kind kind, double amount) {

    /** Each sample counts, whether it differs or not. */
    public static final Deadband NONE = new Deadband(Kind.NONE, 0);

    /** What the amount is measured in. More may follow: a switch over them needs a default. */
    public enum Kind {
        /** There is no dead band. */
        NONE,
        /** The unit of the point. */
        ABSOLUTE,
        /** Percent of the span of the point's range; a point without a range treats it as none. */
        PERCENT
    }

    /**
     * Checks the amount.
     *
     * @throws IllegalArgumentException if the amount is not finite, negative, or above 100 percent
     */
    public Deadband {
        Objects.requireNonNull(kind, "kind");
        if (!Double.isFinite(amount) || amount < 0 || (kind == Kind.PERCENT && amount > 100)) {
            throw new IllegalArgumentException("a dead band of " + amount + " is not possible");
        }
    }

    /**
     * A dead band in the unit of the point.
     *
     * @param amount the greatest move that is not a change, in the unit of the point; 0: each differing value counts
     * @return the dead band
     */
    public static Deadband absolute(double amount) {
        return new Deadband(Kind.ABSOLUTE, amount);
    }

    /**
     * A dead band in percent of the point's range.
     *
     * @param amount the greatest move that is not a change, 0 to 100
     * @return the dead band
     */
    public static Deadband percent(double amount) {
        return new Deadband(Kind.PERCENT, amount);
    }
}
