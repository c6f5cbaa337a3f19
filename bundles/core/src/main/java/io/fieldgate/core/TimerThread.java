package io.fieldgate.core;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A timer with a thread of its own, which begins with the first thing that is to be done. */
final class TimerThread implements Timer {

    private static final Logger LOG = LoggerFactory.getLogger(TimerThread.class);

    private final String name;
    private final ScheduledThreadPoolExecutor executor;

    /** @param name of the thread */
    TimerThread(String name) {
        this.name = name;
        executor = new ScheduledThreadPoolExecutor(1, work -> CleanThreads.daemon(name, work));
        executor.setRemoveOnCancelPolicy(true);
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public Pending after(Duration delay, Runnable task) {
        try {
            Future<?> scheduled = executor.schedule(() -> guarded(task), delay.toNanos(), TimeUnit.NANOSECONDS);
            return () -> scheduled.cancel(false);
        } catch (RejectedExecutionException closed) {
            return Pending.NOTHING;
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }

    private void guarded(Runnable task) {
        try {
            task.run();
        } catch (Throwable e) { // an error, too, would be lost in a future that nobody looks at
            LOG.error("a task of {} failed", name, e);
        }
    }
}
