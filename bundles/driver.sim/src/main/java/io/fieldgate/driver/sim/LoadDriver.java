package io.fieldgate.driver.sim;

import io.fieldgate.api.driver.Driver;
import io.fieldgate.api.driver.DriverException;
import io.fieldgate.api.gateway.DriverContext;
import java.time.Clock;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * As many points as are wanted, for measuring what a gateway bears. A new configuration makes a new one.
 */
@Component(
        service = {Driver.class, SimulatedDriver.class},
        configurationPid = "io.fieldgate.driver.sim.load",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = LoadDriver.Config.class, factory = true)
public final class LoadDriver implements SimulatedDriver {

    /** What an administrator can set. */
    @ObjectClassDefinition(name = "Fieldgate simulated load", description = "Many points, for measuring")
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
        @AttributeDefinition(
                description = "Name that those of the devices begin with; a hyphen and a number follow: [a-z0-9_-]+")
        String device() default "load";

        /**
         * How many points there are.
         *
         * @return points
         */
        @AttributeDefinition(description = "Points of all devices together", min = "10", max = "10000")
        int points() default 100;

        /**
         * How many devices there are.
         *
         * @return devices
         */
        @AttributeDefinition(description = "Devices, at most as many as points", min = "1", max = "10000")
        int devices() default 1;

        /**
         * What the points say.
         *
         * @return the name of a {@link Waveform}
         */
        @AttributeDefinition(description = "What the points say: sine, square, saw or noise")
        String waveform() default "sine";

        /**
         * The length of a wave.
         *
         * @return seconds
         */
        @AttributeDefinition(description = "Length of a wave, in seconds", min = "1", max = "86400")
        int wave_s() default 60;

        /**
         * Whether the points are pushed.
         *
         * @return true to push
         */
        @AttributeDefinition(description = "Whether the driver pushes the points; else they are polled")
        boolean push() default false;

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
        @AttributeDefinition(
                description = "How often the points are polled (10 at least) or pushed, in milliseconds",
                min = "1",
                max = "60000")
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
    private final Optional<PushingThread> pushing;

    /**
     * Makes the load.
     *
     * @param config what an administrator has set
     * @throws IllegalArgumentException if a value is not possible; the message names the key
     */
    @Activate
    public LoadDriver(Config config) {
        this(config, Clock.systemUTC());
    }

    LoadDriver(Config config, Clock clock) {
        Basics basics = new Basics(
                ConfigCheck.device(config.fieldgate_driver_id(), config.device()),
                config.seed(),
                0,
                config.period_ms());
        LoadSettings settings = new LoadSettings(
                basics,
                config.points(),
                config.devices(),
                Waveform.of(config.waveform()),
                config.wave_s(),
                config.push());
        Driver model = new ModelDriver(new Load(settings, clock.millis()), clock);
        FaultSetting fault = new FaultSetting(Fault.of(config.fault()), config.fault_delay_ms());
        driver = new FaultyDriver(config.fieldgate_driver_id(), model, fault);
        pushing = config.push() ? Optional.of(new PushingThread(driver, config.period_ms(), clock)) : Optional.empty();
    }

    @Override
    public void start(DriverContext context) throws DriverException {
        driver.start(context);
        if (pushing.isPresent()) {
            pushing.get().start(context);
        }
    }

    @Override
    public void stop() {
        pushing.ifPresent(PushingThread::end);
        driver.stop();
    }

    /** Ends whatever hangs. */
    @Deactivate
    void close() {
        driver.end();
        pushing.ifPresent(PushingThread::end);
    }

    @Override
    public FaultyDriver simulation() {
        return driver;
    }
}
