package io.fieldgate.driver.i2c;

import io.fieldgate.api.data.DeviceId;
import io.fieldgate.api.data.DeviceInfo;
import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.Quality;
import io.fieldgate.api.data.Reading;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.driver.DriverException;
import io.fieldgate.driver.i2c.BusException.Kind;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One part at its address: whether it is there, and what is wrong with it. One that does not answer is tried again after a
 * pause, and made ready anew when it is back.
 */
final class Station {

    private static final Logger LOG = LoggerFactory.getLogger(Station.class);

    private static final long PAUSE = TimeUnit.SECONDS.toNanos(1);
    private static final long PAUSE_AFTER_TIMEOUT = TimeUnit.SECONDS.toNanos(10);

    private final DeviceId id;
    private final int address;
    private final Part part;
    private final LongSupplier nanos;
    private final DeviceInfo info;
    private final Map<String, PointInfo> points = new LinkedHashMap<>();
    private boolean ready;
    private BusException trouble;
    private String logged = "";
    private long notBefore;

    Station(DeviceId id, int address, Part part, LongSupplier nanos) {
        this.id = id;
        this.address = address;
        this.part = part;
        this.nanos = nanos;
        DeviceInfo.Builder device = DeviceInfo.builder(id).description(part.description());
        for (PointInfo point : part.points(id)) {
            device.point(point);
            points.put(point.id().name(), point);
        }
        info = device.build();
    }

    DeviceId id() {
        return id;
    }

    DeviceInfo info() {
        return info;
    }

    /** What is wrong, in words; empty if nothing is. */
    String trouble() {
        return trouble == null ? "" : id.name() + ": " + trouble.getMessage();
    }

    /** Whether the bus itself has gone. */
    boolean hasLostTheBus() {
        return trouble != null && trouble.kind() == Kind.NO_BUS;
    }

    /** Makes the part ready if it is there. */
    void begin(Bus bus) {
        try {
            makeReady(new Target(bus, address));
        } catch (BusException e) {
            failed(e);
        }
    }

    private void makeReady(Target target) throws BusException {
        if (!ready) {
            part.begin(target);
            ready = true;
        }
        trouble = null;
    }

    private void log() {
        String now = trouble();
        if (!now.equals(logged)) {
            if (now.isEmpty()) {
                LOG.info("{} on {} answers again", id, address());
            } else {
                LOG.warn("{}: {}; what cannot be read is BAD", id, trouble.getMessage());
            }
            logged = now;
        }
    }

    private String address() {
        return "0x" + Integer.toHexString(address);
    }

    private void failed(BusException e) {
        trouble = e;
        if (e.kind().concernsTheWholePart()) {
            ready = false;
            notBefore = nanos.getAsLong() + (e.kind() == Kind.TIMEOUT ? PAUSE_AFTER_TIMEOUT : PAUSE);
        }
        log();
    }

    /** Reads points; each one that is asked for is answered. */
    void read(Bus bus, Set<String> asked, Answers answers) {
        Set<String> names = new LinkedHashSet<>(asked);
        names.removeIf(
                name -> !points.containsKey(name) || !points.get(name).access().readable());
        if (names.isEmpty()) {
            return;
        }
        if (ready || trouble == null || nanos.getAsLong() - notBefore >= 0) {
            try {
                readOrBeginAgain(new Target(bus, address), names, answers);
                log();
            } catch (BusException e) {
                failed(e);
            }
        }
        Quality.Code code =
                trouble == null ? Quality.Code.DEVICE_FAILURE : trouble.kind().code();
        names.stream().filter(name -> !answers.has(id.point(name))).forEach(name -> answers.bad(id, name, code));
    }

    private void readOrBeginAgain(Target target, Set<String> names, Answers answers) throws BusException {
        boolean wasReady = ready;
        makeReady(target);
        try {
            part.read(target, id, names, answers);
        } catch (BusException e) {
            if (e.kind() != Kind.RESET || !wasReady) {
                throw e;
            }
            LOG.warn("{}: {}; it is made ready anew", id, e.getMessage());
            ready = false;
            makeReady(target);
            part.read(target, id, names, answers);
        }
    }

    /** Answers for all points that are asked for, without trying. */
    void skip(Set<String> asked, Answers answers) {
        asked.forEach(name -> answers.bad(id, name, Quality.Code.TIMEOUT));
    }

    Reading write(Bus bus, String name, Value value) throws DriverException {
        PointInfo point = points.get(name);
        if (point == null) {
            throw new DriverException(DriverException.Reason.NO_SUCH_POINT, id + " has no point " + name);
        }
        if (!point.access().writable()) {
            throw new DriverException(DriverException.Reason.READ_ONLY, point.id() + " can only be read");
        }
        try {
            Target target = new Target(bus, address);
            makeReady(target);
            Value now = part.write(target, name, value);
            log();
            return Reading.good(point.id(), now);
        } catch (BusException e) {
            failed(e);
            throw e.asDriverException();
        }
    }

    /** Leaves the part as it should be while nobody watches, if it is there. */
    void end(Bus bus) {
        if (ready) {
            ready = false;
            try {
                part.end(new Target(bus, address));
            } catch (BusException e) {
                LOG.warn("{}: {}; it is left as it is", id, e.getMessage());
            }
        }
    }
}
