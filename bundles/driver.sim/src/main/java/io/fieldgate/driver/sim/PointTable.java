package io.fieldgate.driver.sim;

import io.fieldgate.api.data.DeviceInfo;
import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.driver.DriverException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The devices of a model and their points. */
final class PointTable {

    private final List<DeviceInfo> devices;
    private final Map<PointId, SimPoint> points = new LinkedHashMap<>();
    private final List<PointId> writable = new ArrayList<>();

    PointTable(List<DevicePlan> plans) {
        devices = plans.stream().map(DevicePlan::device).toList();
        for (DevicePlan plan : plans) {
            for (SimPoint point : plan.points()) {
                points.put(point.info().id(), point);
                if (point.info().access().writable()) {
                    writable.add(point.info().id());
                }
            }
        }
    }

    List<DeviceInfo> devices() {
        return devices;
    }

    /** All points, in the order of the devices. */
    List<PointId> ids() {
        return List.copyOf(points.keySet());
    }

    /** The points that can be written. */
    List<PointId> writable() {
        return writable;
    }

    boolean has(PointId point) {
        return points.containsKey(point);
    }

    /** What a point says now; there must be such a point. */
    Value value(PointId point) {
        return points.get(point).value().get();
    }

    void set(PointId point, Value value) throws DriverException {
        SimPoint target = points.get(point);
        if (target == null) {
            throw new DriverException(DriverException.Reason.NO_SUCH_POINT, "there is no point " + point);
        }
        if (!target.info().access().writable()) {
            throw new DriverException(DriverException.Reason.READ_ONLY, point + " cannot be written");
        }
        target.setter().set(value);
    }
}
