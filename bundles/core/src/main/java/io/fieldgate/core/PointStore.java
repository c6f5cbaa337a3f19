package io.fieldgate.core;

import io.fieldgate.api.data.DeviceInfo;
import io.fieldgate.api.data.PointFilter;
import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.Quality;
import io.fieldgate.api.data.Quality.Code;
import io.fieldgate.api.data.Quality.Level;
import io.fieldgate.api.data.Reading;
import io.fieldgate.api.data.Sample;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * What the hardware last said, and what it said lately. Safe for use by many threads; nothing waits, and no foreign code is
 * called: observers are scheduled when the lock has been left.
 *
 * <p>An owner is whoever may say something of a device; what another says of it is dropped. That is how the late result of a
 * driver that has gone is thrown away.
 */
final class PointStore {

    private static final Quality DISCONNECTED = Quality.bad(Code.DISCONNECTED);
    private static final Quality STALE = Quality.uncertain(Code.STALE);
    private static final Comparator<Sample> BY_NUMBER = Comparator.comparingLong(Sample::sequence);

    private final LongSupplier nanoTime;
    private final Object lock = new Object();
    // Guarded by lock, with all that is in them.
    private final Map<PointId, PointState> points = new HashMap<>();
    private final DeviceTable devices = new DeviceTable();
    private final SampleStream stream;

    /**
     * Makes a store without devices.
     *
     * @param ringSamples how many recent samples it keeps
     * @param clock stamps samples
     * @param nanoTime monotonic time, for ages
     */
    PointStore(int ringSamples, Clock clock, LongSupplier nanoTime) {
        this.stream = new SampleStream(ringSamples, clock);
        this.nanoTime = nanoTime;
    }

    /**
     * Takes what an owner says of its points.
     *
     * @param owner who says it
     * @param readings what it says, in order
     * @param always true to make a sample of each reading, false to drop what is within the dead band
     * @param objects gets each point of which something was said that cannot be, and what; called within the lock
     * @return the samples that were made
     */
    List<Sample> publish(Object owner, List<Reading> readings, boolean always, BiConsumer<PointId, Flaw> objects) {
        return locked(() -> {
            List<Sample> samples = new ArrayList<>(readings.size());
            for (Reading reading : readings) {
                PointState point = owned(owner, reading.point());
                if (point == null) {
                    objects.accept(reading.point(), Flaw.UNKNOWN_POINT);
                } else {
                    take(point, reading, always, objects).ifPresent(samples::add);
                }
            }
            return samples;
        });
    }

    private Optional<Sample> take(
            PointState point, Reading reading, boolean always, BiConsumer<PointId, Flaw> objects) {
        point.refreshed(nanoTime.getAsLong());
        Reading checked = ReadingCheck.check(point.info(), reading);
        Flaw.of(reading, checked).ifPresent(flaw -> objects.accept(point.id(), flaw));
        if (!always && DeadbandFilter.repeats(point.info(), point.last().reading(), checked)) {
            return Optional.empty();
        }
        Reading kept = checked.value().isPresent() ? checked : point.lastAs(checked.quality());
        return Optional.of(stream.append(point, kept));
    }

    /**
     * Gives points another quality and leaves them their values. Nothing happens to those that have it already.
     *
     * @return the samples that were made
     */
    List<Sample> fail(Object owner, Collection<PointId> which, Quality quality) {
        return locked(() -> which.stream()
                .map(id -> owned(owner, id))
                .filter(point -> point != null && !point.has(quality))
                .map(point -> stream.append(point, point.lastAs(quality)))
                .toList());
    }

    /** Turns all points of an owner BAD, {@code disconnected}. */
    void disconnect(Object owner) {
        fail(owner, ids(owner), DISCONNECTED);
    }

    /** Turns those points UNCERTAIN, {@code stale}, of which nothing was heard for some time; BAD ones stay as they are. */
    void markStale(Object owner, Collection<PointId> which, Duration after) {
        locked(() -> {
            long now = nanoTime.getAsLong();
            List<PointId> stale = which.stream()
                    .map(id -> owned(owner, id))
                    .filter(point -> point != null && point.age(now) >= after.toNanos())
                    .filter(point -> point.last().quality().level() != Level.BAD)
                    .map(PointState::id)
                    .toList();
            return fail(owner, stale, STALE);
        });
    }

    /**
     * Says which devices a driver has now. A point that is new is BAD, {@code waiting}; one that a predecessor had goes on from
     * where it was; one that is gone turns BAD, {@code disconnected}, for a last time.
     *
     * @param owner the driver
     * @param driver its id, which all the devices have
     * @param found the devices
     */
    void setDevices(Object owner, String driver, List<DeviceInfo> found) {
        locked(() -> {
            Set<PointId> known = found.stream()
                    .flatMap(device -> device.points().stream())
                    .map(PointInfo::id)
                    .collect(Collectors.toSet());
            Set<PointId> gone = new HashSet<>();
            devices.remove(driver, owner, device -> true)
                    .forEach(device -> device.points().forEach(point -> gone.add(point.id())));
            gone.removeAll(known);
            forgetPoints(gone);
            for (DeviceInfo device : found) {
                devices.claim(owner, device);
                device.points().forEach(this::describe);
            }
            return null;
        });
    }

    private void describe(PointInfo info) {
        PointState known = points.get(info.id());
        if (known != null && known.info().type() == info.type()) {
            known.describe(info);
            return;
        }
        PointState fresh = new PointState(info, nanoTime.getAsLong());
        points.put(info.id(), fresh);
        stream.join(fresh);
        stream.append(fresh, Reading.bad(info.id(), Code.WAITING));
    }

    /** Says that an owner has gone: its points turn BAD, {@code disconnected}, and wait for a successor. */
    void orphan(Object owner) {
        locked(() -> {
            disconnect(owner);
            devices.orphan(owner, nanoTime.getAsLong());
            return null;
        });
    }

    /** Forgets the devices of a driver for which no successor has come for some time. */
    void forgetOrphans(String driver, Duration after) {
        locked(() -> {
            devices.removeOrphans(driver, nanoTime.getAsLong(), after.toNanos())
                    .forEach(device -> forgetPoints(
                            device.points().stream().map(PointInfo::id).toList()));
            return null;
        });
    }

    private void forgetPoints(Collection<PointId> gone) {
        for (PointId id : gone) {
            PointState point = points.remove(id);
            if (point != null && !point.has(DISCONNECTED)) {
                stream.append(point, point.lastAs(DISCONNECTED));
            }
        }
    }

    List<DeviceInfo> devices() {
        return locked(devices::list);
    }

    Optional<PointInfo> info(PointId point) {
        return locked(() -> Optional.ofNullable(points.get(point)).map(PointState::info));
    }

    List<PointId> ids(Object owner) {
        return locked(() -> devices.points(owner).stream().map(PointInfo::id).toList());
    }

    Optional<Sample> latest(PointId point) {
        return locked(() -> Optional.ofNullable(points.get(point)).map(PointState::last));
    }

    List<Sample> latest(List<PointFilter> filters, long after) {
        return locked(this::lasts).stream()
                .filter(sample -> sample.sequence() > after && ObserverQueue.matches(filters, sample.point()))
                .sorted(BY_NUMBER)
                .toList();
    }

    Optional<List<Sample>> since(List<PointFilter> filters, long after) {
        return locked(() -> stream.ring().since(after, point -> ObserverQueue.matches(filters, point)));
    }

    /** Begins an observation: what the observer gets first and what comes then have no gap and no overlap. */
    void observe(ObserverQueue observer, OptionalLong since) {
        locked(() -> {
            points.values().stream()
                    .filter(point -> observer.wants(point.id()))
                    .forEach(point -> point.observers().add(observer));
            Optional<List<Sample>> continued =
                    since.isEmpty() ? Optional.empty() : stream.ring().since(since.getAsLong(), observer::wants);
            List<Sample> first = continued.orElseGet(() -> lasts().stream()
                    .filter(sample -> observer.wants(sample.point()))
                    .sorted(BY_NUMBER)
                    .toList());
            stream.add(observer, first, continued.isEmpty());
            return null;
        });
    }

    /** Ends an observation. */
    void remove(ObserverQueue observer) {
        observer.close();
        locked(() -> {
            stream.remove(observer);
            points.values().forEach(point -> point.observers().remove(observer));
            return null;
        });
    }

    private List<Sample> lasts() {
        return points.values().stream().map(PointState::last).toList();
    }

    private PointState owned(Object owner, PointId id) {
        return devices.owns(owner, id.device()) ? points.get(id) : null;
    }

    // May be called within itself: observers are then scheduled by the outermost call, as the lock is still held
    // inside.
    private <T> T locked(Supplier<T> work) {
        boolean nested = Thread.holdsLock(lock);
        T result;
        List<ObserverQueue> woken;
        synchronized (lock) {
            result = work.get();
            woken = nested ? List.of() : stream.takeWoken();
        }
        woken.forEach(ObserverQueue::schedule);
        return result;
    }
}
