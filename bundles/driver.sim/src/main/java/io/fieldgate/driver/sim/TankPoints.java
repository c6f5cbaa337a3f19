package io.fieldgate.driver.sim;

import io.fieldgate.api.data.Access;
import io.fieldgate.api.data.Deadband;
import io.fieldgate.api.data.DeviceInfo;
import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.data.ValueType;
import io.fieldgate.api.driver.DriverException;
import java.time.Duration;

/** What the points of a tank are called, and what in the tank each of them is. */
final class TankPoints {

    private static final String LEVEL = "level";
    private static final String TEMPERATURE = "temperature";
    private static final String VALVE = "valve";
    private static final String HEATER = "heater";
    private static final String OUTFLOW = "outflow";
    private static final String AUTOMATIC = "automatic";

    /** What does not change by itself is told when it differs; the sensors tell each reading. */
    private static final Deadband WHEN_IT_DIFFERS = Deadband.absolute(0);

    private final TankSettings settings;
    private final DeviceInfo device;
    private final PointId automatic;

    TankPoints(TankSettings settings) {
        this.settings = settings;
        this.automatic = settings.device().point(AUTOMATIC);
        this.device = DeviceInfo.builder(settings.device())
                .description("Simulated tank, " + settings.heightMetres() + " m high")
                .point(sensor(LEVEL, "m", settings.heightMetres(), "Level of the water"))
                .point(sensor(TEMPERATURE, "Cel", Tank.MOST_CELSIUS, "Temperature of the water"))
                .point(actuator(VALVE, ValueType.BOOLEAN)
                        .description("Inlet valve, true is open; writing it ends automatic control")
                        .build())
                .point(actuator(HEATER, ValueType.DECIMAL)
                        .unit("%")
                        .range(0, 100)
                        .description("Power of the heater; writing it ends automatic control")
                        .build())
                .point(actuator(OUTFLOW, ValueType.DECIMAL)
                        .unit("L/s")
                        .range(0, settings.inflow())
                        .description("What is drawn from the tank")
                        .build())
                .point(actuator(AUTOMATIC, ValueType.BOOLEAN)
                        .description("Whether valve and heater hold level and temperature by themselves")
                        .build())
                .build();
    }

    private PointInfo sensor(String name, String unit, double most, String description) {
        return PointInfo.builder(settings.device().point(name), ValueType.DECIMAL)
                .unit(unit)
                .range(0, most)
                .pollPeriod(Duration.ofMillis(settings.periodMillis()))
                .description(description)
                .build();
    }

    private PointInfo.Builder actuator(String name, ValueType type) {
        return PointInfo.builder(settings.device().point(name), type)
                .access(Access.READ_WRITE)
                .pollPeriod(Duration.ofMillis(settings.periodMillis()))
                .deadband(WHEN_IT_DIFFERS);
    }

    DeviceInfo device() {
        return device;
    }

    PointId automatic() {
        return automatic;
    }

    boolean has(PointId point) {
        return device.points().stream().anyMatch(info -> info.id().equals(point));
    }

    Value value(PointId point, Tank tank) {
        return switch (point.name()) {
            case LEVEL -> Value.of(tank.levelMetres());
            case TEMPERATURE -> Value.of(tank.temperatureCelsius());
            case VALVE -> Value.of(tank.valveOpen());
            case HEATER -> Value.of(tank.heaterPercent());
            case OUTFLOW -> Value.of(tank.outflow());
            case AUTOMATIC -> Value.of(tank.automatic());
            default -> throw new IllegalArgumentException("no point " + point);
        };
    }

    void set(PointId point, Value value, Tank tank) throws DriverException {
        if (!has(point)) {
            throw new DriverException(DriverException.Reason.NO_SUCH_POINT, "there is no point " + point);
        }
        switch (point.name()) {
            case VALVE -> {
                tank.setValveOpen(truth(value));
                tank.setAutomatic(false);
            }
            case HEATER -> {
                tank.setHeaterPercent(number(value));
                tank.setAutomatic(false);
            }
            case OUTFLOW -> tank.setOutflow(number(value));
            case AUTOMATIC -> tank.setAutomatic(truth(value));
            default -> throw new DriverException(DriverException.Reason.READ_ONLY, point + " cannot be written");
        }
    }

    // The gateway has checked type and range, so that a cast is enough.

    private static boolean truth(Value value) {
        return ((Value.BooleanValue) value).value();
    }

    private static double number(Value value) {
        return ((Value.DecimalValue) value).value();
    }
}
