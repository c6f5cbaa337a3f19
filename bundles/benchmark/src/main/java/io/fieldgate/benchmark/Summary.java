package io.fieldgate.benchmark;

import java.util.List;

/**
 * What the rounds came to.
 *
 * @param median the one in the middle, or the mean of the two in the middle
 * @param least the smallest
 * @param greatest the largest
 */
record Summary(double median, double least, double greatest) {

    /**
     * Sums up.
     *
     * @param values at least one, in any order
     */
    static Summary of(List<Double> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("there is no median of nothing");
        }
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Summary(median, sorted[0], sorted[sorted.length - 1]);
    }
}
