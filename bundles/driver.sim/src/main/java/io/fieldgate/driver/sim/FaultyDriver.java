package io.fieldgate.driver.sim;

import io.fieldgate.api.data.DeviceInfo;
import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.Reading;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.driver.Driver;
import io.fieldgate.api.driver.DriverException;
import io.fieldgate.api.gateway.DriverContext;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A driver with a fault that can be switched while it runs. Its start and its list of devices are always in order, so that
 * there are points to be seen failing.
 */
final class FaultyDriver implements Driver {

    static final String GONE = "the device has gone (simulated)";

    private final String id;
    private final Driver driver;
    private final FaultSwitch faults;
    private final Garbage garbage = new Garbage();
    private final Map<PointId, PointInfo> points = new ConcurrentHashMap<>();
    // Guarded by this.
    private DriverContext context;

    /**
     * Puts faults around a driver.
     *
     * @param id the driver's id
     * @param driver what works
     * @param first the fault to begin with
     */
    FaultyDriver(String id, Driver driver, FaultSetting first) {
        this.id = id;
        this.driver = driver;
        this.faults = new FaultSwitch(first);
    }

    String id() {
        return id;
    }

    FaultSetting fault() {
        return faults.setting();
    }

    /** Switches the fault; what hangs goes on under the new one. */
    synchronized void fault(FaultSetting next) {
        boolean wasGone = faults.setting().is(Fault.GONE);
        faults.set(next);
        if (context != null && wasGone != next.is(Fault.GONE)) {
            tellPresence();
        }
    }

    private void tellPresence() {
        boolean gone = faults.setting().is(Fault.GONE);
        context.status(!gone, gone ? GONE : "");
    }

    /** Ends whatever hangs. Not left to {@link #stop}, which the gateway cannot call while a read hangs. */
    void end() {
        faults.end();
    }

    @Override
    public void start(DriverContext gateway) throws DriverException {
        for (DeviceInfo device : driver.devices()) {
            device.points().forEach(point -> points.put(point.id(), point));
        }
        driver.start(gateway);
        synchronized (this) {
            context = gateway;
            if (faults.setting().is(Fault.GONE)) {
                tellPresence();
            }
        }
    }

    @Override
    public List<DeviceInfo> devices() throws DriverException {
        return driver.devices();
    }

    @Override
    public List<Reading> read(List<PointId> wanted) throws DriverException {
        Fault fault = faults.pass();
        return spoil(fault, driver.read(wanted));
    }

    @Override
    public Reading write(PointId point, Value value) throws DriverException {
        Fault fault = faults.pass();
        Reading confirmed = driver.write(point, value);
        return fault == Fault.GARBAGE ? null : spoil(fault, List.of(confirmed)).get(0);
    }

    private List<Reading> spoil(Fault fault, List<Reading> readings) {
        return switch (fault) {
            case WRONG_VALUE -> untrue(readings);
            case GARBAGE -> garbage.instead(readings);
            default -> readings;
        };
    }

    private List<Reading> untrue(List<Reading> readings) {
        return readings.stream()
                .map(reading -> Falsehood.instead(points.get(reading.point()), reading))
                .toList();
    }

    @Override
    public void stop() {
        synchronized (this) {
            context = null;
        }
        driver.stop();
    }
}
