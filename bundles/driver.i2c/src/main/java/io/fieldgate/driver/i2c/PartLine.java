package io.fieldgate.driver.i2c;

import io.fieldgate.api.data.Access;
import io.fieldgate.api.data.DeviceId;
import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.Role;
import io.fieldgate.api.data.ValueType;
import io.fieldgate.api.driver.TableLine;
import java.time.Duration;

/** What each ready-made part can have in its line: how often its points are read, and who may write them. */
final class PartLine {

    /** How often a point is read if nothing else is said. */
    static final Duration PERIOD = Duration.ofSeconds(1);

    private final Duration period;
    private final Role role;

    private PartLine(Duration period, Role role) {
        this.period = period;
        this.role = role;
    }

    static PartLine of(TableLine line) {
        return new PartLine(
                Duration.ofMillis(line.integer("period.ms", 10, 86_400_000, PERIOD.toMillis())),
                line.choice("role", Role.OPERATOR));
    }

    PointInfo.Builder decimal(DeviceId device, String name, String unit, String description) {
        return point(device, name, ValueType.DECIMAL, description).unit(unit);
    }

    PointInfo.Builder bit(DeviceId device, String name, boolean output, String description) {
        PointInfo.Builder bit = point(device, name, ValueType.BOOLEAN, description);
        return output ? bit.access(Access.READ_WRITE) : bit;
    }

    private PointInfo.Builder point(DeviceId device, String name, ValueType type, String description) {
        return PointInfo.builder(device.point(name), type)
                .pollPeriod(period)
                .role(role)
                .description(description);
    }
}
