package io.fieldgate.core;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread for all time-outs of sessions. It never runs a handler's code. */
final class SessionTimer implements Deadlines {

    private static final Logger LOG = LoggerFactory.getLogger(SessionTimer.class);

    private final ScheduledThreadPoolExecutor executor;

    SessionTimer() {
        executor = new ScheduledThreadPoolExecutor(1, SessionTimer::newThread);
        executor.setRemoveOnCancelPolicy(true);
        executor.prestartAllCoreThreads();
    }

    @Override
    public Pending after(Duration delay, Runnable task) {
        Future<?> scheduled = executor.schedule(() -> guarded(task), delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> scheduled.cancel(false);
    }

    /** Does something on the timer's thread, whose stack and context know no handler. */
    void execute(Runnable task) {
        executor.execute(() -> guarded(task));
    }

    /** Ends the thread; what was to be done later is forgotten. */
    void stop() {
        executor.shutdownNow();
    }

    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.error("a time-out of a session failed", e);
        }
    }

    private static Thread newThread(Runnable work) {
        Thread thread = new Thread(null, work, "fieldgate-sessions-timer", 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(SessionTimer.class.getClassLoader());
        return thread;
    }
}
