package io.fieldgate.driver.sim;

import java.util.function.LongConsumer;

/**
 * Cuts time into steps, all alike, so that what a model does depends on the clock and on what was written, and not on when or how
 * often somebody looks.
 */
final class Pace {

    static final int LONGEST_CATCH_UP_MILLIS = 600_000;

    private final int stepMillis;
    private long reachedMillis;
    private long steps;

    Pace(int stepMillis, long nowMillis) {
        this.stepMillis = stepMillis;
        this.reachedMillis = nowMillis;
    }

    /**
     * Takes all steps up to now. It goes on from a clock that was set back, and follows one that leapt ahead for 10 min at
     * most.
     *
     * @param nowMillis the time by the clock
     * @param step is run for each, with the time at which the step ends
     */
    void advanceTo(long nowMillis, LongConsumer step) {
        if (nowMillis < reachedMillis) {
            reachedMillis = nowMillis;
        }
        reachedMillis = Math.max(reachedMillis, nowMillis - LONGEST_CATCH_UP_MILLIS);
        while (reachedMillis + stepMillis <= nowMillis) {
            reachedMillis += stepMillis;
            steps++;
            step.accept(reachedMillis);
        }
    }

    /** The steps so far. */
    long steps() {
        return steps;
    }
}
