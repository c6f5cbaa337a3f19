package io.fieldgate.core;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one timer thread of the points. After {@link #close} nothing runs any more. */
final class PointTimerThread implements PointTimer, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PointTimerThread.class);
    private static final Task NOTHING = () -> {};

    private final ScheduledThreadPoolExecutor executor =
            new ScheduledThreadPoolExecutor(1, task -> CleanThreads.daemon("fieldgate-points-timer", task));

    PointTimerThread() {
        executor.setRemoveOnCancelPolicy(true);
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public Task after(Duration delay, Runnable work) {
        try {
            Future<?> future = executor.schedule(() -> guarded(work), delay.toNanos(), TimeUnit.NANOSECONDS);
            return () -> future.cancel(false);
        } catch (RejectedExecutionException closed) {
            return NOTHING;
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }

    private static void guarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.error("a timer task of the points failed", e);
        }
    }
}
