package io.fieldgate.api.data;

/**
 * The numbers that a point can have, both ends included.
 *
 * @param min the least
 * @param max the greatest
 */
public record Range(double min, double max) {

    /**
     * Checks the ends.
     *
     * @throws IllegalArgumentException if an end is not finite, or the least is above the greatest
     */
    public Range {
        if (!Double.isFinite(min) || !Double.isFinite(max) || min > max) {
            throw new IllegalArgumentException("a range needs finite ends in order, got " + min + " to " + max);
        }
    }

    /**
     * Tells whether a number lies within.
     *
     * @param number the number
     * @return true if it is neither below the least nor above the greatest; false for NaN
     */
    public boolean contains(double number) {
        return number >= min && number <= max;
    }

    /**
     * The distance between the ends.
     *
     * @return greatest less least
     */
    public double span() {
        return max - min;
    }

    /** The two ends: {@code 0.0 to 100.0}. */
    @Override
    public String toString() {
        return min + " to " + max;
    }
}
