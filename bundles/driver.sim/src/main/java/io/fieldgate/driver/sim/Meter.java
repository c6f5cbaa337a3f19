package io.fieldgate.driver.sim;

import java.util.List;

/**
 * A three-phase energy meter with a relay. On each phase there is a base load, which has a daily curve, and an appliance that
 * comes and goes; the mains sag a little under it.
 */
final class Meter implements Model {

    static final int STEP_MILLIS = 1000;
    static final int PHASES = 3;

    private static final long DAY_MILLIS = 86_400_000;
    private static final long SLOT_MILLIS = 300_000;
    private static final double BASE_PART = 0.3;
    private static final double APPLIANCE_PART = 0.6;
    private static final double MAINS_OHMS = 0.2;
    private static final double WANDER_PART = 0.01;
    private static final double HERTZ_WANDER = 0.05;
    private static final double JOULES_PER_KWH = 3_600_000;

    private static final int FREQUENCY = 0;
    private static final int VOLTAGE = 10;
    private static final int APPLIANCE = 20;
    private static final int POWER_FACTOR = 30;
    private static final int SENSORS = 100;

    private final MeterSettings settings;
    private final Dice dice;
    private final Pace pace;
    private final PointTable points;
    private final Phase[] phases = new Phase[PHASES];

    private double hertz;
    private double energyKwh;
    private boolean closed = true;

    private static final class Phase {
        private double volts;
        private double amperes;
        private double watts;
        private double powerFactor = 1;
    }

    Meter(MeterSettings settings, long nowMillis) {
        this.settings = settings;
        dice = settings.basics().dice();
        pace = new Pace(STEP_MILLIS, nowMillis);
        for (int i = 0; i < PHASES; i++) {
            phases[i] = new Phase();
        }
        points = new PointTable(List.of(plan()));
        load(nowMillis);
    }

    private DevicePlan plan() {
        Basics basics = settings.basics();
        DevicePlan plan = DevicePlan.polled(basics.device(), "Simulated three-phase meter", basics.periodMillis());
        for (int i = 0; i < PHASES; i++) {
            Phase phase = phases[i];
            int sensor = SENSORS + 10 * i;
            String of = " of phase " + (i + 1);
            double mostVolts = settings.volts() * 1.2;
            double mostAmperes = settings.watts() / settings.volts() * 2;
            plan.sensor(
                            "voltage-l" + (i + 1),
                            "V",
                            0,
                            mostVolts,
                            "Voltage" + of,
                            () -> measure(sensor, phase.volts, mostVolts))
                    .sensor(
                            "current-l" + (i + 1),
                            "A",
                            0,
                            mostAmperes,
                            "Current" + of,
                            () -> closed ? measure(sensor + 1, phase.amperes, mostAmperes) : 0)
                    .sensor(
                            "power-l" + (i + 1),
                            "W",
                            0,
                            settings.watts(),
                            "Active power" + of,
                            () -> closed ? measure(sensor + 2, phase.watts, settings.watts()) : 0)
                    .sensor("power-factor-l" + (i + 1), "1", 0, 1, "Power factor" + of, () -> phase.powerFactor);
        }
        return plan.sensor("frequency", "Hz", 45, 65, "Frequency of the mains", () -> hertz)
                .total("energy", "kW.h", "Energy since the meter began", () -> energyKwh)
                .toggle("relay", "Whether the load is connected", () -> closed, this::connect);
    }

    private double measure(int sensor, double exact, double most) {
        return dice.measure(sensor, pace.steps(), exact, 0, most);
    }

    @Override
    public PointTable points() {
        return points;
    }

    @Override
    public void advanceTo(long nowMillis) {
        pace.advanceTo(nowMillis, this::step);
    }

    private void step(long time) {
        load(time);
        for (Phase phase : phases) {
            energyKwh += phase.watts * STEP_MILLIS / 1000 / JOULES_PER_KWH;
        }
    }

    private void load(long time) {
        hertz = settings.hertz() + HERTZ_WANDER * wander(FREQUENCY, time);
        for (int i = 0; i < PHASES; i++) {
            Phase phase = phases[i];
            phase.watts = closed ? settings.watts() * part(i, time) : 0;
            phase.powerFactor = closed ? 0.92 + 0.06 * wander(POWER_FACTOR + i, time) : 1;
            double free = settings.volts() * (1 + WANDER_PART * wander(VOLTAGE + i, time));
            phase.amperes = phase.watts / (settings.volts() * phase.powerFactor);
            phase.volts = free - MAINS_OHMS * phase.amperes;
        }
    }

    /** How much of the greatest load is on: least at 3 h UTC, most at 15 h, and the appliance in half of the slots. */
    private double part(int phase, long time) {
        double hours = (double) Math.floorMod(time, DAY_MILLIS) / DAY_MILLIS * 24;
        double daily = 0.5 - 0.4 * Math.cos((hours - 3) / 24 * 2 * Math.PI);
        boolean on = dice.roll(APPLIANCE + phase, Math.floorDiv(time, SLOT_MILLIS)) < 0.5;
        return BASE_PART * daily + (on ? APPLIANCE_PART : 0);
    }

    /** Goes between -1 and 1 without leaps: from one chance to the next within a slot. */
    private double wander(int purpose, long time) {
        long slot = Math.floorDiv(time, SLOT_MILLIS);
        double way = (double) Math.floorMod(time, SLOT_MILLIS) / SLOT_MILLIS;
        double mixed = dice.roll(purpose, slot) * (1 - way) + dice.roll(purpose, slot + 1) * way;
        return 2 * mixed - 1;
    }

    private void connect(boolean on) {
        closed = on;
    }
}
