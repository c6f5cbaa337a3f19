package io.fieldgate.driver.sim;

import java.util.SplittableRandom;

/** Chance that can be repeated: the same for the same seed, purpose and number, whatever was asked for before. */
final class Dice {

    private final long seed;
    private final double noise;

    /**
     * Makes dice.
     *
     * @param seed where they begin
     * @param noisePercent the greatest error of a sensor, in percent of its range
     */
    Dice(long seed, double noisePercent) {
        this.seed = seed;
        this.noise = noisePercent / 100;
    }

    /**
     * Rolls.
     *
     * @param purpose parts the rolls of one thing from those of another
     * @param number of the roll
     * @return 0 to below 1
     */
    double roll(int purpose, long number) {
        long stream = new SplittableRandom(seed + purpose * 0x9E3779B97F4A7C15L).nextLong();
        return new SplittableRandom(stream + number).nextDouble();
    }

    /**
     * What a sensor says.
     *
     * @param sensor its number
     * @param number of the step
     * @param exact what it would say without an error
     * @param min the least that it can say
     * @param max the most that it can say
     * @return that with the error of this step, within the range
     */
    double measure(int sensor, long number, double exact, double min, double max) {
        double error = noise == 0 ? 0 : noise * (max - min) * (2 * roll(sensor, number) - 1);
        return clamp(exact + error, min, max);
    }

    static double clamp(double value, double min, double max) {
        return Math.max(min, Math.min(max, value));
    }
}
