package io.fieldgate.core;

import io.fieldgate.api.data.DeviceInfo;
import io.fieldgate.api.driver.Driver;
import io.fieldgate.api.driver.DriverException;
import io.fieldgate.api.gateway.DriverInfo;
import io.fieldgate.api.gateway.DriverInfo.State;
import io.fieldgate.api.gateway.PointException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.osgi.framework.ServiceReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One driver's service from its coming to its going: started, again and again until that works, asked for its devices, polled,
 * stopped. It owns its points in the store while it serves.
 *
 * <p>While another of the same id serves, of a higher rank or of the same and earlier, this one is in its shadow: not started if it has not been yet, and
 * otherwise left running unheard, because a driver that was stopped is never called again.
 */
final class DriverSlot {

    private static final Logger LOG = LoggerFactory.getLogger(DriverSlot.class);
    private static final Duration DEVICES_PAUSE = Duration.ofMillis(100);

    private final String id;
    private final String bundle;
    private final ServiceReference<Driver> reference;
    private final DriverParts parts;
    private final DriverLane lane;
    private final DriverOutlet outlet;
    private final DeviceCheck check;
    // Written under the lock of this.
    private volatile boolean serving;
    // Guarded by this.
    private final RetryPause retry;
    private final DriverCondition condition;
    private Driver driver;
    private Poller poller;
    private boolean started;
    private boolean listing;
    private boolean listsAgain;
    private boolean closed;
    private String shadowed = "";
    private Timer.Pending next = Timer.Pending.NOTHING;
    // Used on the lane alone.
    private boolean stopsLater;

    DriverSlot(String id, String bundle, ServiceReference<Driver> reference, DriverParts parts) {
        this.id = id;
        this.bundle = bundle;
        this.reference = reference;
        this.parts = parts;
        PointSettings settings = parts.settings();
        this.lane = new DriverLane(id, parts.timer(), settings.callTimeout(), settings.laneQueueCalls());
        this.outlet = new DriverOutlet(parts.store());
        this.check = new DeviceCheck(id);
        this.condition = new DriverCondition(id, bundle);
        this.retry = new RetryPause(settings.retryFirst(), settings.retryLongest());
        outlet.open(this);
    }

    String id() {
        return id;
    }

    boolean serves() {
        return serving;
    }

    ServiceReference<Driver> reference() {
        return reference;
    }

    /** Serves from now on. */
    synchronized void serve() {
        if (closed || serving) {
            return;
        }
        serving = true;
        lane.post(started ? LaneCall.of("devices", this::list) : LaneCall.of("start", this::start));
    }

    /** Says why another serves and not this one. */
    synchronized void yieldTo(DriverSlot other) {
        shadowed = HandlerSpec.rankingOf(reference) == HandlerSpec.rankingOf(other.reference)
                ? "an earlier one of the same id and rank serves"
                : "one of the same id and a higher rank serves";
    }

    /** Serves no more, as another does. */
    void shadow() {
        synchronized (this) {
            if (!serving) {
                return;
            }
            retire();
            if (poller != null) {
                poller.points(List.of());
            }
        }
        LOG.info("driver {} of {} is in the shadow of another", id, bundle);
        lane.refuseWaiting(PointException.Reason.DISCONNECTED, "another driver serves " + id + " now");
    }

    /** Begins to end: the points turn BAD at once, then the driver is stopped on its lane. */
    void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            outlet.close();
            if (poller != null) {
                poller.stop();
            }
            retire();
        }
        lane.close(LaneCall.of("stop", this::stop));
    }

    private void retire() {
        serving = false;
        listing = false;
        listsAgain = false;
        next.cancel();
        next = Timer.Pending.NOTHING;
        parts.store().orphan(this);
    }

    /** Waits for the driver to be stopped, not longer than this, and lets it go. */
    void awaitEnd(long nanos) {
        lane.awaitEnd(nanos);
        parts.source().release(reference);
    }

    private void start() {
        Driver service = service();
        if (service == null) {
            return;
        }
        try {
            stopsLater = true;
            service.start(outlet);
        } catch (DriverException e) {
            startFailed(DriverReader.words(e), null);
            return;
        } catch (Throwable e) {
            // The boundary to foreign code, linkage errors included.
            startFailed("its start threw " + e, e);
            return;
        }
        synchronized (this) {
            started = true;
            retry.reset();
            if (poller == null) {
                poller = new Poller(
                        this,
                        service,
                        lane,
                        parts.store(),
                        parts.timer(),
                        parts.jitter().get());
            }
            condition.started();
        }
        list();
    }

    private Driver service() {
        synchronized (this) {
            if (!serving || started) {
                return null;
            }
            condition.starts();
            if (driver != null) {
                return driver;
            }
        }
        Driver service = parts.source().get(reference);
        if (service == null) {
            startFailed("its service cannot be had: the log of its bundle says why", null);
            return null;
        }
        synchronized (this) {
            if (!closed) {
                driver = service;
                return service;
            }
        }
        parts.source().release(reference);
        return null;
    }

    private synchronized void startFailed(String why, Throwable cause) {
        condition.startFailed(why, cause);
        if (serving) {
            next = parts.timer().after(retry.next(), () -> lane.post(LaneCall.of("start", this::start)));
        }
    }

    private void list() {
        Driver service;
        synchronized (this) {
            listing = false;
            listsAgain = false;
            if (!serving) {
                return;
            }
            service = driver;
        }
        List<DeviceInfo> found;
        try {
            found = check.admit(service.devices());
        } catch (DriverException e) {
            listFailed(DriverReader.words(e), null);
            return;
        } catch (Throwable e) {
            listFailed("it threw " + e, e);
            return;
        }
        show(found.stream().map(parts.overrides()).toList());
    }

    private synchronized void show(List<DeviceInfo> devices) {
        if (!serving) {
            return;
        }
        retry.reset();
        parts.store().setDevices(this, id, devices);
        poller.points(
                devices.stream().flatMap(device -> device.points().stream()).toList());
        outlet.listed();
        condition.listed(devices.size());
    }

    private synchronized void listFailed(String why, Throwable cause) {
        condition.listFailed(why, cause);
        listAfter(retry.next());
        listsAgain = true;
    }

    /** The driver says that its devices have changed. It may say so often. */
    synchronized void devicesChanged() {
        if (listsAgain) {
            next.cancel();
            listing = false;
        }
        listAfter(DEVICES_PAUSE);
    }

    private void listAfter(Duration pause) {
        if (started && serving && !listing) {
            listing = true;
            listsAgain = false;
            next = parts.timer().after(pause, () -> lane.post(LaneCall.of("devices", this::list)));
        }
    }

    /** The driver says how it is. */
    synchronized void status(boolean connected, String text) {
        Objects.requireNonNull(text, "detail");
        if (!connected) {
            parts.store().disconnect(this);
        } else if (condition.state() == State.DISCONNECTED && poller != null) {
            poller.hurry();
        }
        condition.says(connected, text);
    }

    /** A turn of polling has ended, maybe with something wrong. */
    synchronized void polled(Optional<String> problem) {
        condition.polled(problem);
    }

    /** Queues a call that a client asked for; false if the driver cannot be called now. */
    boolean ask(Function<Driver, LaneCall> call) {
        Driver service;
        synchronized (this) {
            if (!serving || !started) {
                return false;
            }
            service = driver;
        }
        lane.ask(call.apply(service));
        return true;
    }

    /** Queues a call that goes before all others; false if the driver cannot be called now. */
    boolean urge(Function<Driver, LaneCall> call) {
        Driver service;
        synchronized (this) {
            if (!serving || !started) {
                return false;
            }
            service = driver;
        }
        lane.urge(call.apply(service));
        return true;
    }

    private void stop() {
        Driver service;
        synchronized (this) {
            service = driver;
            driver = null;
            poller = null;
        }
        if (!stopsLater) {
            return;
        }
        try {
            service.stop();
        } catch (Throwable e) {
            LOG.warn("driver {} of {} threw in its stop", id, bundle, e);
        }
    }

    /** How the driver is now. */
    DriverInfo info() {
        Optional<String> overdue = lane.overdue();
        int points = parts.store().ids(this).size();
        synchronized (this) {
            if (overdue.isPresent()) {
                return new DriverStatus(id, bundle, State.HUNG, overdue.get(), points);
            }
            return serving
                    ? new DriverStatus(id, bundle, condition.state(), condition.detail(), points)
                    : new DriverStatus(id, bundle, State.SHADOWED, shadowed, 0);
        }
    }
}
