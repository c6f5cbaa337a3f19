package io.fieldgate.core;

import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.Sample;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.gateway.PointException;
import io.fieldgate.api.gateway.PointException.Reason;
import io.fieldgate.api.security.Audit.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The points that somebody holds: one hold each, of the held write that was begun last. When its writer is lost the point's safe
 * value is written, again and again until it is done or somebody else has written the point.
 *
 * <p><b>Threading.</b> Safe for use by many threads; nothing waits but {@link #shutDown}. No driver's lane or registry is called
 * with the lock held.
 */
final class Holds {

    /** The most points that are held at once. */
    static final int MOST = 1000;

    private static final Logger LOG = LoggerFactory.getLogger(Holds.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** Hands the write of a safe value to the driver of its point. */
    interface Means {

        /** Goes before all that waits for the driver; false if the driver cannot be called now. */
        boolean write(PointId point, Value value, WriteCall.End end);
    }

    private final Timer timer;
    private final Duration takeover;
    private final Predicate<String> sessions;
    private final WriteLog log;
    private final Means means;
    // Guarded by this, with all that is in it.
    private final Map<PointId, Hold> holds = new HashMap<>();
    private boolean closed;
    private long end;

    /**
     * Begins without holds.
     *
     * @param timer for all that is to be done later
     * @param takeover how long a bundle that has gone may take to come back
     * @param sessions tells whether a session is there
     * @param log is told of safe values
     * @param means writes them
     */
    Holds(Timer timer, Duration takeover, Predicate<String> sessions, WriteLog log, Means means) {
        this.timer = timer;
        this.takeover = takeover;
        this.sessions = sessions;
        this.log = log;
        this.means = means;
    }

    /** A held write is asked for: its writer is there, if the hold is its own already, even if the driver keeps it waiting. */
    synchronized void asked(Order order, Value safe) {
        Hold held = holds.get(order.point());
        if (held != null && held.continues(order, safe)) {
            held.touch(timer.nanoTime());
        }
    }

    /**
     * A held write is about to be handed to the driver. From now on the point is held, whatever comes of the write.
     *
     * @return true if nobody held the point before
     * @throws PointException if it cannot be held
     */
    boolean begin(Order order, Value safe) throws PointException {
        Hold hold;
        Hold before;
        synchronized (this) {
            before = holds.get(order.point());
            if (closed) {
                throw new PointException(Reason.DISCONNECTED, "the gateway stops: no point is held any more");
            }
            if (before != null && before.continues(order, safe)) {
                return false;
            }
            if (before == null && holds.size() >= MOST) {
                throw new PointException(Reason.BUSY, MOST + " points are held already");
            }
            if (before != null) {
                before.end();
            }
            hold = new Hold(order, safe, timer.nanoTime());
            holds.put(order.point(), hold);
            watch(hold);
        }
        // What has gone in the meantime has not found this hold.
        if (hold.session().isPresent() && !sessions.test(hold.session().get())) {
            lose(hold, "its client has gone");
        } else if (hold.session().isEmpty() && hold.writer().isGone()) {
            expect(hold);
        }
        return before == null;
    }

    /** A write by which nobody holds the point after all: the device has not taken it. */
    synchronized void withdraw(Order order) {
        Hold hold = holds.get(order.point());
        if (hold != null && hold.isOf(order)) {
            end(order.point());
        }
    }

    /** The point was written by somebody who does not hold it. */
    synchronized void end(PointId point) {
        Hold hold = holds.remove(point);
        if (hold != null) {
            hold.end();
            notifyAll();
        }
    }

    /** How many points are held. */
    synchronized int count() {
        return holds.size();
    }

    /** A session has closed. */
    void sessionEnded(String session) {
        held(hold -> hold.session().filter(session::equals).isPresent())
                .forEach(hold -> lose(hold, "its client has gone"));
    }

    /** A bundle has gone; what it held in its own right waits for it to come back, for a while. */
    void left(Writer writer) {
        held(hold -> hold.session().isEmpty() && hold.writer() == writer).forEach(this::expect);
    }

    private synchronized List<Hold> held(Predicate<Hold> which) {
        if (holds.isEmpty()) {
            return List.of();
        }
        return holds.values().stream().filter(which).toList();
    }

    private synchronized void expect(Hold hold) {
        if (current(hold) && !hold.isLost()) {
            hold.waits(timer.after(
                    takeover, () -> lose(hold, "bundle " + hold.writer().bundle() + " has not come back")));
        }
    }

    private boolean current(Hold hold) {
        return holds.get(hold.point()) == hold;
    }

    private void watch(Hold hold) {
        hold.most()
                .ifPresent(most ->
                        hold.limited(timer.after(Duration.ofNanos(hold.left(timer.nanoTime())), () -> expire(hold))));
    }

    private void expire(Hold hold) {
        synchronized (this) {
            if (!current(hold) || hold.isLost()) {
                return;
            }
            if (hold.left(timer.nanoTime()) > 0) {
                watch(hold);
                return;
            }
        }
        lose(hold, "no write has come within " + hold.most().orElseThrow().toMillis() + " ms");
    }

    private void lose(Hold hold, String why) {
        synchronized (this) {
            if (!current(hold) || hold.isLost()) {
                return;
            }
            hold.lose(why);
        }
        attempt(hold);
    }

    private void attempt(Hold hold) {
        synchronized (this) {
            if (!current(hold)) {
                return;
            }
        }
        Attempt attempt = new Attempt(hold);
        if (!means.write(hold.point(), hold.safe(), attempt)) {
            attempt.fail(Reason.DISCONNECTED, "driver " + hold.point().driver() + " is not there");
        }
    }

    /** One try to write a safe value. */
    private final class Attempt implements WriteCall.End {

        private final Hold hold;
        // Guarded by Holds.this.
        private boolean over;

        private Attempt(Hold hold) {
            this.hold = hold;
        }

        @Override
        public void begins() throws PointException {
            synchronized (Holds.this) {
                if (!current(hold)) {
                    over = true;
                    throw new PointException(Reason.FAILED, "somebody else has written " + hold.point());
                }
            }
        }

        @Override
        public void answer(Sample sample) {
            synchronized (Holds.this) {
                if (!current(hold)) {
                    return;
                }
                over = true;
                end(hold.point());
            }
            LOG.warn("{} has its safe value now, for {}: it was held by {}", hold.point(), hold.why(), hold.by());
            log.safe(hold.point(), Outcome.DONE);
        }

        @Override
        public void fail(Reason reason, String why) {
            synchronized (Holds.this) {
                if (over || !current(hold)) {
                    return;
                }
                over = true;
                hold.waits(timer.after(PAUSE, () -> attempt(hold)));
            }
            report(why);
        }

        @Override
        public void overdue(String why) {
            report(why + "; it is done as soon as the driver is back");
        }

        private void report(String why) {
            boolean first;
            synchronized (Holds.this) {
                first = hold.fail();
            }
            if (first) {
                LOG.error(
                        "{} must have its safe value, for {}, but cannot be written: {}; this is tried until it works",
                        hold.point(),
                        hold.why(),
                        why);
                log.safe(hold.point(), Outcome.FAILED);
            }
        }
    }

    /** Has all points that are held get their safe values, and returns when they have, or when the time since the first call is up. */
    void shutDown(Duration most) {
        synchronized (this) {
            if (!closed) {
                closed = true;
                end = System.nanoTime() + most.toNanos();
            }
        }
        held(hold -> true).forEach(hold -> lose(hold, "the gateway stops"));
        List<PointId> left = new ArrayList<>();
        synchronized (this) {
            try {
                for (long nanos = end - System.nanoTime();
                        !holds.isEmpty() && nanos > 0;
                        nanos = end - System.nanoTime()) {
                    TimeUnit.NANOSECONDS.timedWait(this, nanos);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            left.addAll(holds.keySet());
        }
        if (!left.isEmpty()) {
            LOG.error("the gateway stops, and {} did not get their safe values in time", left);
        }
        log.await(Math.max(0, end - System.nanoTime()));
    }
}
