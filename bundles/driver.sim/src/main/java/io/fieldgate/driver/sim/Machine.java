package io.fieldgate.driver.sim;

import io.fieldgate.api.data.Value;
import io.fieldgate.api.driver.DriverException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * A machine that makes pieces while it turns. Now and then one jams: it stops with an alarm, somebody clears it after some
 * time, and it goes on. Running too fast it grows too hot and stops until it has cooled.
 */
final class Machine implements Model {

    static final int STEP_MILLIS = 100;
    static final double MOST_SPEED = 3000;
    static final double MOST_CELSIUS = 150;
    static final double STOPS_CELSIUS = 95;
    static final double COOL_CELSIUS = 60;
    static final double TURNS_PER_PIECE = 60;
    static final double JAM_SECONDS = 20;
    static final int PROGRAM_LENGTH = 64;

    static final long NO_ERROR = 0;
    static final long JAM = 1;
    static final long TOO_HOT = 2;

    private static final double STEP_SECONDS = STEP_MILLIS / 1000.0;
    private static final double SPEED_PER_SECOND = 300;
    private static final double STANDSTILL = 1;
    private static final double AMBIENT_CELSIUS = 20;
    private static final double FULL_SPEED_KELVIN = 90;
    private static final double APPROACH = 1 - Math.exp(-STEP_SECONDS / 180);

    private static final int JAMS = 0;
    private static final int TAGS = 1;
    private static final int SPEED_SENSOR = 2;
    private static final int TEMPERATURE_SENSOR = 3;

    private final MachineSettings settings;
    private final Dice dice;
    private final Pace pace;
    private final PointTable points;

    private boolean running = true;
    private double targetSpeed;
    private double speed;
    private double temperature = AMBIENT_CELSIUS;
    private double turns;
    private long pieces;
    private long error = NO_ERROR;
    private double jammedSeconds;
    private String program = "standard";

    Machine(MachineSettings settings, long nowMillis) {
        this.settings = settings;
        dice = settings.basics().dice();
        pace = new Pace(STEP_MILLIS, nowMillis);
        targetSpeed = settings.speed();
        Basics basics = settings.basics();
        points = new PointTable(List.of(DevicePlan.polled(basics.device(), "Simulated machine", basics.periodMillis())
                .text("state", "stopped, starting, running, stopping or alarm", this::state)
                .toggle("running", "Whether it is to run", () -> running, this::run)
                .setting("target-speed", "/min", 0, MOST_SPEED, "Speed to be kept", () -> targetSpeed, this::aim)
                .sensor("speed", "/min", 0, MOST_SPEED, "Speed of the spindle", this::measuredSpeed)
                .sensor(
                        "temperature",
                        "Cel",
                        0,
                        MOST_CELSIUS,
                        "Temperature of the bearing",
                        () -> dice.measure(TEMPERATURE_SENSOR, pace.steps(), temperature, 0, MOST_CELSIUS))
                .counter("pieces", "Pieces made since it began", () -> pieces)
                .bytes("tag", "Radio tag of the piece in work, 8 octets", this::tag)
                .indicator("alarm", "Whether it has stopped with an error", () -> error != NO_ERROR)
                .integer("error", 0, TOO_HOT, "0 none, 1 jam, 2 too hot", () -> error)
                .entry("program", "Name of the program, 1 to 64 characters", () -> program, this::load)));
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
        clearWhatIsOver();
        double aim = running && error == NO_ERROR ? targetSpeed : 0;
        double most = SPEED_PER_SECOND * STEP_SECONDS;
        speed += Dice.clamp(aim - speed, -most, most);
        double settlesAt = AMBIENT_CELSIUS + FULL_SPEED_KELVIN * speed / MOST_SPEED;
        temperature += (settlesAt - temperature) * APPROACH;
        if (temperature >= STOPS_CELSIUS) {
            error = TOO_HOT;
        }
        turns += speed / 60 * STEP_SECONDS;
        if (turns >= TURNS_PER_PIECE) {
            turns -= TURNS_PER_PIECE;
            pieces++;
            jamMaybe();
        }
    }

    private void jamMaybe() {
        int every = settings.jamPieces();
        if (every > 0 && error == NO_ERROR && dice.roll(JAMS, pieces) < 1.0 / every) {
            error = JAM;
            jammedSeconds = 0;
        }
    }

    private void clearWhatIsOver() {
        jammedSeconds += STEP_SECONDS;
        boolean over =
                (error == JAM && jammedSeconds >= JAM_SECONDS) || (error == TOO_HOT && temperature < COOL_CELSIUS);
        if (over) {
            error = NO_ERROR;
        }
    }

    private String state() {
        if (error != NO_ERROR) {
            return "alarm";
        }
        if (running && targetSpeed > 0) {
            return speed >= targetSpeed ? "running" : "starting";
        }
        return speed > STANDSTILL ? "stopping" : "stopped";
    }

    private double measuredSpeed() {
        return speed < STANDSTILL ? 0 : dice.measure(SPEED_SENSOR, pace.steps(), speed, 0, MOST_SPEED);
    }

    private byte[] tag() {
        return ByteBuffer.allocate(Double.BYTES)
                .putDouble(dice.roll(TAGS, pieces))
                .array();
    }

    private void run(boolean on) {
        running = on;
    }

    private void aim(double perMinute) {
        targetSpeed = perMinute;
    }

    private void load(Value value) throws DriverException {
        String name = ((Value.TextValue) value).value();
        if (name.isBlank() || name.length() > PROGRAM_LENGTH) {
            throw new DriverException(
                    DriverException.Reason.OUT_OF_RANGE,
                    "the name of a program has 1 to " + PROGRAM_LENGTH + " characters, this one " + name.length());
        }
        program = name;
    }
}
