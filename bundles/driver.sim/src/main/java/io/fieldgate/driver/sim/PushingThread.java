package io.fieldgate.driver.sim;

import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.Reading;
import io.fieldgate.api.driver.DriverException;
import io.fieldgate.api.gateway.DriverContext;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pushes what all points of a driver say, again and again, from a thread of its own. It reads through the faults: what hangs
 * or throws there is not pushed.
 *
 * <p>The time of a reading is when its push was due, so that whoever gets it can tell how late it is. A push that comes too late
 * is not left out.
 */
final class PushingThread {

    private static final Logger LOG = LoggerFactory.getLogger(PushingThread.class);

    private final FaultyDriver driver;
    private final int periodMillis;
    private final Clock clock;
    private long dueNanos; // of the thread alone
    // Guarded by this.
    private ScheduledExecutorService executor;

    PushingThread(FaultyDriver driver, int periodMillis, Clock clock) {
        this.driver = driver;
        this.periodMillis = periodMillis;
        this.clock = clock;
    }

    synchronized void start(DriverContext context) throws DriverException {
        List<PointId> points = driver.devices().stream()
                .flatMap(device -> device.points().stream())
                .map(PointInfo::id)
                .toList();
        executor = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "fieldgate-sim-" + driver.id());
            thread.setDaemon(true);
            return thread;
        });
        dueNanos = System.nanoTime();
        Future<?> unused = executor.scheduleAtFixedRate(
                () -> push(points, context), periodMillis, periodMillis, TimeUnit.MILLISECONDS);
    }

    private void push(List<PointId> points, DriverContext context) {
        dueNanos += TimeUnit.MILLISECONDS.toNanos(periodMillis);
        try {
            List<Reading> readings = driver.read(points);
            Instant due = clock.instant().minusNanos(Math.max(0, System.nanoTime() - dueNanos));
            if (readings != null) { // a fault may give nothing, or readings that are none
                readings = readings.stream()
                        .map(reading -> reading == null ? null : reading.takenAt(due))
                        .toList();
            }
            context.publish(readings);
        } catch (DriverException | RuntimeException e) {
            // A fault, and without this the last push.
            LOG.debug("driver {} has nothing to push", driver.id(), e);
        }
    }

    /** Ends the pushing; may be called more than once. */
    synchronized void end() {
        if (executor != null) {
            executor.shutdownNow();
            executor = null;
        }
    }
}
