package io.fieldgate.handler.live;

import io.fieldgate.api.data.PointFilter;
import io.fieldgate.api.data.Sample;
import io.fieldgate.api.gateway.Points;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.LongSupplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings samples to clients, whether they come by WebSocket or by HTTP. Internal to this bundle.
 *
 * <p>It has one thread, which does for the clients that lag or have just come what takes time: so these can never take more
 * than one core, and are served in turn. When this component goes all observations end and nothing more is sent.
 */
@Component(service = Fanout.class)
public final class Fanout {

    private static final Logger LOG = LoggerFactory.getLogger(Fanout.class);

    private final Points points;
    private final ScheduledExecutorService worker;
    private final LongSupplier nanoTime;

    // Guarded by itself. It is never taken by one who holds the lock of a subscriber.
    private final Map<Selection, Group> groups = new HashMap<>();

    @Activate
    public Fanout(@Reference Points points) {
        this(points, startWorker(), System::nanoTime);
    }

    Fanout(Points points, ScheduledExecutorService worker, LongSupplier nanoTime) {
        this.points = points;
        this.worker = worker;
        this.nanoTime = nanoTime;
    }

    private static ScheduledExecutorService startWorker() {
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(
                1,
                task -> {
                    Thread thread = new Thread(task, "fieldgate-live");
                    thread.setDaemon(true);
                    thread.setContextClassLoader(null);
                    return thread;
                },
                new ThreadPoolExecutor.DiscardPolicy());
        executor.setRemoveOnCancelPolicy(true);
        // Now, and not within the call of some transport, whose class loader the thread would then hold.
        executor.prestartAllCoreThreads();
        return executor;
    }

    @Deactivate
    void deactivate() {
        worker.shutdownNow();
        List<Group> open;
        synchronized (groups) {
            open = new ArrayList<>(groups.values());
            groups.clear();
        }
        open.forEach(Group::close);
    }

    Points points() {
        return points;
    }

    private void run(Runnable task) {
        worker.execute(() -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                LOG.error("a client of the live stream gets no more samples", e);
            }
        });
    }

    /** Runs small jobs, one at a time; it is not for anything that may wait. */
    ScheduledExecutorService worker() {
        return worker;
    }

    /** Begins to send a client what it wants. */
    Subscriber join(Selection selection, Position position, Outlet outlet) {
        Subscriber subscriber;
        synchronized (groups) {
            Group group = groups.computeIfAbsent(selection, wanted -> new Group(wanted, points, nanoTime));
            subscriber = new Subscriber(points, group, position, outlet, this::run);
            group.add(subscriber);
        }
        subscriber.start();
        return subscriber;
    }

    /** Ends it. The last client of its kind closes the observation. */
    Position leave(Subscriber subscriber) {
        Position position = subscriber.stop();
        Group group = subscriber.group();
        synchronized (groups) {
            if (group.remove(subscriber) && groups.remove(group.selection(), group)) {
                group.close();
            }
        }
        return position;
    }

    /**
     * Where a client starts that says what it has.
     *
     * @param since sequence number of the last sample that it has
     * @param epoch the run of the gateway that the number belongs to; empty if the client does not know
     * @return a continuation, or {@link Position#START} if there can be none
     */
    Position position(Selection selection, long since, String epoch) {
        boolean sameRun = epoch.isEmpty() ? !ahead(since) : epoch.equals(points.epoch());
        boolean reached = sameRun
                && (!selection.every()
                        || points.since(selection.filters(), since).isPresent());
        return reached ? Position.after(since) : Position.START;
    }

    /** A number that the gateway has not come to yet is one of another run. */
    private boolean ahead(long since) {
        if (since == 0) {
            return false;
        }
        List<Sample> newest = points.latest(List.of(PointFilter.ALL), 0);
        return newest.isEmpty() || newest.get(newest.size() - 1).sequence() < since;
    }
}
