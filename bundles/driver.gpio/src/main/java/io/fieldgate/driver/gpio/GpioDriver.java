package io.fieldgate.driver.gpio;

import io.fieldgate.api.data.DeviceInfo;
import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.Reading;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.driver.Driver;
import io.fieldgate.api.driver.DriverException;
import io.fieldgate.api.gateway.DriverContext;
import java.util.List;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Lines of a GPIO chip, as points. They are held from start to stop; a line that is busy or has gone is tried again. */
@Component(
        service = Driver.class,
        configurationPid = "io.fieldgate.driver.gpio",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = GpioDriver.Config.class, factory = true)
public final class GpioDriver implements Driver {

    /** What an administrator can set. */
    @ObjectClassDefinition(name = "Fieldgate GPIO chip", description = "Inputs and outputs of one GPIO chip")
    public @interface Config {

        /**
         * The driver's id.
         *
         * @return {@code [a-z0-9_-]+}
         */
        @AttributeDefinition(description = "Driver id, first segment of the ids of the points: [a-z0-9_-]+")
        String fieldgate_driver_id();

        /**
         * The chip.
         *
         * @return a label, {@code gpiochipN}, or nothing
         */
        @AttributeDefinition(
                description =
                        "Label of the chip as in the kernel, or its name gpiochipN; empty if all lines are given by name, on whichever chip they are",
                required = false)
        String chip() default "";

        /**
         * The name of the device.
         *
         * @return {@code [a-z0-9_-]+}
         */
        @AttributeDefinition(description = "Name of the device, second segment of the ids of the points: [a-z0-9_-]+")
        String device() default "gpio";

        /**
         * The lines.
         *
         * @return lines of a table
         */
        @AttributeDefinition(
                description =
                        "One line of the chip each: name line=NUMBER|NAME direction=in|out active-low=false, of inputs pull=none|up|down debounce.ms=0 edge=both|rising|falling counter=false frequency=false gate.ms=1000, of outputs initial=false|true|keep safe=false|true stop=safe|keep pwm.hz=1..200")
        String[] lines();
    }

    private final Held held;

    /**
     * Makes the driver; nothing is opened yet.
     *
     * @param config what an administrator has set
     * @param bundle where levels are noted that an output is to keep
     * @throws IllegalArgumentException if a value is not possible; the message names the key
     */
    @Activate
    public GpioDriver(Config config, BundleContext bundle) {
        this(
                GpioSettings.of(config),
                new DiozeroLines(),
                new KeptLevels(bundle.getDataFile(config.fieldgate_driver_id() + ".levels")
                        .toPath()));
    }

    GpioDriver(GpioSettings settings, Lines lines, KeptLevels kept) {
        held = new Held(settings, lines, kept);
    }

    @Override
    public void start(DriverContext context) throws DriverException {
        held.open(context);
    }

    @Override
    public List<DeviceInfo> devices() {
        return List.of(held.device());
    }

    @Override
    public List<Reading> read(List<PointId> points) {
        return points.stream().map(held::read).toList();
    }

    @Override
    public Reading write(PointId point, Value value) throws DriverException {
        return held.write(point, value);
    }

    @Override
    public void stop() {
        held.close();
    }
}
