package io.fieldgate.driver.sim;

import io.fieldgate.api.driver.Driver;
import java.time.Clock;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * The climate of a room that is not there: heating, window and people. A new configuration makes a new one.
 */
@Component(
        service = {Driver.class, SimulatedDriver.class},
        configurationPid = "io.fieldgate.driver.sim.room",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = RoomDriver.Config.class, factory = true)
public final class RoomDriver implements SimulatedDriver {

    /** What an administrator can set. */
    @ObjectClassDefinition(
            name = "Fieldgate simulated room",
            description = "A room with a thermostat, for demonstrations and tests")
    public @interface Config {

        /**
         * The driver's id.
         *
         * @return {@code [a-z0-9_-]+}
         */
        @AttributeDefinition(description = "Driver id, first segment of the ids of the points: [a-z0-9_-]+")
        String fieldgate_driver_id();

        /**
         * The name of the device.
         *
         * @return {@code [a-z0-9_-]+}
         */
        @AttributeDefinition(description = "Name of the room, second segment of the ids of the points: [a-z0-9_-]+")
        String device() default "room";

        /**
         * The size of the room.
         *
         * @return cubic metres
         */
        @AttributeDefinition(description = "Volume of the room, in cubic metres", min = "10", max = "1000")
        double volume_m3() default 50.0;

        /**
         * How warm it is outside.
         *
         * @return degrees Celsius
         */
        @AttributeDefinition(
                description = "Mean temperature outside, in degrees Celsius; the day moves it by 5 K",
                min = "-30",
                max = "40")
        double outside_cel() default 8.0;

        /**
         * How many people there can be.
         *
         * @return people
         */
        @AttributeDefinition(description = "Greatest number of people at once", min = "0", max = "20")
        int people() default 4;

        /**
         * The error of the sensors.
         *
         * @return percent of a sensor's range
         */
        @AttributeDefinition(
                description = "Greatest error of each sensor, in percent of its range",
                min = "0",
                max = "10")
        double noise_percent() default 0.1;

        /**
         * Where chance begins.
         *
         * @return any number
         */
        @AttributeDefinition(description = "Where chance begins: the same seed gives the same values")
        long seed() default 1;

        /**
         * How often the points are read.
         *
         * @return milliseconds
         */
        @AttributeDefinition(description = "Poll period of all points, in milliseconds", min = "10", max = "60000")
        int period_ms() default 1000;

        /**
         * What is wrong from the beginning.
         *
         * @return the name of a {@link Fault}
         */
        @AttributeDefinition(
                description = "Fault to begin with: none, no-answer, slow, wrong-value, gone, throw or garbage")
        String fault() default "none";

        /**
         * How long each call takes when the fault is {@code slow}.
         *
         * @return milliseconds
         */
        @AttributeDefinition(
                description = "Time of each call while the fault is slow, in milliseconds",
                min = "1",
                max = "60000")
        int fault_delay_ms() default 1000;
    }

    private final FaultyDriver driver;

    /**
     * Makes the room.
     *
     * @param config what an administrator has set
     * @throws IllegalArgumentException if a value is not possible; the message names the key
     */
    @Activate
    public RoomDriver(Config config) {
        this(config, Clock.systemUTC());
    }

    RoomDriver(Config config, Clock clock) {
        Basics basics = new Basics(
                ConfigCheck.device(config.fieldgate_driver_id(), config.device()),
                config.seed(),
                config.noise_percent(),
                config.period_ms());
        RoomSettings settings = new RoomSettings(basics, config.volume_m3(), config.outside_cel(), config.people());
        Model model = new Room(settings, clock.millis());
        FaultSetting fault = new FaultSetting(Fault.of(config.fault()), config.fault_delay_ms());
        driver = new FaultyDriver(config.fieldgate_driver_id(), new ModelDriver(model, clock), fault);
    }

    /** Ends whatever hangs. */
    @Deactivate
    void close() {
        driver.end();
    }

    @Override
    public FaultyDriver simulation() {
        return driver;
    }
}
