package io.fieldgate.driver.i2c;

import io.fieldgate.api.data.DeviceId;
import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.ValueType;
import java.time.Duration;

/**
 * Describes the points of a part.
 *
 * @param device the part
 * @param period how often it is read
 */
record Measured(DeviceId device, Duration period) {

    PointId id(String name) {
        return device.point(name);
    }

    PointInfo.Builder number(String name, String unit, String description) {
        return PointInfo.builder(id(name), ValueType.DECIMAL)
                .unit(unit)
                .pollPeriod(period)
                .description(description);
    }

    PointInfo.Builder bit(String name, String description) {
        return PointInfo.builder(id(name), ValueType.BOOLEAN).pollPeriod(period).description(description);
    }
}
