package io.fieldgate.driver.i2c;

import io.fieldgate.api.data.DeviceInfo;
import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.Quality;
import io.fieldgate.api.data.Reading;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.driver.Driver;
import io.fieldgate.api.driver.DriverException;
import io.fieldgate.api.gateway.DriverContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Parts and registers on one I2C bus.
 *
 * <p>A part that does not answer takes the others nothing: its points are BAD, it is tried again every 2 s and set up again when it answers.
 * When this stops, outputs of port expanders go to their safe state.
 */
@Component(
        service = Driver.class,
        configurationPid = "io.fieldgate.driver.i2c",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = I2cDriver.Config.class, factory = true)
public final class I2cDriver implements Driver {

    /** What an administrator can set. */
    @ObjectClassDefinition(name = "Fieldgate I2C", description = "Parts and registers on one I2C bus")
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
         * @return N of {@code /dev/i2c-N}
         */
        @AttributeDefinition(description = "Number of the bus, N of /dev/i2c-N", min = "0", max = "1023")
        int bus();

        /**
         * How often all is read that has no period of its own.
         *
         * @return milliseconds
         */
        @AttributeDefinition(description = "Poll period, in milliseconds", min = "10", max = "86400000")
        int period_ms() default 1000;

        /**
         * Parts that are known.
         *
         * @return a line each
         */
        @AttributeDefinition(description = "Parts: DEVICE type=… address=0x… and more, parted by commas")
        String[] parts() default {};

        /**
         * Registers of other parts.
         *
         * @return a line each
         */
        @AttributeDefinition(description = "Registers: DEVICE/POINT address=0x… register=… and more, parted by commas")
        String[] registers() default {};
    }

    private final List<Station> stations;
    private DriverContext context;
    private String told = "";

    /**
     * Makes the driver; the bus is not touched yet.
     *
     * @param config what an administrator has set
     * @throws IllegalArgumentException if a value is not possible; the message names the key
     */
    @Activate
    public I2cDriver(Config config) {
        this(config, new LinuxBus(config.bus()), System::nanoTime);
    }

    I2cDriver(Config config, Bus bus, LongSupplier nanoClock) {
        if (config.fieldgate_driver_id() == null) {
            throw new IllegalArgumentException("fieldgate.driver.id is missing; give one, for example i2c");
        }
        if (config.period_ms() < 10) {
            throw new IllegalArgumentException("period.ms must be at least 10, is " + config.period_ms());
        }
        stations = new Stations(config.fieldgate_driver_id(), Duration.ofMillis(config.period_ms()), bus, nanoClock)
                .read(config.parts(), config.registers());
    }

    @Override
    public void start(DriverContext gateway) throws DriverException {
        context = gateway;
        told = "";
        stations.forEach(Station::tryToReach);
        if (stations.stream().noneMatch(station -> station.trouble().isEmpty())) {
            throw new DriverException(DriverException.Reason.CONNECTION, troubles());
        }
        report();
    }

    private String troubles() {
        return stations.stream()
                .map(Station::trouble)
                .filter(trouble -> !trouble.isEmpty())
                .distinct()
                .collect(Collectors.joining("; "));
    }

    /** Says so when parts come or go. */
    private void report() {
        String now = troubles();
        if (!now.equals(told)) {
            told = now;
            context.status(
                    stations.stream().anyMatch(station -> station.trouble().isEmpty()), now);
        }
    }

    @Override
    public List<DeviceInfo> devices() {
        return stations.stream().map(Station::info).toList();
    }

    @Override
    public List<Reading> read(List<PointId> points) {
        Map<Station, List<PointId>> wanted = new LinkedHashMap<>();
        Map<PointId, Reading> readings = new HashMap<>();
        for (PointId point : points) {
            station(point)
                    .ifPresentOrElse(
                            station -> wanted.computeIfAbsent(station, unknown -> new ArrayList<>())
                                    .add(point),
                            () -> readings.put(point, Reading.bad(point, Quality.Code.CONFIGURATION)));
        }
        wanted.forEach((station, asked) -> station.read(asked, readings));
        report();
        return points.stream().map(readings::get).toList();
    }

    private Optional<Station> station(PointId point) {
        return stations.stream().filter(station -> station.has(point)).findFirst();
    }

    @Override
    public Reading write(PointId point, Value value) throws DriverException {
        Station station = station(point)
                .orElseThrow(() -> new DriverException(DriverException.Reason.NO_SUCH_POINT, "there is no " + point));
        station.write(point, value);
        boolean readable = station.info().points().stream()
                .anyMatch(info -> info.id().equals(point) && info.access().readable());
        return readable ? read(List.of(point)).get(0) : Reading.good(point, value);
    }

    @Override
    public void stop() {
        stations.forEach(Station::close);
    }
}
