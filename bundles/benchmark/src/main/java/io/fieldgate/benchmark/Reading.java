package io.fieldgate.benchmark;

/**
 * One measured value.
 *
 * @param quantity what was measured, as a person says it
 * @param unit its unit, for example {@code µs} or {@code 1/s}
 * @param value how much
 */
record Reading(String quantity, String unit, double value) {

    Reading {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(quantity + " is no number: " + value);
        }
    }
}
