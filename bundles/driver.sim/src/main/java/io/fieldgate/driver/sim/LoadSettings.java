package io.fieldgate.driver.sim;

/**
 * What a person has set for one load, checked.
 *
 * @param basics what every kind of device has; the names of the devices begin with that of the device
 * @param points how many there are, of all devices together
 * @param devices how many there are
 * @param waveform what the points say
 * @param waveSeconds the length of a wave, in seconds
 * @param push whether the points are pushed and not polled
 */
record LoadSettings(Basics basics, int points, int devices, Waveform waveform, int waveSeconds, boolean push) {

    LoadSettings {
        ConfigCheck.within("points", points, 10, 10_000);
        ConfigCheck.within("devices", devices, 1, points);
        ConfigCheck.within("wave.s", waveSeconds, 1, 86_400);
    }
}
