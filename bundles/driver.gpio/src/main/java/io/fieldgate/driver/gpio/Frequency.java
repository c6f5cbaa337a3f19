package io.fieldgate.driver.gpio;

/** Counts edges over a gate time. Not for use by several threads. */
final class Frequency {

    private final long gateNanos;
    private final int edgesOfAPeriod;
    private long begin;
    private long edges;
    private double hertz;

    Frequency(long gateNanos, int edgesOfAPeriod) {
        this.gateNanos = gateNanos;
        this.edgesOfAPeriod = edgesOfAPeriod;
    }

    void restart(long now) {
        begin = now;
        edges = 0;
        hertz = 0;
    }

    void edge() {
        edges++;
    }

    /** The frequency over the time since the last gate ended; until another has passed, what it was. */
    double hertz(long now) {
        long time = now - begin;
        // A poll that comes a little early ends the gate as well.
        if (time >= gateNanos - gateNanos / 10) {
            hertz = edges * 1e9 / time / edgesOfAPeriod;
            begin = now;
            edges = 0;
        }
        return hertz;
    }
}
