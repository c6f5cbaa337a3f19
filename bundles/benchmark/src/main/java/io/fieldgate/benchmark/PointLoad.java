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

    private static final String DEVICE = "load";

    PointLoad {
        configuration = Map.copyOf(configuration);
    }

    /**
     * A number of tanks, of each of which the sensors give a sample at every reading.
     *
     * @param count how many, each with a driver of its own
     * @param periodMillis time from one reading to the next
     */
    static PointLoad tanks(int count, int periodMillis) {
        Map<String, String> files = new HashMap<>();
        for (int i = 0; i < count; i++) {
            files.put(
                    "io.fieldgate.driver.sim-load" + i + ".cfg",
                    "fieldgate.driver.id=load" + i + "\ndevice=" + DEVICE + "\nperiod.ms=" + periodMillis + '\n');
        }
        return new PointLoad(count + " tanks, read every " + periodMillis + " ms", files, "*/" + DEVICE + "/*");
    }
}
