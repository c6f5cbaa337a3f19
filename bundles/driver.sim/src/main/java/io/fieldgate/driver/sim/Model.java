package io.fieldgate.driver.sim;

/**
 * What is simulated. It depends on its seed, on the time and on what was written, and on nothing else.
 *
 * <p><b>Threading.</b> One thread at a time.
 */
interface Model {

    /** What can be seen of it; always the same points. */
    PointTable points();

    /**
     * Lets time pass.
     *
     * @param nowMillis the time by the clock, in milliseconds since 1970
     */
    void advanceTo(long nowMillis);
}
