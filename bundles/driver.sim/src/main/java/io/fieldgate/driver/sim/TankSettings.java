package io.fieldgate.driver.sim;

/**
 * What a person has set for one tank, checked.
 *
 * @param basics what every kind of device has
 * @param heightMetres the level when full
 * @param inflow what comes in through the open valve, in litres per second
 * @param outflow what goes out until somebody writes the point, in litres per second
 */
record TankSettings(Basics basics, double heightMetres, double inflow, double outflow) {

    TankSettings {
        ConfigCheck.within("height.m", heightMetres, 0.1, 100);
        ConfigCheck.within("inflow.l.s", inflow, 0.1, 10_000);
        ConfigCheck.within("outflow.l.s", outflow, 0, inflow);
    }
}
