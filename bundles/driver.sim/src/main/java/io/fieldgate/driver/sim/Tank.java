package io.fieldgate.driver.sim;

import java.util.List;

/**
 * A tank: a level that two flows move, and a first-order temperature. Whoever moves the valve or the heater takes both out of
 * the automatic control.
 */
final class Tank implements Model {

    static final int STEP_MILLIS = 100;

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
    private final Dice dice;
    private final Pace pace;
    private final PointTable points;

    private double levelMetres;
    private double temperatureCelsius = AMBIENT_CELSIUS;
    private boolean automatic = true;
    private boolean valveOpen = true;
    private double heaterPercent;
    private double outflow;

    /** A half full tank at ambient temperature, which fills. */
    Tank(TankSettings settings, long nowMillis) {
        this.settings = settings;
        dice = settings.basics().dice();
        pace = new Pace(STEP_MILLIS, nowMillis);
        levelMetres = settings.heightMetres() / 2;
        outflow = settings.outflow();
        points = new PointTable(List.of(plan()));
    }

    private DevicePlan plan() {
        Basics basics = settings.basics();
        String description = "Simulated tank, " + settings.heightMetres() + " m high";
        return DevicePlan.polled(basics.device(), description, basics.periodMillis())
                .sensor("level", "m", 0, settings.heightMetres(), "Level of the water", this::levelMetres)
                .sensor("temperature", "Cel", 0, MOST_CELSIUS, "Temperature of the water", this::temperatureCelsius)
                .toggle(
                        "valve",
                        "Inlet valve, true is open; writing it ends automatic control",
                        () -> valveOpen,
                        this::moveValve)
                .setting(
                        "heater",
                        "%",
                        0,
                        100,
                        "Power of the heater; writing it ends automatic control",
                        () -> heaterPercent,
                        this::heat)
                .setting(
                        "outflow",
                        "L/s",
                        0,
                        settings.inflow(),
                        "What is drawn from the tank",
                        () -> outflow,
                        this::draw)
                .toggle(
                        "automatic",
                        "Whether valve and heater hold level and temperature by themselves",
                        () -> automatic,
                        this::automate);
    }

    @Override
    public PointTable points() {
        return points;
    }

    @Override
    public void advanceTo(long nowMillis) {
        pace.advanceTo(nowMillis, time -> step());
    }

    private void step() {
        if (automatic) {
            control();
        }
        // The base is 1 square metre: a litre is a millimetre.
        double netLitresPerSecond = (valveOpen ? settings.inflow() : 0) - outflow;
        levelMetres = Dice.clamp(levelMetres + netLitresPerSecond / 1000 * STEP_SECONDS, 0, settings.heightMetres());
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

    private double levelMetres() {
        return dice.measure(LEVEL_SENSOR, pace.steps(), levelMetres, 0, settings.heightMetres());
    }

    private double temperatureCelsius() {
        return dice.measure(TEMPERATURE_SENSOR, pace.steps(), temperatureCelsius, 0, MOST_CELSIUS);
    }

    private void moveValve(boolean open) {
        valveOpen = open;
        automatic = false;
    }

    private void heat(double percent) {
        heaterPercent = percent;
        automatic = false;
    }

    private void draw(double litresPerSecond) {
        outflow = litresPerSecond;
    }

    private void automate(boolean on) {
        automatic = on;
    }
}
