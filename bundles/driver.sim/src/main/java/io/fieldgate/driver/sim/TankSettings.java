package io.fieldgate.driver.sim;

import io.fieldgate.api.data.DeviceId;

/**
 * What a person has set for one tank, checked.
 *
 * @param device the tank's id
 * @param heightMetres the level when full
 * @param inflow what comes in through the open valve, in litres per second
 * @param outflow what goes out until somebody writes the point, in litres per second
 * @param noisePercent the greatest error of each sensor, in percent of its range
 * @param seed where the noise begins
 * @param periodMillis how often the points are to be read, in milliseconds
 */
record TankSettings(
        DeviceId device,
        double heightMetres,
        double inflow,
        double outflow,
        double noisePercent,
        long seed,
        int periodMillis) {

    TankSettings {
        check("height.m", heightMetres, 0.1, 100);
        check("inflow.l.s", inflow, 0.1, 10_000);
        check("outflow.l.s", outflow, 0, inflow);
        check("noise.percent", noisePercent, 0, 10);
        check("period.ms", periodMillis, 10, 60_000);
    }

    static TankSettings of(SimDriver.Config config) {
        return new TankSettings(
                device(config.fieldgate_driver_id(), config.device()),
                config.height_m(),
                config.inflow_l_s(),
                config.outflow_l_s(),
                config.noise_percent(),
                config.seed(),
                config.period_ms());
    }

    private static DeviceId device(String driver, String name) {
        if (driver == null) {
            throw new IllegalArgumentException("fieldgate.driver.id is missing; give one, for example sim");
        }
        try {
            return new DeviceId(driver, name);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "fieldgate.driver.id=" + driver + " and device=" + name + " make no id: " + e.getMessage(), e);
        }
    }

    private static void check(String key, double value, double min, double max) {
        // Written so that NaN is refused as well.
        if (!(value >= min && value <= max)) {
            throw new IllegalArgumentException(key + " must be " + min + " to " + max + ", is " + value);
        }
    }
}
