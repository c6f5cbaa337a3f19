package io.fieldgate.driver.linux;

import io.fieldgate.api.data.Deadband;
import io.fieldgate.api.data.DeviceId;
import io.fieldgate.api.data.DeviceInfo;
import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.ValueType;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** A device with its points, and where the value of each comes from. */
final class LinuxDevice {

    private final DeviceId id;
    private final DeviceInfo.Builder info;
    private final Map<PointId, Source> sources = new LinkedHashMap<>();
    private final Map<PointId, Sink> sinks = new LinkedHashMap<>();

    LinuxDevice(String name, String description) {
        id = new DeviceId(LinuxDriver.ID, name);
        info = DeviceInfo.builder(id).description(description);
    }

    /**
     * Starts the description of a point. Unless told otherwise each value that differs counts.
     *
     * @param period how often it is to be read
     */
    PointInfo.Builder point(String name, ValueType type, Duration period) {
        return PointInfo.builder(id.point(name), type).pollPeriod(period).deadband(Deadband.absolute(0));
    }

    LinuxDevice add(PointInfo.Builder point, Source source) {
        PointInfo built = point.build();
        info.point(built);
        sources.put(built.id(), source);
        return this;
    }

    /** Adds a point that can be written too. */
    LinuxDevice add(PointInfo.Builder point, Source source, Sink sink) {
        add(point, source);
        sinks.put(point.build().id(), sink);
        return this;
    }

    Map<PointId, Sink> sinks() {
        return Collections.unmodifiableMap(sinks);
    }

    DeviceInfo info() {
        return info.build();
    }

    Map<PointId, Source> sources() {
        return Collections.unmodifiableMap(sources);
    }
}
