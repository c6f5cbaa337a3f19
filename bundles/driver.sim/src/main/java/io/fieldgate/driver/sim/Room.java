package io.fieldgate.driver.sim;

import java.util.List;

/**
 * A room with a window, a radiator and a thermostat. It loses heat to the outside, whose temperature has a daily curve; people
 * come in the daytime, warm it, moisten it and use its air up, and open the window when that is bad.
 */
final class Room implements Model {

    static final int STEP_MILLIS = 1000;
    static final double MOST_CELSIUS = 60;
    static final double LEAST_CELSIUS = -20;
    static final double MOST_CO2 = 10_000;
    static final double OUTSIDE_CO2 = 420;
    static final double WINDOW_OPENS_CO2 = 1400;
    static final double WINDOW_CLOSES_CO2 = 700;

    private static final double DAILY_SWING_KELVIN = 5;
    private static final long DAY_MILLIS = 86_400_000;
    private static final long HOUR_MILLIS = 3_600_000;
    private static final long COLDEST_MILLIS = 4 * HOUR_MILLIS;
    private static final long STAY_MILLIS = HOUR_MILLIS / 4;

    // Of walls, furniture and air, per cubic metre.
    private static final double JOULES_PER_KELVIN = 30_000;
    private static final double LOSS_WATTS_PER_KELVIN = 1;
    private static final double WINDOW_WATTS_PER_KELVIN = 6;
    private static final double RADIATOR_WATTS = 50;
    private static final double WATTS_PER_PERSON = 100;
    private static final double CO2_LITRES_PER_PERSON_HOUR = 20;
    private static final double WATER_GRAMS_PER_PERSON_HOUR = 50;
    private static final double LEAK_PER_HOUR = 0.3;
    private static final double AIRING_PER_HOUR = 6;
    private static final double PERCENT_PER_KELVIN = 40;

    private static final int PRESENCE = 0;
    private static final int TEMPERATURE_SENSOR = 1;
    private static final int HUMIDITY_SENSOR = 2;
    private static final int CO2_SENSOR = 3;
    private static final int OUTSIDE_SENSOR = 4;

    private final RoomSettings settings;
    private final Dice dice;
    private final Pace pace;
    private final PointTable points;

    private double temperature = 20;
    private double outside;
    private double waterGramsPerCubicMetre = 8;
    private double co2 = OUTSIDE_CO2;
    private double setpoint = 21;
    private double heatingPercent;
    private boolean windowOpen;
    private int people;

    Room(RoomSettings settings, long nowMillis) {
        this.settings = settings;
        dice = settings.basics().dice();
        pace = new Pace(STEP_MILLIS, nowMillis);
        outside = outsideAt(nowMillis);
        Basics basics = settings.basics();
        points = new PointTable(List.of(DevicePlan.polled(
                        basics.device(), "Simulated room, " + settings.volume() + " m³", basics.periodMillis())
                .sensor(
                        "temperature",
                        "Cel",
                        LEAST_CELSIUS,
                        MOST_CELSIUS,
                        "Temperature of the air",
                        () -> dice.measure(TEMPERATURE_SENSOR, pace.steps(), temperature, LEAST_CELSIUS, MOST_CELSIUS))
                .sensor(
                        "humidity",
                        "%",
                        0,
                        100,
                        "Relative humidity",
                        () -> dice.measure(HUMIDITY_SENSOR, pace.steps(), relativeHumidity(), 0, 100))
                .sensor(
                        "co2",
                        "[ppm]",
                        0,
                        MOST_CO2,
                        "Carbon dioxide in the air",
                        () -> dice.measure(CO2_SENSOR, pace.steps(), co2, 0, MOST_CO2))
                .sensor(
                        "outside",
                        "Cel",
                        -60,
                        60,
                        "Temperature outside",
                        () -> dice.measure(OUTSIDE_SENSOR, pace.steps(), outside, -60, 60))
                .setting("setpoint", "Cel", 5, 30, "What the thermostat keeps", () -> setpoint, this::choose)
                .sensor("heating", "%", 0, 100, "Opening of the radiator's valve", () -> heatingPercent)
                .indicator("window", "Window contact, true is open", () -> windowOpen)
                .indicator("presence", "Whether somebody is there", () -> people > 0)));
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
        outside = outsideAt(time);
        people = peopleAt(time);
        air();
        heatingPercent = windowOpen ? 0 : Dice.clamp((setpoint - temperature) * PERCENT_PER_KELVIN, 0, 100);
        double watts = settings.volume() * RADIATOR_WATTS * heatingPercent / 100
                + people * WATTS_PER_PERSON
                - settings.volume()
                        * (LOSS_WATTS_PER_KELVIN + (windowOpen ? WINDOW_WATTS_PER_KELVIN : 0))
                        * (temperature - outside);
        temperature =
                Dice.clamp(temperature + watts / (settings.volume() * JOULES_PER_KELVIN), LEAST_CELSIUS, MOST_CELSIUS);
    }

    private void air() {
        if (people > 0 && co2 > WINDOW_OPENS_CO2) {
            windowOpen = true;
        } else if (co2 < WINDOW_CLOSES_CO2) {
            windowOpen = false;
        }
        double exchanged = (windowOpen ? AIRING_PER_HOUR : LEAK_PER_HOUR) / 3600;
        // A litre in a cubic metre is 1000 ppm.
        double breathed = people * CO2_LITRES_PER_PERSON_HOUR * 1000 / settings.volume() / 3600;
        co2 = Dice.clamp(co2 + breathed - exchanged * (co2 - OUTSIDE_CO2), 0, MOST_CO2);
        double evaporated = people * WATER_GRAMS_PER_PERSON_HOUR / settings.volume() / 3600;
        double waterOutside = 0.8 * saturation(outside);
        waterGramsPerCubicMetre += evaporated - exchanged * (waterGramsPerCubicMetre - waterOutside);
        // What is too much falls out as dew.
        waterGramsPerCubicMetre = Math.min(waterGramsPerCubicMetre, saturation(temperature));
    }

    private double outsideAt(long time) {
        double dayPart = (double) Math.floorMod(time - COLDEST_MILLIS, DAY_MILLIS) / DAY_MILLIS;
        return settings.outsideCelsius() - DAILY_SWING_KELVIN * Math.cos(2 * Math.PI * dayPart);
    }

    /** From 7 to 19 h UTC each quarter of an hour brings some people or none; at night nobody is there. */
    private int peopleAt(long time) {
        long hour = Math.floorMod(time, DAY_MILLIS) / HOUR_MILLIS;
        if (hour < 7 || hour >= 19) {
            return 0;
        }
        // One chance in three that it is empty.
        double roll = dice.roll(PRESENCE, Math.floorDiv(time, STAY_MILLIS));
        return (int) Math.ceil(settings.mostPeople() * Math.max(0, roll * 1.5 - 0.5));
    }

    private double relativeHumidity() {
        return 100 * waterGramsPerCubicMetre / saturation(temperature);
    }

    /** The most water that air can hold, in grams per cubic metre (Magnus, with the numbers of WMO-No. 8, 4.B). */
    private static double saturation(double celsius) {
        double hectopascal = 6.112 * Math.exp(17.62 * celsius / (243.12 + celsius));
        return 216.7 * hectopascal / (273.15 + celsius);
    }

    private void choose(double celsius) {
        setpoint = celsius;
    }
}
