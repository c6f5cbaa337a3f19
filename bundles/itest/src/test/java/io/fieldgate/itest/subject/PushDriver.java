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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Component;

/** Pushes 200 points, each with a new value every 10 ms. */
@Component
@DriverId("push")
public final class PushDriver implements Driver {

    private static final DeviceId DEVICE = DeviceId.of("push/counter");
    private static final int POINTS = 200;

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private ScheduledFuture<?> pushing;
    private long count;

    @Override
    public void start(DriverContext context) {
        pushing = timer.scheduleAtFixedRate(() -> context.publish(readings()), 100, 10, TimeUnit.MILLISECONDS);
    }

    @Override
    public List<DeviceInfo> devices() {
        DeviceInfo.Builder device = DeviceInfo.builder(DEVICE);
        for (int i = 0; i < POINTS; i++) {
            device.point(PointInfo.builder(point(i), ValueType.INTEGER).build());
        }
        return List.of(device.build());
    }

    @Override
    public List<Reading> read(List<PointId> points) {
        return points.stream().map(point -> Reading.good(point, Value.of(0L))).toList();
    }

    @Override
    public void stop() {
        pushing.cancel(false);
        timer.shutdownNow();
    }

    private List<Reading> readings() {
        count++;
        List<Reading> readings = new ArrayList<>(POINTS);
        for (int i = 0; i < POINTS; i++) {
            readings.add(Reading.good(point(i), Value.of(count)));
        }
        return readings;
    }

    private static PointId point(int number) {
        return DEVICE.point("n" + number);
    }
}
