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
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A model as a driver. Each value it gives is marked UNCERTAIN/SIMULATED, so that nobody takes it for a measurement.
 *
 * <p>What a write has changed beside the point itself is pushed at once.
 *
 * <p><b>Threading.</b> Reads and writes may come from several threads, for a load pushes from one of its own.
 */
final class ModelDriver implements Driver {

    private static final Quality SIMULATED = Quality.uncertain(Quality.Code.SIMULATED);

    private final Model model;
    private final PointTable points;
    private final Clock clock;
    private volatile DriverContext context;

    ModelDriver(Model model, Clock clock) {
        this.model = model;
        this.points = model.points();
        this.clock = clock;
    }

    @Override
    public void start(DriverContext gateway) {
        context = gateway;
    }

    @Override
    public List<DeviceInfo> devices() {
        return points.devices();
    }

    @Override
    public synchronized List<Reading> read(List<PointId> wanted) {
        model.advanceTo(clock.millis());
        List<Reading> readings = new ArrayList<>(wanted.size());
        for (PointId point : wanted) {
            readings.add(points.has(point) ? read(point) : Reading.bad(point, Quality.Code.CONFIGURATION));
        }
        return readings;
    }

    private Reading read(PointId point) {
        return Reading.of(point, points.value(point), SIMULATED);
    }

    @Override
    public synchronized Reading write(PointId point, Value value) throws DriverException {
        model.advanceTo(clock.millis());
        Map<PointId, Value> before = new HashMap<>();
        points.writable().forEach(id -> before.put(id, points.value(id)));
        points.set(point, value);
        List<Reading> changed = before.keySet().stream()
                .filter(id -> !id.equals(point) && !points.value(id).equals(before.get(id)))
                .map(this::read)
                .toList();
        if (!changed.isEmpty()) {
            context.publish(changed);
        }
        return read(point);
    }
}
