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
 * A tank that is not there: water flows in and out and is heated. A new configuration makes a new one.
 */
@Component(
        service = {Driver.class, SimulatedDriver.class},
        configurationPid = "io.fieldgate.driver.sim",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = TankDriver.Config.class, factory = true)
public final class TankDriver implements SimulatedDriver {

    /** What an administrator can set. */
    @ObjectClassDefinition(name = "Fieldgate simulated tank", description = "A tank for demonstrations and tests")
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
        @AttributeDefinition(description = "Name of the tank, second segment of the ids of the points: [a-z0-9_-]+")
        String device() default "tank";

        /**
         * The level when full.
         *
         * @return metres
         */
        @AttributeDefinition(description = "Level when full, in metres", min = "0.1", max = "100")
        double height_m() default 2.0;

        /**
         * What comes in.
         *
         * @return litres per second
         */
        @AttributeDefinition(
                description = "Inflow through the open valve, in litres per second",
                min = "0.1",
                max = "10000")
        double inflow_l_s() default 20.0;

        /**
         * What goes out.
         *
         * @return litres per second
         */
        @AttributeDefinition(
                description = "Outflow until it is written, in litres per second; at most the inflow",
                min = "0",
                max = "10000")
        double outflow_l_s() default 8.0;

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
     * Makes the tank.
     *
     * @param config what an administrator has set
     * @throws IllegalArgumentException if a value is not possible; the message names the key
     */
    @Activate
    public TankDriver(Config config) {
        this(config, Clock.systemUTC());
    }

    TankDriver(Config config, Clock clock) {
        Basics basics = new Basics(
                ConfigCheck.device(config.fieldgate_driver_id(), config.device()),
                config.seed(),
                config.noise_percent(),
                config.period_ms());
        TankSettings settings = new TankSettings(basics, config.height_m(), config.inflow_l_s(), config.outflow_l_s());
        Model model = new Tank(settings, clock.millis());
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
