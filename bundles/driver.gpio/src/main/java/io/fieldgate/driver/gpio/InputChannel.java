package io.fieldgate.driver.gpio;

import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.Reading;
import io.fieldgate.api.data.Value;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * An input: each edge is pushed with the kernel's time; edges are counted. With a debounce time the level counts when it has kept still for
 * so long.
 */
final class InputChannel extends Channel implements Chips.Edges {

    /** Longer ago than this no edge was: then the kernel has another clock. */
    private static final long OLDEST_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static final double SECOND = 1e9;

    private final ScheduledExecutorService timer;
    private final Consumer<List<Reading>> outlet;
    private final Runnable whenLost;
    private final LongSupplier nanoClock;
    private final InstantSource clock = InstantSource.system();

    // Guarded by this.
    private boolean level;
    private long count;
    private long gateCount;
    private long gateNanos;
    private double frequency;
    private Future<?> settling;
    private Future<?> gate;

    InputChannel(
            LineSettings settings,
            ScheduledExecutorService timer,
            LongSupplier nanoClock,
            Consumer<List<Reading>> outlet,
            Runnable whenLost) {
        super(settings);
        this.timer = timer;
        this.nanoClock = nanoClock;
        this.outlet = outlet;
        this.whenLost = whenLost;
    }

    @Override
    Chips.Line take(Chips.Chip chip, int number) throws IOException {
        Chips.Line line = chip.input(number, settings().activeLow(), settings().pull(), this);
        try {
            level = line.get();
        } catch (IOException e) {
            line.close();
            throw e;
        }
        return line;
    }

    @Override
    void begun() {
        gateCount = count;
        gateNanos = nanoClock.getAsLong();
        if (settings().points().size() > 1) {
            long millis = settings().gate().toMillis();
            gate = timer.scheduleAtFixedRate(this::closeGate, millis, millis, TimeUnit.MILLISECONDS);
        }
    }

    @Override
    synchronized void ended(Chips.Line held) {
        cancel(settling);
        cancel(gate);
    }

    private static void cancel(Future<?> task) {
        if (task != null) {
            task.cancel(false);
        }
    }

    @Override
    public void changed(boolean active, long nanos) {
        if (settings().debounce().isZero()) {
            accept(active, nanos);
            return;
        }
        synchronized (this) {
            cancel(settling);
            settling =
                    timer.schedule(() -> settled(nanos), settings().debounce().toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    /** The line has kept still since the edge. */
    private void settled(long nanos) {
        boolean now;
        synchronized (this) {
            try {
                now = line().get();
            } catch (IOException e) {
                return; // it has gone meanwhile, and whoever noticed says so
            }
            if (now == level) {
                return;
            }
        }
        accept(now, nanos);
    }

    private void accept(boolean active, long nanos) {
        synchronized (this) {
            level = active;
            if (settings().counted().counts(active)) {
                count++;
            }
        }
        long age = nanoClock.getAsLong() - nanos;
        Reading reading = Reading.good(settings().point().id(), Value.of(active));
        outlet.accept(List.of(
                age >= 0 && age < OLDEST_NANOS ? reading.takenAt(clock.instant().minusNanos(age)) : reading));
    }

    /** Pushes count and frequency. */
    private synchronized void closeGate() {
        long now = nanoClock.getAsLong();
        double edges = (count - gateCount) * SECOND / Math.max(1, now - gateNanos);
        frequency = settings().counted() == LineSettings.Counted.BOTH ? edges / 2 : edges;
        gateCount = count;
        gateNanos = now;
        outlet.accept(settings().points().stream()
                .skip(1)
                .map(PointInfo::id)
                .map(this::read)
                .toList());
    }

    @Override
    public void lost() {
        whenLost.run();
    }

    @Override
    Value value(PointId point) throws IOException {
        boolean now = line().get();
        if (point.equals(settings().point().id())) {
            if (settings().debounce().isZero()) {
                level = now;
            }
            return Value.of(level);
        }
        return point.name().endsWith(LineSettings.COUNT) ? Value.of(count) : Value.of(frequency);
    }
}
