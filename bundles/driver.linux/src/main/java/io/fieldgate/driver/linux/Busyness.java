package io.fieldgate.driver.linux;

/** Makes a load in percent of the two counters busy and idle. */
final class Busyness {

    private boolean begun;
    private boolean known;
    private long busy;
    private long idle;
    private long nanos;
    private double percent;

    /**
     * Takes a reading.
     *
     * @return the share of busy in what was counted since the reading before, 0 to 100
     * @throws UnreadableException if this is the first reading, or nothing has been counted since
     */
    double update(long newBusy, long newIdle, long newNanos) throws UnreadableException {
        if (!begun) {
            begun = true;
            take(newBusy, newIdle, newNanos);
        } else if (newNanos - nanos >= Rate.SHORTEST_NANOS) {
            // The time of waiting for input and output, which counts as idle, may go back (proc(5)).
            long busySince = Math.max(0, newBusy - busy);
            long idleSince = Math.max(0, newIdle - idle);
            take(newBusy, newIdle, newNanos);
            if (busySince + idleSince > 0) {
                percent = 100.0 * busySince / (busySince + idleSince);
                known = true;
            }
        }
        if (!known) {
            throw UnreadableException.waiting();
        }
        return percent;
    }

    private void take(long newBusy, long newIdle, long newNanos) {
        busy = newBusy;
        idle = newIdle;
        nanos = newNanos;
    }
}
