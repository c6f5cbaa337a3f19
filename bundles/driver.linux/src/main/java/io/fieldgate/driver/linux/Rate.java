package io.fieldgate.driver.linux;

/** Makes a rate of a counter that only grows. */
final class Rate {

    /** Two readings that are closer say nothing of a counter: the one before holds. */
    static final long SHORTEST_NANOS = 50_000_000;

    private static final double NANOS_PER_SECOND = 1e9;

    private boolean begun;
    private boolean known;
    private long counter;
    private long nanos;
    private double perSecond;

    /**
     * Takes a reading.
     *
     * @return the growth since the reading before, per second; never negative
     * @throws UnreadableException if there is no reading to compare with: it is the first, or the counter has wrapped or
     *     begun anew, which cannot be told apart
     */
    double update(long newCounter, long newNanos) throws UnreadableException {
        if (!begun || newCounter < counter) {
            begun = true;
            known = false;
            take(newCounter, newNanos);
        } else if (newNanos - nanos >= SHORTEST_NANOS) {
            perSecond = (newCounter - counter) * NANOS_PER_SECOND / (newNanos - nanos);
            known = true;
            take(newCounter, newNanos);
        }
        if (!known) {
            throw UnreadableException.waiting();
        }
        return perSecond;
    }

    private void take(long newCounter, long newNanos) {
        counter = newCounter;
        nanos = newNanos;
    }
}
