package io.fieldgate.driver.i2c;

import io.fieldgate.api.data.DeviceInfo;
import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.Reading;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.driver.Driver;
import io.fieldgate.api.driver.DriverException;
import io.fieldgate.api.driver.DriverException.Reason;
import io.fieldgate.api.gateway.DriverContext;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The parts on one I2C bus. One that does not answer has BAD points; the others go on. */
@Component(configurationPid = "io.fieldgate.driver.i2c", configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = I2cDriver.Config.class, factory = true)
public final class I2cDriver implements Driver {

    /** What an administrator can set. */
    @ObjectClassDefinition(name = "Fieldgate I2C bus", description = "Parts on one I2C bus")
    public @interface Config {

        /**
         * The driver's id.
         *
         * @return {@code [a-z0-9_-]+}
         */
        @AttributeDefinition(description = "Driver id, first segment of the ids of the points: [a-z0-9_-]+")
        String fieldgate_driver_id();

        /**
         * Which bus.
         *
         * @return a number, or what the adapter calls itself
         */
        @AttributeDefinition(
                description = "The bus: its number, as in /dev/i2c-1, or the name in /sys/class/i2c-dev/i2c-*/name")
        String bus();

        /**
         * The ready-made parts.
         *
         * @return lines of a name and settings
         */
        @AttributeDefinition(
                required = false,
                description = "Ready-made parts, one per line: NAME type=bme280|ads1115|ina219|pcf8574|lm75|mcp23017"
                        + " address=0x.. and what the README lists for the type")
        String[] parts() default {};

        /**
         * The registers of other parts.
         *
         * @return lines of a name and settings
         */
        @AttributeDefinition(
                required = false,
                description = "Registers of other parts, one per line: POINT device=.. address=0x.. register=0x.."
                        + " and what the README lists")
        String[] registers() default {};
    }

    /** Opens the bus. */
    @FunctionalInterface
    interface Opener {
        Bus open() throws BusException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(I2cDriver.class);

    private static final Path SYS = Path.of("/sys");
    private static final Path DEV = Path.of("/dev");

    /** How long one batch tries parts, well below the time-out of a lane. */
    private static final long BATCH = TimeUnit.SECONDS.toNanos(5);

    private static final long STOP_MS = 1000;

    private final String id;
    private final Opener opener;
    private final List<Station> stations;
    private final LongSupplier nanos;
    /** Held by whoever uses the bus: only a stop can meet another call, one that hangs. */
    private final ReentrantLock inUse = new ReentrantLock();

    private volatile Bus bus;
    private DriverContext context; // guarded by inUse
    private String said = ""; // guarded by inUse

    /**
     * Makes the driver of a bus.
     *
     * @param config what an administrator has set
     * @throws IllegalArgumentException if a value is not possible; the message names the key
     */
    @Activate
    public I2cDriver(Config config) {
        this(
                config.fieldgate_driver_id(),
                new I2cTables.Texts(config.parts(), config.registers()),
                opener(config.bus()),
                Pause.SLEEP,
                System::nanoTime);
    }

    I2cDriver(String id, I2cTables.Texts tables, Opener opener, Pause pause, LongSupplier nanos) {
        this.id = id;
        if (id == null || !id.matches("[a-z0-9_-]{1,64}")) {
            throw new IllegalArgumentException(
                    "fieldgate.driver.id=" + id + " is not allowed: it must be 1 to 64 characters of [a-z0-9_-]");
        }
        this.opener = opener;
        this.nanos = nanos;
        stations = I2cTables.read(id, tables, pause, nanos);
    }

    private static Opener opener(String bus) {
        if (bus == null || bus.isBlank()) {
            throw new IllegalArgumentException(
                    "bus is missing: it must be a number, or a name of /sys/class/i2c-dev/i2c-*/name");
        }
        return () -> LinuxBus.open(BusPlace.find(bus, SYS, DEV), SYS);
    }

    @Override
    public void start(DriverContext driverContext) throws DriverException {
        inUse.lock();
        try {
            context = driverContext;
            Bus opened = opened();
            long end = nanos.getAsLong() + BATCH;
            for (Station station : stations) {
                if (nanos.getAsLong() - end < 0) {
                    station.begin(opened);
                }
            }
            sayStatus();
        } finally {
            inUse.unlock();
        }
    }

    private Bus opened() throws DriverException {
        if (bus == null) {
            try {
                bus = opener.open();
            } catch (BusException e) {
                throw new DriverException(Reason.CONNECTION, e.getMessage(), e);
            }
        }
        return bus;
    }

    @Override
    public List<DeviceInfo> devices() {
        return stations.stream().map(Station::info).toList();
    }

    @Override
    public List<Reading> read(List<PointId> points) throws DriverException {
        inUse.lock();
        try {
            Bus opened = opened();
            Answers answers = new Answers();
            long end = nanos.getAsLong() + BATCH;
            Map<Station, Set<String>> asked = byStation(points);
            asked.forEach((station, names) -> {
                if (nanos.getAsLong() - end < 0) {
                    station.read(opened, names, answers);
                } else {
                    station.skip(names, answers);
                }
            });
            if (!asked.isEmpty() && asked.keySet().stream().allMatch(Station::hasLostTheBus)) {
                String trouble = asked.keySet().iterator().next().trouble();
                closeBus();
                throw new DriverException(Reason.CONNECTION, trouble);
            }
            sayStatus();
            return points.stream().map(answers::of).toList();
        } finally {
            inUse.unlock();
        }
    }

    private Map<Station, Set<String>> byStation(List<PointId> points) {
        Map<Station, Set<String>> asked = new LinkedHashMap<>();
        for (PointId point : points) {
            for (Station station : stations) {
                if (station.id().equals(point.device())) {
                    asked.computeIfAbsent(station, any -> new LinkedHashSet<>()).add(point.name());
                }
            }
        }
        return asked;
    }

    /** Tells what is wrong when that has changed. */
    private void sayStatus() {
        String trouble = stations.stream()
                .map(Station::trouble)
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining("; "));
        if (!trouble.equals(said)) {
            said = trouble;
            context.status(true, trouble);
        }
    }

    @Override
    public Reading write(PointId point, Value value) throws DriverException {
        inUse.lock();
        try {
            for (Station station : stations) {
                if (station.id().equals(point.device())) {
                    return station.write(opened(), point.name(), value);
                }
            }
            throw new DriverException(Reason.NO_SUCH_POINT, id + " has no device " + point.device());
        } finally {
            inUse.unlock();
        }
    }

    /** Sets what has a safe value to it, and closes the bus; one that hangs is closed when it returns. */
    @Override
    public void stop() {
        boolean free = false;
        try {
            free = inUse.tryLock(STOP_MS, TimeUnit.MILLISECONDS);
            if (free && bus != null) {
                stations.forEach(station -> station.end(bus));
            } else if (!free) {
                LOG.warn("{}: the bus hangs; what has a safe value could not be set to it", id);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            closeBus();
            if (free) {
                inUse.unlock();
            }
        }
    }

    private void closeBus() {
        Bus open = bus;
        bus = null;
        if (open != null) {
            open.close();
        }
    }
}
