package io.fieldgate.core;

import io.fieldgate.api.data.DeviceId;
import io.fieldgate.api.data.DeviceInfo;
import io.fieldgate.api.data.PointInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The devices and whose they are. A device whose driver has gone has no owner, until a successor claims it or its time is up.
 * Guarded by the lock of {@link PointStore}.
 */
final class DeviceTable {

    /** A device with its owner, which is null while it waits for one. */
    private static final class Entry {

        private DeviceInfo info;
        private Object owner;
        private long orphanedAt;

        private boolean is(Object wanted) {
            return owner == wanted;
        }
    }

    private final TreeMap<DeviceId, Entry> entries = new TreeMap<>();

    List<DeviceInfo> list() {
        return entries.values().stream().map(entry -> entry.info).toList();
    }

    boolean owns(Object owner, DeviceId device) {
        Entry entry = entries.get(device);
        return entry != null && entry.is(owner);
    }

    /** Puts a device in, in the place of one that has the same id. */
    void claim(Object owner, DeviceInfo info) {
        Entry entry = entries.computeIfAbsent(info.id(), id -> new Entry());
        entry.info = info;
        entry.owner = owner;
    }

    /** The points of an owner's devices. */
    List<PointInfo> points(Object owner) {
        List<PointInfo> points = new ArrayList<>();
        for (Entry entry : entries.values()) {
            if (entry.is(owner)) {
                points.addAll(entry.info.points());
            }
        }
        return points;
    }

    /** Takes the owner off all its devices. */
    void orphan(Object owner, long now) {
        for (Entry entry : entries.values()) {
            if (entry.is(owner)) {
                entry.owner = null;
                entry.orphanedAt = now;
            }
        }
    }

    /** Takes out the devices of a driver that nobody owns, or this owner, and that are of a certain kind. */
    List<DeviceInfo> remove(String driver, Object owner, Predicate<DeviceInfo> which) {
        return remove(driver, entry -> (entry.owner == null || entry.is(owner)) && which.test(entry.info));
    }

    /** Takes out the devices of a driver that had no owner for some time. */
    List<DeviceInfo> removeOrphans(String driver, long now, long longerThan) {
        return remove(driver, entry -> entry.owner == null && now - entry.orphanedAt >= longerThan);
    }

    private List<DeviceInfo> remove(String driver, Predicate<Entry> which) {
        List<DeviceInfo> removed = new ArrayList<>();
        entries.entrySet().removeIf(entry -> {
            boolean goes = entry.getKey().driver().equals(driver) && which.test(entry.getValue());
            if (goes) {
                removed.add(entry.getValue().info);
            }
            return goes;
        });
        return removed;
    }
}
