package io.fieldgate.core;

import io.fieldgate.api.gateway.PointException.Reason;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that calls a driver. It begins with the first call and ends with the lane; a call that hangs holds this lane
 * and nothing else.
 */
final class DriverLane {

    private static final Logger LOG = LoggerFactory.getLogger(DriverLane.class);

    private record Waiting(LaneCall call, boolean asked) {}

    private final String driver;
    private final Timer timer;
    private final Duration timeout;
    private final int mostAsked;
    private final CountDownLatch ended = new CountDownLatch(1);
    // Guarded by this.
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    private final ArrayDeque<LaneCall> urgent = new ArrayDeque<>();
    private Thread thread;
    private LaneCall running;
    private Timer.Pending limit = Timer.Pending.NOTHING;
    private int asked;
    private boolean overdue;
    private boolean closed;
    private boolean abandoned;

    /**
     * Makes a lane.
     *
     * @param driver the driver's id
     * @param timer watches the calls
     * @param timeout how long a call may take
     * @param mostAsked how many calls may wait that clients asked for
     */
    DriverLane(String driver, Timer timer, Duration timeout, int mostAsked) {
        this.driver = driver;
        this.timer = timer;
        this.timeout = timeout;
        this.mostAsked = mostAsked;
    }

    /** Queues a call of the gateway's own, of which there are only a few kinds with one call each. */
    synchronized void post(LaneCall call) {
        if (!closed) {
            add(new Waiting(call, false));
        }
    }

    /** Queues a call that a client asked for, or refuses it. */
    void ask(LaneCall call) {
        Reason reason;
        String why;
        synchronized (this) {
            if (closed) {
                reason = Reason.DISCONNECTED;
                why = "driver " + driver + " has gone";
            } else if (overdue) {
                reason = Reason.BUSY;
                why = slow();
            } else if (asked >= mostAsked) {
                reason = Reason.BUSY;
                why = asked + " calls wait for driver " + driver + " already";
            } else {
                asked++;
                add(new Waiting(call, true));
                return;
            }
        }
        call.refused(reason, why);
    }

    /** Queues a call before all others, also while one is overdue, or refuses it. For safe values, of which each point has one. */
    void urge(LaneCall call) {
        synchronized (this) {
            if (!closed) {
                urgent.add(call);
                wake();
                return;
            }
        }
        call.refused(Reason.DISCONNECTED, "driver " + driver + " has gone");
    }

    private void add(Waiting next) {
        waiting.add(next);
        wake();
    }

    private void wake() {
        if (thread == null) {
            thread = CleanThreads.daemon("fieldgate-driver-" + driver, this::work);
            thread.start();
        }
        notifyAll();
    }

    /** What has not returned within its time, for people; empty if nothing. */
    synchronized Optional<String> overdue() {
        return overdue ? Optional.of(slow()) : Optional.empty();
    }

    private String slow() {
        return running.what() + " has not returned for " + timeout.toSeconds() + " s";
    }

    /** Refuses what clients asked for and what has not begun. */
    void refuseWaiting(Reason reason, String why) {
        takeAsked().forEach(call -> call.refused(reason, why));
    }

    /**
     * Ends the lane: what waits is refused, what runs is not waited for by anybody any more, and the last call comes after
     * it, unless nothing was ever called.
     */
    void close(LaneCall last) {
        List<LaneCall> refused;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            refused = takeAsked();
            refused.addAll(urgent);
            urgent.clear();
            waiting.clear();
            if (thread == null) {
                ended.countDown();
            } else {
                waiting.add(new Waiting(last, false));
                notifyAll();
            }
            if (running != null) {
                refused.add(running);
            }
        }
        refused.forEach(call -> call.refused(Reason.DISCONNECTED, "driver " + driver + " has gone"));
    }

    /** Waits for the last call to return. Gives up when the time is over, and at once on the lane's own thread. */
    void awaitEnd(long nanos) {
        boolean inside;
        synchronized (this) {
            inside = Thread.currentThread() == thread;
        }
        if (inside) {
            // The driver takes itself away from within a call: to wait for that call would be to wait for ourselves.
            timer.after(Duration.ofNanos(nanos), this::abandon);
            return;
        }
        try {
            if (!ended.await(nanos, TimeUnit.NANOSECONDS)) {
                abandon();
            }
        } catch (InterruptedException e) {
            abandon();
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void abandon() {
        if (ended.getCount() == 0 || abandoned) {
            return;
        }
        abandoned = true;
        waiting.clear();
        limit.cancel();
        LOG.warn(
                "driver {} has gone, but {} has not returned: its thread is interrupted and left alone",
                driver,
                running == null ? "its last call" : running.what());
        thread.interrupt();
    }

    private void work() {
        try {
            for (LaneCall call = next(); call != null; call = next()) {
                call.run();
            }
        } finally {
            ended.countDown();
        }
    }

    private synchronized LaneCall next() {
        returned();
        if (!abandoned) {
            // What a driver has left set is not for its next call.
            Thread.interrupted();
        }
        while (waiting.isEmpty() && urgent.isEmpty()) {
            if (closed) {
                return null;
            }
            try {
                wait();
            } catch (InterruptedException e) {
                // A driver may have kept an interrupt of its own back; the lane ends by being closed.
                LOG.debug("lane of driver {} was interrupted", driver);
            }
        }
        LaneCall call = urgent.isEmpty() ? first() : urgent.remove();
        running = call;
        limit = timer.after(timeout, () -> expire(call));
        return call;
    }

    private LaneCall first() {
        Waiting next = waiting.remove();
        if (next.asked()) {
            asked--;
        }
        return next.call();
    }

    private void returned() {
        limit.cancel();
        if (overdue) {
            LOG.info("driver {}: {} has returned, late", driver, running.what());
        }
        overdue = false;
        running = null;
    }

    private void expire(LaneCall call) {
        List<LaneCall> refused;
        String why;
        synchronized (this) {
            if (running != call || abandoned) {
                return;
            }
            overdue = true;
            why = slow();
            refused = takeAsked();
        }
        LOG.warn("driver {}: {}; what waits behind it is refused until it returns", driver, why);
        call.overdue();
        refused.forEach(next -> next.refused(Reason.BUSY, why));
    }

    private synchronized List<LaneCall> takeAsked() {
        List<LaneCall> taken = new ArrayList<>();
        for (Iterator<Waiting> all = waiting.iterator(); all.hasNext(); ) {
            Waiting next = all.next();
            if (next.asked()) {
                taken.add(next.call());
                all.remove();
            }
        }
        asked = 0;
        return taken;
    }
}
