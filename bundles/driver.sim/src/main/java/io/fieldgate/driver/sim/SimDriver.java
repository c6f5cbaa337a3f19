package io.fieldgate.driver.sim;

import io.fieldgate.api.data.DeviceInfo;
import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.Quality;
import io.fieldgate.api.data.Reading;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.driver.Driver;
import io.fieldgate.api.driver.DriverException;
import io.fieldgate.api.gateway.DriverContext;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * A tank that is not there: water flows in and out and is heated.
 *
 * <p>Each value it gives is marked UNCERTAIN/SIMULATED, so that nobody takes it for a measurement. A new configuration makes
 * a new tank.
 */
@Component(configurationPid = "io.fieldgate.driver.sim", configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = SimDriver.Config.class, factory = true)
public final class SimDriver implements Driver {

    /** What an admin can set. */
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
         * The name of the tank.
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
         * Where the noise begins.
         *
         * @return any number
         */
        @AttributeDefinition(description = "Where the noise begins: the same seed gives the same noise")
        long seed() default 1;

        /**
         * How often the points are read.
         *
         * @return milliseconds
         */
        @AttributeDefinition(description = "Poll period of all points, in milliseconds", min = "10", max = "60000")
        int period_ms() default 1000;
    }

    private static final Quality SIMULATED = Quality.uncertain(Quality.Code.SIMULATED);

    private final TankPoints points;
    private final Clock clock;
    private final Tank tank;
    private DriverContext context;

    /**
     * Makes the tank.
     *
     * @param config what an admin has set
     * @throws IllegalArgumentException if a value is not possible; the message names the key
     */
    @Activate
    public SimDriver(Config config) {
        this(TankSettings.of(config), Clock.systemUTC());
    }

    SimDriver(TankSettings settings, Clock clock) {
        this.points = new TankPoints(settings);
        this.clock = clock;
        this.tank = new Tank(settings, clock.millis());
    }

    @Override
    public void start(DriverContext gateway) {
        context = gateway;
    }

    @Override
    public List<DeviceInfo> devices() {
        return List.of(points.device());
    }

    @Override
    public List<Reading> read(List<PointId> wanted) {
        tank.advanceTo(clock.millis());
        List<Reading> readings = new ArrayList<>(wanted.size());
        for (PointId point : wanted) {
            readings.add(points.has(point) ? read(point) : Reading.bad(point, Quality.Code.CONFIGURATION));
        }
        return readings;
    }

    private Reading read(PointId point) {
        return Reading.of(point, points.value(point, tank), SIMULATED);
    }

    /** Writes an actuator. Whoever moves the valve or the heater takes both out of the automatic control. */
    @Override
    public Reading write(PointId point, Value value) throws DriverException {
        tank.advanceTo(clock.millis());
        boolean wasAutomatic = tank.automatic();
        points.set(point, value, tank);
        if (wasAutomatic != tank.automatic() && !point.equals(points.automatic())) {
            context.publish(List.of(read(points.automatic())));
        }
        return read(point);
    }
}
