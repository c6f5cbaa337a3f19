package io.fieldgate.driver.i2c;

import io.fieldgate.api.data.DeviceId;
import io.fieldgate.api.data.DeviceInfo;
import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.Quality;
import io.fieldgate.api.data.Reading;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.driver.DriverException;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A part at its address, whether it answers now or not. One that does not is set up again when it does. Used by one thread at a time. */
final class Station {

    private static final Logger LOG = LoggerFactory.getLogger(Station.class);

    /** How long one that does not answer is left alone, so that it does not slow the others. */
    private static final long PAUSE_NANOS = 2_000_000_000L;

    private final DeviceId device;
    private final String description;
    private final int address;
    private final Part part;
    private final Bus bus;
    private final LongSupplier nanoClock;
    private Bus.Target target;
    private String trouble = "";
    private long failedNanos;

    Station(DeviceId device, String description, int address, Part part, Bus bus, LongSupplier nanoClock) {
        this.device = device;
        this.description = description;
        this.address = address;
        this.part = part;
        this.bus = bus;
        this.nanoClock = nanoClock;
    }

    DeviceInfo info() {
        DeviceInfo.Builder info = DeviceInfo.builder(device)
                .description(String.format("%s at 0x%02x on %s", description, address, bus.name()));
        part.points().forEach(info::point);
        return info.build();
    }

    boolean has(PointId point) {
        return part.points().stream().map(PointInfo::id).anyMatch(point::equals);
    }

    /** What is wrong, or empty. */
    String trouble() {
        return trouble;
    }

    private Bus.Target reached() throws IOException {
        if (target == null) {
            if (!trouble.isEmpty() && nanoClock.getAsLong() - failedNanos < PAUSE_NANOS) {
                throw new IOException(trouble);
            }
            Bus.Target opened = bus.open(address);
            try {
                part.begin(opened);
            } catch (IOException e) {
                opened.close();
                throw e;
            }
            target = opened;
        }
        return target;
    }

    private void answered() {
        if (!trouble.isEmpty()) {
            LOG.info("{} answers", device);
            trouble = "";
        }
    }

    private void failed(IOException e) {
        if (trouble.isEmpty()) {
            LOG.warn("{}: {}", device, e.getMessage());
        }
        if (target != null || !e.getMessage().equals(trouble)) {
            failedNanos = nanoClock.getAsLong();
        } else if (nanoClock.getAsLong() - failedNanos >= PAUSE_NANOS) {
            failedNanos = nanoClock.getAsLong();
        }
        trouble = e.getMessage();
        drop();
    }

    private void drop() {
        if (target != null) {
            target.close();
            target = null;
        }
    }

    /** Tries to reach it, so that what is wrong is known. */
    void tryToReach() {
        List<PointId> readable = part.points().stream()
                .filter(info -> info.access().readable())
                .map(PointInfo::id)
                .toList();
        try {
            Bus.Target there = reached();
            if (!readable.isEmpty()) {
                part.read(there, readable);
            }
            answered();
        } catch (IOException e) {
            failed(e);
        }
    }

    void read(Collection<PointId> wanted, Map<PointId, Reading> readings) {
        try {
            Map<PointId, Value> values = part.read(reached(), wanted);
            answered();
            for (PointId point : wanted) {
                Value value = values.get(point);
                readings.put(
                        point,
                        value == null ? Reading.bad(point, Quality.Code.SENSOR_FAILURE) : Reading.good(point, value));
            }
        } catch (IOException e) {
            failed(e);
            wanted.forEach(point -> readings.put(point, Reading.bad(point, Quality.Code.DISCONNECTED)));
        }
    }

    void write(PointId point, Value value) throws DriverException {
        if (part.points().stream()
                .noneMatch(info -> info.id().equals(point) && info.access().writable())) {
            throw new DriverException(DriverException.Reason.READ_ONLY, point + " cannot be written");
        }
        try {
            part.write(reached(), point, value);
            answered();
        } catch (IOException e) {
            failed(e);
            throw new DriverException(DriverException.Reason.CONNECTION, point + ": " + e.getMessage(), e);
        }
    }

    void close() {
        if (target != null) {
            try {
                part.end(target);
            } catch (IOException e) {
                LOG.error("{} could not be left in its safe state: {}", device, e.getMessage());
            }
            drop();
        }
    }
}
