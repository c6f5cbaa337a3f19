package io.fieldgate.core;

import io.fieldgate.api.data.PointFilter;
import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.Sample;
import io.fieldgate.api.data.SampleBatch;
import io.fieldgate.api.handler.PointObserver;
import java.util.List;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One observer and what waits for it. As a task it delivers one batch, and if there is more it queues again behind the others.
 * At most one such task is there at a time, so the observer is never called from two threads at once.
 */
final class ObserverQueue implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(ObserverQueue.class);

    private final List<PointFilter> filters;
    private final String bundle;
    private final Executor executor;
    // Guarded by this.
    private final Backlog backlog;
    private PointObserver observer;
    private boolean scheduled;
    // Used by the one task alone.
    private boolean failing;

    /**
     * Makes a queue that {@link PointStore#observe} fills.
     *
     * @param filters the points that are observed
     * @param backlog how what waits is kept
     * @param executor calls the observer
     * @param bundle whose observer it is, for the log
     * @param observer the observer
     */
    ObserverQueue(
            List<PointFilter> filters, Backlog backlog, Executor executor, String bundle, PointObserver observer) {
        this.filters = List.copyOf(filters);
        this.backlog = backlog;
        this.executor = executor;
        this.bundle = bundle;
        this.observer = observer;
    }

    boolean wants(PointId point) {
        return matches(filters, point);
    }

    static boolean matches(List<PointFilter> filters, PointId point) {
        for (PointFilter filter : filters) {
            if (filter.matches(point)) {
                return true;
            }
        }
        return false;
    }

    /** Puts in what comes first. The caller schedules if this says true. */
    synchronized boolean begin(List<Sample> first, boolean snapshot) {
        backlog.begin(first, snapshot);
        return wake();
    }

    /** Puts in a sample. The caller schedules, holding no lock, if this says true. */
    synchronized boolean offer(Sample sample) {
        if (observer == null) {
            return false;
        }
        backlog.add(sample);
        return wake();
    }

    private boolean wake() {
        if (scheduled || backlog.isEmpty()) {
            return false;
        }
        scheduled = true;
        return true;
    }

    void schedule() {
        executor.execute(this);
    }

    /** Ends it: nothing is delivered any more but what is being delivered, and nothing of the observer is held. */
    synchronized void close() {
        observer = null;
    }

    @Override
    public void run() {
        PointObserver target;
        SampleBatch batch;
        synchronized (this) {
            target = observer;
            if (target == null) {
                return;
            }
            batch = backlog.take();
        }
        deliver(target, batch);
        synchronized (this) {
            scheduled = observer != null && !backlog.isEmpty();
            if (!scheduled) {
                return;
            }
        }
        schedule();
    }

    // The boundary to foreign code: whatever it throws, linkage errors included, ends here.
    private void deliver(PointObserver target, SampleBatch batch) {
        try {
            target.observed(batch);
            failing = false;
        } catch (Throwable e) {
            if (failing) {
                LOG.debug("observer of {} failed again with {}", bundle, batch, e);
            } else {
                LOG.warn("observer of {} failed with {}; it gets what comes next all the same", bundle, batch, e);
            }
            failing = true;
        }
    }
}
