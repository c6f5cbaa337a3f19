package io.fieldgate.benchmark;

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
        String file = "fieldgate.driver.id=" + DRIVER + "\npoints=" + points + "\nperiod.ms=" + periodMillis
                + "\nwaveform=noise\n";
        return new PointLoad(
                points + " simulated points, read every " + periodMillis + " ms",
                Map.of("io.fieldgate.driver.sim.load-" + DRIVER + ".cfg", file),
                DRIVER + "/**");
    }
}
