package io.fieldgate.driver.serial;

import io.fieldgate.api.data.DeviceId;
import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.Reading;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.data.ValueType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** How the line does: points that every device of this bundle has. */
final class Counters {

    private final AtomicLong lines = new AtomicLong();
    private final AtomicLong unmatched = new AtomicLong();
    private final AtomicLong tooLong = new AtomicLong();
    private final AtomicLong checksum = new AtomicLong();
    private final Map<PointId, LongSupplier> points = new LinkedHashMap<>();
    private final List<PointInfo> infos = new ArrayList<>();

    Counters(DeviceId device) {
        add(device.point("lines"), lines, "lines that came in since the start");
        add(device.point("unmatched"), unmatched, "lines of no known form");
        add(device.point("too-long"), tooLong, "lines that were longer than line.max.bytes");
        add(device.point("checksum-errors"), checksum, "lines or telegrams with a wrong checksum");
    }

    private void add(PointId id, AtomicLong counter, String description) {
        points.put(id, counter::get);
        infos.add(PointInfo.builder(id, ValueType.INTEGER)
                .unit("1")
                .pollPeriod(Duration.ofSeconds(1))
                .description(description)
                .build());
    }

    List<PointInfo> infos() {
        return infos;
    }

    Optional<Reading> read(PointId point) {
        return Optional.ofNullable(points.get(point))
                .map(counter -> Reading.good(point, Value.of(counter.getAsLong())));
    }

    void line() {
        lines.incrementAndGet();
    }

    void unmatched() {
        unmatched.incrementAndGet();
    }

    void tooLong(long total) {
        tooLong.set(total);
    }

    void wrongChecksum() {
        checksum.incrementAndGet();
    }
}
