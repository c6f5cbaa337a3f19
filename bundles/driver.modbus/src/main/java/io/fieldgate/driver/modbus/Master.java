package io.fieldgate.driver.modbus;

import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.Quality;
import io.fieldgate.api.data.Reading;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.driver.DriverException;
import io.fieldgate.api.driver.DriverException.Reason;
import io.fieldgate.api.gateway.DriverContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads and writes for the gateway, and tells it once of each change of what is wrong. It has no thread of its own. */
final class Master {

    private static final Logger LOG = LoggerFactory.getLogger(Master.class);

    /** Less than the 10 s after which the gateway gives up a call. */
    private static final long BUDGET = TimeUnit.SECONDS.toNanos(8);

    private final ModbusSettings settings;
    private final LongSupplier nanos;
    private final Bus bus;
    private final Requests requests;
    private final Map<String, String> troubles = new TreeMap<>();
    private DriverContext context;
    private String said = "";
    private int turn;

    Master(ModbusSettings settings, ModbusLink.Opener opener, LongSupplier nanos) {
        this.settings = settings;
        this.nanos = nanos;
        bus = new Bus(settings.driverId(), opener, settings.pauseMillis(), nanos);
        requests = new Requests(bus);
    }

    void start(DriverContext gateway) throws DriverException {
        context = gateway;
        try {
            bus.connect();
        } catch (Fault e) {
            throw e.toDriverException(settings.driverId());
        }
    }

    List<Reading> read(List<PointId> points) throws DriverException {
        Map<Unit, List<Register>> wanted = new LinkedHashMap<>();
        for (PointId point : points) {
            Register register = settings.registers().get(point);
            if (register != null) {
                wanted.computeIfAbsent(register.unit(), unit -> new ArrayList<>())
                        .add(register);
            }
        }
        Poll poll = new Poll(requests, settings.limits(), settings.deadPauseNanos(), nanos, nanos.getAsLong() + BUDGET);
        for (Unit unit : inTurn(wanted)) {
            poll.read(unit, wanted.get(unit));
        }
        tell(poll);
        Map<PointId, Reading> readings = poll.readings();
        if (poll.lost().isPresent()
                && readings.values().stream()
                        .noneMatch(reading -> reading.quality().level() == Quality.Level.GOOD)) {
            throw poll.lost().get().toDriverException(settings.driverId());
        }
        return points.stream()
                .map(point -> readings.getOrDefault(point, Reading.bad(point, Quality.Code.CONFIGURATION)))
                .toList();
    }

    /** Those that answer first, and another one first each time, should there be no time for all. */
    private List<Unit> inTurn(Map<Unit, List<Register>> wanted) {
        List<Unit> units = new ArrayList<>(wanted.keySet());
        if (!units.isEmpty()) {
            Collections.rotate(units, turn++ % units.size());
        }
        return units.stream().collect(Collectors.partitioningBy(Unit::isDead)).entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .flatMap(group -> group.getValue().stream())
                .toList();
    }

    private void tell(Poll poll) {
        poll.troubles().forEach((unit, trouble) -> {
            String before = troubles.getOrDefault(unit.name(), "");
            // A poll of other points says nothing of those that are refused.
            if (trouble.isEmpty() && unit.anyRefused()) {
                return;
            }
            if (!trouble.equals(before)) {
                troubles.put(unit.name(), trouble);
                if (trouble.isEmpty()) {
                    LOG.info("{}/{}: all is well again", settings.driverId(), unit.name());
                } else if (poll.lost().isEmpty()) {
                    LOG.warn("{}/{}: {}", settings.driverId(), unit.name(), trouble);
                }
            }
        });
        String all = troubles.entrySet().stream()
                .filter(entry -> !entry.getValue().isEmpty())
                .map(entry -> entry.getKey() + ": " + entry.getValue())
                .collect(Collectors.joining("; "));
        String now = poll.lost().map(Fault::getMessage).orElse(all);
        if (!now.equals(said) && context != null) {
            said = now;
            context.status(poll.lost().isEmpty(), now);
        }
    }

    Reading write(PointId point, Value value) throws DriverException {
        Register register = settings.registers().get(point);
        if (register == null) {
            throw new DriverException(Reason.NO_SUCH_POINT, "there is no point " + point);
        }
        if (!register.info().access().writable()) {
            throw new DriverException(Reason.READ_ONLY, point + " cannot be written: its line has no writable=true");
        }
        int[] raw;
        try {
            raw = register.layout().encode(value);
        } catch (IllegalArgumentException e) {
            throw new DriverException(Reason.OUT_OF_RANGE, point + ": " + e.getMessage(), e);
        }
        try {
            requests.write(register, raw, nanos.getAsLong() + BUDGET);
            register.unit().answered();
            return Poll.decode(register, raw, 0);
        } catch (Fault e) {
            throw e.toDriverException(point.toString());
        }
    }

    void stop() {
        bus.close();
    }
}
