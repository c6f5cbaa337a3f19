package io.fieldgate.itest.subject;

import io.fieldgate.api.data.DeviceId;
import io.fieldgate.api.data.DeviceInfo;
import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.Reading;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.data.ValueType;
import io.fieldgate.api.driver.Driver;
import io.fieldgate.api.driver.DriverId;
import io.fieldgate.api.gateway.DriverContext;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Component;

/** Counts, every 20 ms by one: a client can tell what it has missed. Of the point that is large each value is beyond 2^53. */
@Component
@DriverId("count")
public final class CountDriver implements Driver {

    private static final DeviceId DEVICE = DeviceId.of("count/up");
    private static final PointId NUMBER = DEVICE.point("number");
    private static final PointId LARGE = DEVICE.point("large");
    private static final PointId RAW = DEVICE.point("raw");
    private static final long OFFSET = 1L << 60;

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private ScheduledFuture<?> counting;
    private long count; // used by the timer's thread only

    @Override
    public void start(DriverContext context) {
        counting = timer.scheduleAtFixedRate(
                () -> context.publish(List.of(Reading.good(NUMBER, Value.of(++count)))),
                100,
                20,
                TimeUnit.MILLISECONDS);
    }

    @Override
    public List<DeviceInfo> devices() {
        return List.of(DeviceInfo.builder(DEVICE)
                .point(PointInfo.builder(NUMBER, ValueType.INTEGER).build())
                .point(PointInfo.builder(LARGE, ValueType.INTEGER).build())
                .point(PointInfo.builder(RAW, ValueType.BYTES).build())
                .build());
    }

    @Override
    public List<Reading> read(List<PointId> points) {
        return points.stream().map(point -> Reading.good(point, valueOf(point))).toList();
    }

    @Override
    public void stop() {
        counting.cancel(false);
        timer.shutdownNow();
    }

    private static Value valueOf(PointId point) {
        if (point.equals(RAW)) {
            return Value.of(new byte[] {0, 1, (byte) 255});
        }
        return Value.of(point.equals(LARGE) ? OFFSET + 1 : 0L);
    }
}
