package io.fieldgate.core;

import io.fieldgate.api.driver.Driver;
import io.fieldgate.api.driver.DriverId;
import io.fieldgate.api.gateway.ConfigurationTrial;
import io.fieldgate.api.gateway.DriverInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The drivers that come and go; of those with one id the one of the highest rank serves. As all devices of a driver begin with
 * its id, two drivers that show one device have one id too.
 */
final class DriverRegistry {

    private static final Logger LOG = LoggerFactory.getLogger(DriverRegistry.class);
    private static final Pattern ID = Pattern.compile("[a-z0-9_-]{1,64}");

    private final DriverParts parts;
    // Guarded by this. Not sorted by reference: a reference changes its place when its ranking changes.
    private final Map<ServiceReference<Driver>, DriverSlot> slots = new HashMap<>();

    DriverRegistry(DriverParts parts) {
        this.parts = parts;
    }

    /** A driver's service has come. Calls nothing of it on this thread. */
    synchronized void add(ServiceReference<Driver> reference) {
        Object id = reference.getProperty(DriverId.NAME);
        String bundle = name(reference.getBundle());
        if (!(id instanceof String text) || !ID.matcher(text).matches()) {
            LOG.warn("a driver of {} is ignored: {} must be a text of [a-z0-9_-]+, is {}", bundle, DriverId.NAME, id);
            return;
        }
        DriverSlot slot = new DriverSlot(text, bundle, reference, parts);
        slots.put(reference, slot);
        LOG.info("driver {} of {} has come", id, bundle);
        elect(slot.id());
    }

    /** The properties of a driver's service have changed: maybe its rank, maybe its id. */
    void change(ServiceReference<Driver> reference) {
        DriverSlot known;
        synchronized (this) {
            known = slots.get(reference);
            if (known != null && known.id().equals(reference.getProperty(DriverId.NAME))) {
                elect(known.id());
                return;
            }
        }
        remove(reference);
        add(reference);
    }

    /** A driver's service goes. Returns when it has been stopped, or when its time is up. */
    void remove(ServiceReference<Driver> reference) {
        DriverSlot slot;
        synchronized (this) {
            slot = slots.remove(reference);
        }
        if (slot == null) {
            return;
        }
        LOG.info("driver {} goes", slot.id());
        slot.close();
        slot.awaitEnd(parts.settings().stopWait().toNanos());
        // Only now, so that the successor does not find the bus in use.
        synchronized (this) {
            elect(slot.id());
        }
        if (isTrial(reference)) {
            parts.store().forgetOrphans(slot.id(), Duration.ZERO);
        } else {
            forgetLater(slot.id());
        }
    }

    /** Nobody waits for one to come back that was only tried out. */
    private static boolean isTrial(ServiceReference<Driver> reference) {
        return reference.getProperty(Constants.SERVICE_PID) instanceof String pid
                && pid.contains('~' + ConfigurationTrial.MARK);
    }

    /** Stops all drivers, at once and not one after the other. */
    void close() {
        List<DriverSlot> all;
        synchronized (this) {
            all = List.copyOf(slots.values());
            slots.clear();
        }
        all.forEach(DriverSlot::close);
        long deadline = System.nanoTime() + parts.settings().stopWait().toNanos();
        all.forEach(slot -> slot.awaitEnd(Math.max(0, deadline - System.nanoTime())));
    }

    private void elect(String id) {
        Optional<DriverSlot> best = slots.values().stream()
                .filter(slot -> slot.id().equals(id))
                .max(Comparator.comparing(DriverSlot::reference));
        if (best.isEmpty()) {
            return;
        }
        for (DriverSlot slot : slots.values()) {
            if (slot.id().equals(id) && slot != best.get()) {
                slot.yieldTo(best.get());
                if (slot.serves()) {
                    slot.shadow();
                    forgetLater(id);
                }
            }
        }
        best.get().serve();
    }

    private void forgetLater(String id) {
        parts.timer()
                .after(
                        parts.settings().linger(),
                        () -> parts.store().forgetOrphans(id, parts.settings().linger()));
    }

    /** The driver that serves an id. */
    synchronized Optional<DriverSlot> serving(String id) {
        return slots.values().stream()
                .filter(slot -> slot.serves() && slot.id().equals(id))
                .findFirst();
    }

    /** All drivers, by id, of one id the highest rank first. */
    List<DriverInfo> list() {
        List<DriverSlot> all;
        synchronized (this) {
            all = new ArrayList<>(slots.values());
        }
        Comparator<DriverSlot> byRank = Comparator.comparing(DriverSlot::reference);
        all.sort(Comparator.comparing(DriverSlot::id).thenComparing(byRank.reversed()));
        return all.stream().map(DriverSlot::info).toList();
    }

    /** Asks all drivers for their devices again, because something else is said of their points now. */
    void devicesChanged() {
        List<DriverSlot> all;
        synchronized (this) {
            all = List.copyOf(slots.values());
        }
        all.forEach(DriverSlot::devicesChanged);
    }

    private static String name(Bundle bundle) {
        return bundle == null ? "an unknown bundle" : bundle.getSymbolicName() + ' ' + bundle.getVersion();
    }
}
