package io.fieldgate.driver.gpio;

import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.Reading;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.driver.DriverException;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * A line that is listened to. With a debounce time a change counts when the line has been quiet for so long; it is then read
 * once more, and bears the time of the first edge.
 */
final class Input extends OneLine {

    private final Lines lines;
    private final ScheduledExecutorService timer;
    private final Consumer<Reading> sink;
    private final LongSupplier nanoClock;
    private final Frequency frequency;

    private long count; // guarded by this, as all below
    private boolean stable;
    private boolean checking;
    private long lastEdgeNanos;
    private Instant firstEdge = Instant.EPOCH;

    Input(
            LineSettings settings,
            Lines lines,
            ScheduledExecutorService timer,
            Consumer<Reading> sink,
            LongSupplier nanoClock) {
        super(settings);
        this.lines = lines;
        this.timer = timer;
        this.sink = sink;
        this.nanoClock = nanoClock;
        frequency = new Frequency(settings.gate.toNanos(), settings.edge == Lines.Edge.BOTH ? 2 : 1);
    }

    @Override
    Lines.Line request(Lines.Chip from, int number) throws DriverException {
        Lines.Edge edge = debounced() ? Lines.Edge.BOTH : settings().edge;
        return lines.input(
                from,
                number,
                new Lines.Wanted(settings().pull, settings().activeLow ? edge.inverted() : edge),
                (level, time) -> edge(meaning(level), time));
    }

    private boolean debounced() {
        return !settings().debounce.isZero();
    }

    @Override
    void opened() throws DriverException {
        boolean level = level();
        synchronized (this) {
            stable = level;
            frequency.restart(nanoClock.getAsLong());
        }
    }

    private void edge(boolean level, Instant time) {
        if (debounced()) {
            bounced(time);
        } else {
            accepted(level, time);
        }
    }

    private synchronized void bounced(Instant time) {
        lastEdgeNanos = nanoClock.getAsLong();
        if (!checking) {
            checking = true;
            firstEdge = time;
            checkIn(settings().debounce.toNanos());
        }
    }

    private void checkIn(long nanos) {
        try {
            Future<?> unused = timer.schedule(this::settled, nanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            checking = false; // the driver stops
        }
    }

    private void settled() {
        boolean level;
        Instant time;
        synchronized (this) {
            long quiet = nanoClock.getAsLong() - lastEdgeNanos;
            if (quiet < settings().debounce.toNanos()) {
                checkIn(settings().debounce.toNanos() - quiet);
                return;
            }
            checking = false;
            time = firstEdge;
        }
        try {
            level = level();
        } catch (DriverException e) {
            return; // it has gone, which is told elsewhere
        }
        boolean changed;
        synchronized (this) {
            changed = level != stable;
            stable = level;
        }
        if (changed && settings().edge != (level ? Lines.Edge.FALLING : Lines.Edge.RISING)) {
            accepted(level, time);
        }
    }

    private void accepted(boolean level, Instant time) {
        synchronized (this) {
            count++;
            stable = level;
            frequency.edge();
        }
        sink.accept(Reading.good(settings().main.id(), Value.of(level)).takenAt(time));
    }

    @Override
    public Reading read(PointId point) throws DriverException {
        boolean level = level();
        synchronized (this) {
            if (settings().count.filter(point::equals).isPresent()) {
                return Reading.good(point, Value.of(count));
            }
            if (settings().frequency.filter(point::equals).isPresent()) {
                return Reading.good(point, Value.of(frequency.hertz(nanoClock.getAsLong())));
            }
            return Reading.good(point, Value.of(checking ? stable : level));
        }
    }
}
