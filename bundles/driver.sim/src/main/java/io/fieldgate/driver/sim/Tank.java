package io.fieldgate.driver.sim;

import java.util.SplittableRandom;

/**
 * The physics of the tank: a level that two flows move, and a first-order temperature.
 *
 * <p>Time goes in steps of 100 ms, all alike, so that what the tank does depends on the clock and on what was written, and
 * not on when or how often somebody looks.
 */
final class Tank {

    static final int STEP_MILLIS = 100;
    static final int LONGEST_CATCH_UP_MILLIS = 600_000;

    static final double OPEN_BELOW = 0.2;
    static final double CLOSE_ABOVE = 0.8;
    static final double HEAT_BELOW_CELSIUS = 40;
    static final double HEAT_ABOVE_CELSIUS = 50;

    static final double AMBIENT_CELSIUS = 20;
    static final double FULL_HEAT_KELVIN = 60;
    static final double MOST_CELSIUS = 100;
    static final double TIME_CONSTANT_SECONDS = 120;

    private static final double STEP_SECONDS = STEP_MILLIS / 1000.0;
    private static final double APPROACH = 1 - Math.exp(-STEP_SECONDS / TIME_CONSTANT_SECONDS);
    private static final int LEVEL_SENSOR = 0;
    private static final int TEMPERATURE_SENSOR = 1;

    private final TankSettings settings;
    private long reachedMillis;
    private long steps;

    private double levelMetres;
    private double temperatureCelsius = AMBIENT_CELSIUS;
    private boolean automatic = true;
    private boolean valveOpen = true;
    private double heaterPercent;
    private double outflow;

    /** A half full tank at ambient temperature, which fills. */
    Tank(TankSettings settings, long nowMillis) {
        this.settings = settings;
        reachedMillis = nowMillis;
        levelMetres = settings.heightMetres() / 2;
        outflow = settings.outflow();
    }

    /** Lets time pass. The tank goes on from a clock that was set back, and follows one that leapt ahead for 10 min at most. */
    void advanceTo(long nowMillis) {
        if (nowMillis < reachedMillis) {
            reachedMillis = nowMillis;
        }
        reachedMillis = Math.max(reachedMillis, nowMillis - LONGEST_CATCH_UP_MILLIS);
        for (; reachedMillis + STEP_MILLIS <= nowMillis; reachedMillis += STEP_MILLIS) {
            step();
        }
    }

    private void step() {
        steps++;
        if (automatic) {
            control();
        }
        // The base is 1 square metre: a litre is a millimetre.
        double netLitresPerSecond = (valveOpen ? settings.inflow() : 0) - outflow;
        levelMetres = clamp(levelMetres + netLitresPerSecond / 1000 * STEP_SECONDS, settings.heightMetres());
        double settlesAt = AMBIENT_CELSIUS + FULL_HEAT_KELVIN * heaterPercent / 100;
        temperatureCelsius += (settlesAt - temperatureCelsius) * APPROACH;
    }

    private void control() {
        if (levelMetres <= OPEN_BELOW * settings.heightMetres()) {
            valveOpen = true;
        } else if (levelMetres >= CLOSE_ABOVE * settings.heightMetres()) {
            valveOpen = false;
        }
        if (temperatureCelsius <= HEAT_BELOW_CELSIUS) {
            heaterPercent = 100;
        } else if (temperatureCelsius >= HEAT_ABOVE_CELSIUS) {
            heaterPercent = 0;
        }
    }

    /** What the level sensor says, noise included: 0 to the height. */
    double levelMetres() {
        double height = settings.heightMetres();
        return clamp(levelMetres + noise(LEVEL_SENSOR) * height, height);
    }

    /** What the thermometer says, noise included: 0 to {@link #MOST_CELSIUS}. */
    double temperatureCelsius() {
        return clamp(temperatureCelsius + noise(TEMPERATURE_SENSOR) * MOST_CELSIUS, MOST_CELSIUS);
    }

    /** The same for the same seed, sensor and step, so that a run can be repeated. */
    private double noise(int sensor) {
        double amplitude = settings.noisePercent() / 100;
        long state = settings.seed() + 2 * steps + sensor;
        return amplitude == 0 ? 0 : amplitude * new SplittableRandom(state).nextDouble(-1, 1);
    }

    private static double clamp(double value, double most) {
        return Math.max(0, Math.min(most, value));
    }

    boolean automatic() {
        return automatic;
    }

    void setAutomatic(boolean on) {
        automatic = on;
    }

    boolean valveOpen() {
        return valveOpen;
    }

    void setValveOpen(boolean open) {
        valveOpen = open;
    }

    double heaterPercent() {
        return heaterPercent;
    }

    void setHeaterPercent(double percent) {
        heaterPercent = percent;
    }

    /** Litres per second. */
    double outflow() {
        return outflow;
    }

    void setOutflow(double litresPerSecond) {
        outflow = litresPerSecond;
    }
}
