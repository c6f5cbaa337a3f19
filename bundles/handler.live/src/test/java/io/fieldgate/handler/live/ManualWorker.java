package io.fieldgate.handler.live;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/** A worker whose jobs run when the test says so, on the test's thread; what is scheduled for later never runs. */
final class ManualWorker extends ScheduledThreadPoolExecutor {

    private final Deque<Runnable> jobs = new ArrayDeque<>();

    ManualWorker() {
        super(1);
    }

    @Override
    public void execute(Runnable job) {
        jobs.add(job);
    }

    boolean hasWork() {
        return !jobs.isEmpty();
    }

    /** Runs all jobs, also those that come up meanwhile. */
    void work() {
        while (!jobs.isEmpty()) {
            jobs.remove().run();
        }
    }
}
