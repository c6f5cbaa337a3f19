package io.fieldgate.driver.sim;

import io.fieldgate.api.data.DeviceId;

/**
 * What can be set for every kind of device, checked.
 *
 * @param device the device's id
 * @param seed where chance begins
 * @param noisePercent the greatest error of each sensor, in percent of its range
 * @param periodMillis how often the points are read, in milliseconds
 */
record Basics(DeviceId device, long seed, double noisePercent, int periodMillis) {

    Basics {
        ConfigCheck.within("noise.percent", noisePercent, 0, 10);
        ConfigCheck.within("period.ms", periodMillis, 1, 60_000); // what is polled has a higher bound: DevicePlan
    }

    Dice dice() {
        return new Dice(seed, noisePercent);
    }
}
