package io.fieldgate.core;

import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.Reading;
import io.fieldgate.api.gateway.DriverContext;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a driver holds of the gateway. What it pushes before its devices are known, say the first state of its lines from within
 * {@code start}, is kept, the newest of each point, until they are.
 */
final class DriverOutlet implements DriverContext {

    private static final Logger LOG = LoggerFactory.getLogger(DriverOutlet.class);
    private static final int MOST_EARLY = 1000;
    private static final int MOST_NAMED = 100;

    private final PointStore store;
    // Guarded by this.
    private final Map<PointId, Reading> early = new LinkedHashMap<>();
    private final Set<PointId> named = new HashSet<>();
    private DriverSlot slot;
    private boolean listed;

    DriverOutlet(PointStore store) {
        this.store = store;
    }

    /** Says where it leads. To be called once, before the driver gets it. */
    synchronized void open(DriverSlot target) {
        slot = target;
    }

    /** Leads nowhere from now on. */
    synchronized void close() {
        slot = null;
        early.clear();
    }

    /** The devices are known: what came early is published. */
    synchronized void listed() {
        if (!listed) {
            listed = true;
            List<Reading> kept = List.copyOf(early.values());
            early.clear();
            publish(kept);
        }
    }

    @Override
    public void publish(List<Reading> readings) {
        // The driver's own kind of list is not to be read under our lock.
        List<Reading> copy = List.copyOf(readings);
        synchronized (this) {
            if (slot == null) {
                return;
            }
            if (listed) {
                List<PointId> unknown = new ArrayList<>();
                store.publish(slot, copy, false, (point, flaw) -> {
                    if (flaw == Flaw.UNKNOWN_POINT) {
                        unknown.add(point);
                    }
                });
                unknown.forEach(this::unknown);
            } else {
                copy.forEach(this::keep);
            }
        }
    }

    private void keep(Reading reading) {
        if (early.remove(reading.point()) != null || early.size() < MOST_EARLY) {
            early.put(reading.point(), reading);
        }
    }

    private void unknown(PointId point) {
        if (slot.serves() && named.size() < MOST_NAMED && named.add(point)) {
            LOG.warn("driver {} pushed a reading of {}, which none of its devices has", slot.id(), point);
        }
    }

    @Override
    public void devicesChanged() {
        DriverSlot target = target();
        if (target != null) {
            target.devicesChanged();
        }
    }

    @Override
    public void status(boolean connected, String detail) {
        DriverSlot target = target();
        if (target != null) {
            target.status(connected, detail);
        }
    }

    private synchronized DriverSlot target() {
        return slot;
    }
}
