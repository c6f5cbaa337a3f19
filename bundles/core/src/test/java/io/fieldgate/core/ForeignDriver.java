package io.fieldgate.core;

import io.fieldgate.api.data.DeviceId;
import io.fieldgate.api.data.DeviceInfo;
import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.Reading;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.data.ValueType;
import io.fieldgate.api.driver.Driver;
import io.fieldgate.api.gateway.DriverContext;
import java.time.Duration;
import java.util.List;

/** A driver of a bundle with a loader of its own: it pushes, keeps its context and leaves something in a thread local. */
public final class ForeignDriver implements Driver {

    private static final ThreadLocal<ForeignDriver> MINE = new ThreadLocal<>();

    private DriverContext context;

    @Override
    public void start(DriverContext given) {
        MINE.set(this);
        context = given;
    }

    @Override
    public List<DeviceInfo> devices() {
        DeviceId tank = DeviceId.of("sim/tank");
        return List.of(DeviceInfo.builder(tank)
                .point(PointInfo.builder(tank.point("level"), ValueType.DECIMAL)
                        .pollPeriod(Duration.ofSeconds(1))
                        .build())
                .build());
    }

    @Override
    public List<Reading> read(List<PointId> points) {
        context.publish(List.of(Reading.good(points.get(0), Value.of(1.0))));
        return List.of(Reading.good(points.get(0), Value.of(2.0)));
    }
}
