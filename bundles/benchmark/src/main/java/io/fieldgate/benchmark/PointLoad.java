package io.fieldgate.benchmark;

import java.util.HashMap;
import java.util.Map;

/**
 * What the simulator is told to be, so that samples come at a known rate.
 *
 * @param description what it is, for a person
 * @param configuration files of {@code etc/}: name to content
 * @param filter the points, as a subscriber names them
 */
record PointLoad(String description, Map<String, String> configuration, String filter) {

    private static final String DRIVER = "benchmark";

    /** How many samples may wait for one observer unless told otherwise. */
    private static final int SHIPPED_QUEUE = 10_000;

    PointLoad {
        configuration = Map.copyOf(configuration);
    }

    /**
     * One simulated driver that is polled, and of which every point gives a sample at every reading.
     *
     * @param points how many points, 10 to 10,000
     * @param periodMillis time from one reading to the next, at least 10
     */
    static PointLoad polled(int points, int periodMillis) {
        return of(points + " simulated points, read every " + periodMillis + " ms", points, periodMillis, false);
    }

    /**
     * One simulated driver that pushes all its points again and again. The time of each sample is when it was due.
     *
     * @param points how many points, 10 to 10,000
     * @param periodMillis time from one push to the next, at least 1
     */
    static PointLoad pushed(int points, int periodMillis) {
        return of(points + " simulated points, pushed every " + periodMillis + " ms", points, periodMillis, true);
    }

    private static PointLoad of(String description, int points, int periodMillis, boolean push) {
        String load = "fieldgate.driver.id=" + DRIVER + "\npoints=" + points + "\nperiod.ms=" + periodMillis + "\npush="
                + push + "\nwaveform=noise\n";
        Map<String, String> files = new HashMap<>(Map.of("io.fieldgate.driver.sim.load-" + DRIVER + ".cfg", load));
        int perSecond = points * 1_000 / periodMillis;
        if (perSecond > SHIPPED_QUEUE) {
            // As docs/simulation.md says: else a second's samples do not fit.
            files.put("io.fieldgate.core.points.cfg", "observer.queue.samples=" + perSecond + '\n');
        }
        return new PointLoad(description, files, DRIVER + "/**");
    }
}
