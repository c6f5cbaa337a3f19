package io.fieldgate.driver.sim;

/**
 * What a person has set for one meter, checked.
 *
 * @param basics what every kind of device has
 * @param volts the voltage of a phase without load
 * @param hertz the frequency of the mains
 * @param watts the greatest load of a phase
 */
record MeterSettings(Basics basics, double volts, double hertz, double watts) {

    MeterSettings {
        ConfigCheck.within("voltage.v", volts, 100, 400);
        ConfigCheck.within("frequency.hz", hertz, 47, 63);
        ConfigCheck.within("load.w", watts, 10, 20_000);
    }
}
