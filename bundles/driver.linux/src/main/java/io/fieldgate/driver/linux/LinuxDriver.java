package io.fieldgate.driver.linux;

import io.fieldgate.api.data.DeviceInfo;
import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.Reading;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.driver.Driver;
import io.fieldgate.api.driver.DriverException;
import io.fieldgate.api.driver.DriverId;
import io.fieldgate.api.gateway.DriverContext;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What any Linux machine says of itself in /proc and /sys.
 *
 * <p>The driver has no thread and keeps nothing open: files are read when the gateway reads points, each once for all points
 * of a call. While it does so it looks every 10 s whether devices have come or gone.
 */
@Component(configurationPid = "io.fieldgate.driver.linux")
@DriverId(LinuxDriver.ID)
@Designate(ocd = LinuxDriver.Config.class)
public final class LinuxDriver implements Driver {

    /** What an admin can set. */
    @ObjectClassDefinition(name = "Fieldgate Linux driver", description = "This machine's own readings")
    public @interface Config {

        /**
         * Where the tree with /proc and /sys begins.
         *
         * @return an absolute path
         */
        @AttributeDefinition(description = "Absolute path of the folder that holds proc and sys")
        String root() default "/";

        /**
         * How often points that move are read.
         *
         * @return milliseconds
         */
        @AttributeDefinition(
                description = "Poll period of the points that move quickly, in milliseconds",
                min = "100",
                max = "60000")
        int period_ms() default 1000;

        /**
         * What is read.
         *
         * @return names of groups, parted by commas
         */
        @AttributeDefinition(description = "What is read: names of groups, parted by commas")
        String groups() default
                "cpu,memory,fs,disk,net,temperature,system,hwmon,thermal,iio,w1,light,pwm,power,process";

        /**
         * The outputs by pulse width that are taken from the kernel.
         *
         * @return {@code pwmchipN:M} each
         */
        @AttributeDefinition(description = "Outputs by pulse width that are used: pwmchipN:M, parted by commas")
        String[] pwm() default {};

        /**
         * The programs whose processes are watched.
         *
         * @return names as {@code ps -e} shows them
         */
        @AttributeDefinition(description = "Programs whose processes are watched, by name, parted by commas")
        String[] processes() default {};
    }

    static final String ID = "linux";
    static final Duration SCAN_PERIOD = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(LinuxDriver.class);

    private final Path root;
    private final Batch batch;
    private final Machine machine;
    private DriverContext context;
    private long scannedNanos;

    /**
     * Makes the driver; nothing is read yet.
     *
     * @param config what an admin has set
     * @throws IllegalArgumentException if a value is not possible; the message names the key
     */
    @Activate
    public LinuxDriver(Config config) {
        this(LinuxSettings.of(config), SpaceProbe::ofSystem, System::nanoTime);
    }

    LinuxDriver(LinuxSettings settings, SpaceProbe probe, LongSupplier nanoClock) {
        this.root = settings.root();
        this.batch = new Batch(nanoClock);
        this.machine = new Machine(settings, new KernelFiles(root, batch), probe);
    }

    @Override
    public void start(DriverContext gateway) throws DriverException {
        context = gateway;
        batch.next();
        scan();
        if (machine.devices().isEmpty()) {
            throw new DriverException(
                    DriverException.Reason.CONFIGURATION,
                    "nothing to read below " + root + ": there is none of " + machine.absent());
        }
        LOG.info("{} devices; not on this machine: {}", machine.devices().size(), machine.absent());
        machine.prime();
    }

    @Override
    public List<DeviceInfo> devices() {
        batch.next();
        scan();
        return machine.devices();
    }

    @Override
    public List<Reading> read(List<PointId> points) {
        batch.next();
        if (batch.nanos() - scannedNanos >= SCAN_PERIOD.toNanos() && scan()) {
            LOG.info("the devices have changed: {}", machine.devices());
            context.devicesChanged();
        }
        return points.stream().map(machine::read).toList();
    }

    @Override
    public Reading write(PointId point, Value value) throws DriverException {
        batch.next();
        machine.write(point, value);
        return machine.read(point);
    }

    @Override
    public void stop() {
        machine.stop();
    }

    private boolean scan() {
        scannedNanos = batch.nanos();
        return machine.scan();
    }
}
