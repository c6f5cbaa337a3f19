package io.fieldgate.core;

import io.fieldgate.api.data.DeviceInfo;
import io.fieldgate.api.data.PointInfo;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.UnaryOperator;
import org.osgi.framework.ServiceReference;

/** All overrides. Where several say something of one point the one of the highest rank wins, then the oldest. */
final class PointOverrides implements UnaryOperator<DeviceInfo> {

    private final ConcurrentSkipListMap<ServiceReference<PointOverride>, PointOverride> ranked =
            new ConcurrentSkipListMap<>();

    void add(ServiceReference<PointOverride> reference, PointOverride override) {
        ranked.put(reference, override);
    }

    void remove(ServiceReference<PointOverride> reference) {
        ranked.remove(reference);
    }

    @Override
    public DeviceInfo apply(DeviceInfo device) {
        if (ranked.isEmpty()) {
            return device;
        }
        DeviceInfo.Builder changed = DeviceInfo.builder(device.id()).description(device.description());
        device.points().stream().map(this::apply).forEach(changed::point);
        return changed.build();
    }

    private PointInfo apply(PointInfo point) {
        PointInfo changed = point;
        for (PointOverride override : ranked.values()) {
            changed = override.apply(changed);
        }
        return changed;
    }
}
