package io.fieldgate.itest.subject;

import io.fieldgate.api.data.DeviceId;
import io.fieldgate.api.data.DeviceInfo;
import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.Quality;
import io.fieldgate.api.data.Reading;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.data.ValueType;
import io.fieldgate.api.driver.Driver;
import io.fieldgate.api.driver.DriverId;
import io.fieldgate.api.gateway.DriverContext;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.osgi.service.component.annotations.Component;

/** Works when it is started for the first time only. */
@Component
@DriverId("once")
public final class OnceDriver implements Driver {

    private static final AtomicInteger STARTS = new AtomicInteger();
    private static final PointId POINT = DeviceId.of("once/device").point("value");

    @Override
    public void start(DriverContext context) {
        STARTS.incrementAndGet();
    }

    @Override
    public List<DeviceInfo> devices() {
        return List.of(DeviceInfo.builder(DeviceId.of("once/device"))
                .point(PointInfo.builder(POINT, ValueType.INTEGER)
                        .pollPeriod(Duration.ofMillis(200))
                        .build())
                .build());
    }

    @Override
    public List<Reading> read(List<PointId> points) {
        return points.stream()
                .map(point -> STARTS.get() == 1
                        ? Reading.good(point, Value.of(1L))
                        : Reading.bad(point, Quality.Code.DEVICE_FAILURE))
                .toList();
    }
}
