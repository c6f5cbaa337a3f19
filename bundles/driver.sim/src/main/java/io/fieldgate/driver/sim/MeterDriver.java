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
 * A three-phase energy meter that is not there. A new configuration makes a new one.
 */
@Component(
        service = {Driver.class, SimulatedDriver.class},
        configurationPid = "io.fieldgate.driver.sim.meter",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = MeterDriver.Config.class, factory = true)
public final class MeterDriver implements SimulatedDriver {

    /** What an administrator can set. */
    @ObjectClassDefinition(
            name = "Fieldgate simulated meter",
            description = "An energy meter with a relay, for demonstrations and tests")
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
        @AttributeDefinition(description = "Name of the meter, second segment of the ids of the points: [a-z0-9_-]+")
        String device() default "meter";

        /**
         * The voltage.
         *
         * @return volts
         */
        @AttributeDefinition(description = "Voltage of a phase without load, in volts", min = "100", max = "400")
        double voltage_v() default 230.0;

        /**
         * The frequency.
         *
         * @return hertz
         */
        @AttributeDefinition(description = "Frequency of the mains, in hertz", min = "47", max = "63")
        double frequency_hz() default 50.0;

        /**
         * The load.
         *
         * @return watts
         */
        @AttributeDefinition(description = "Greatest load of a phase, in watts", min = "10", max = "20000")
        double load_w() default 3000.0;

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
     * Makes the meter.
     *
     * @param config what an administrator has set
     * @throws IllegalArgumentException if a value is not possible; the message names the key
     */
    @Activate
    public MeterDriver(Config config) {
        this(config, Clock.systemUTC());
    }

    MeterDriver(Config config, Clock clock) {
        Basics basics = new Basics(
                ConfigCheck.device(config.fieldgate_driver_id(), config.device()),
                config.seed(),
                config.noise_percent(),
                config.period_ms());
        MeterSettings settings = new MeterSettings(basics, config.voltage_v(), config.frequency_hz(), config.load_w());
        Model model = new Meter(settings, clock.millis());
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
