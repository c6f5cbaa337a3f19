package io.fieldgate.core;

import io.fieldgate.api.data.PointId;
import io.fieldgate.api.gateway.PointException.Reason;
import io.fieldgate.api.security.Audit;
import io.fieldgate.api.security.Audit.Outcome;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the audit log of writes: who and which point, never the value. Each write is one line, but for those that come again and
 * again: of held writes that repeat the one before, and of what a bundle writes in its own right, only the first of a row with one
 * outcome is told. A write is answered when it has been told.
 *
 * <p><b>Threading.</b> Safe for use by many threads, also while they hold locks: the log itself is called on an executor.
 */
final class WriteLog {

    static final int MOST_WAITING = 1000;
    private static final int MOST_KNOWN = 1000;
    private static final Logger LOG = LoggerFactory.getLogger(WriteLog.class);

    private record Line(String who, String from, String action, String point, Outcome outcome) {}

    private record Waiting(Line line, Runnable then) {}

    private final Executor executor;
    private volatile Optional<Audit> audit = Optional.empty();
    // Guarded by this.
    private final Map<PointId, Object> last = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<PointId, Object> eldest) {
            return size() > MOST_KNOWN;
        }
    };
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    private boolean busy;
    private boolean lost;

    /** @param executor where the audit log is called */
    WriteLog(Executor executor) {
        this.executor = executor;
    }

    void bind(Audit service) {
        audit = Optional.of(service);
    }

    /** The next one is bound before the last is unbound. */
    void unbind(Audit service) {
        if (audit.filter(current -> current == service).isPresent()) {
            audit = Optional.empty();
        }
    }

    /**
     * A write was done.
     *
     * @param then what comes when the log has been told: the answer
     */
    void done(Order order, Runnable then) {
        add(order, Outcome.DONE, then);
    }

    /**
     * A write was not done.
     *
     * @param then what comes when the log has been told: the answer
     */
    void failed(Order order, Reason reason, Runnable then) {
        add(order, reason == Reason.FORBIDDEN ? Outcome.REFUSED : Outcome.FAILED, then);
    }

    private void add(Order order, Outcome outcome, Runnable then) {
        Line line = new Line(order.who(), order.host(), "write", order.point().toString(), outcome);
        boolean own = order.how().user().isEmpty();
        Object key = own ? line : order.how().isHeld() ? Map.entry(line, order.value()) : "";
        if (!add(order.point(), key, line, then)) {
            then.run();
        }
    }

    /** The gateway has written a safe value, or failed to. */
    void safe(PointId point, Outcome outcome) {
        Line line = new Line("gateway", "", "safe value", point.toString(), outcome);
        add(point, line, line, () -> {});
    }

    /** False if the line is not to be told. */
    private boolean add(PointId point, Object key, Line line, Runnable then) {
        synchronized (this) {
            if (audit.isEmpty()) {
                return false;
            }
            Object before = last.put(point, key);
            if (!key.equals("") && key.equals(before)) {
                return false;
            }
            if (waiting.size() >= MOST_WAITING) {
                if (!lost) {
                    lost = true;
                    LOG.warn("the audit log is too slow: writes are not in it until it has caught up");
                }
                return false;
            }
            waiting.add(new Waiting(line, then));
            if (busy) {
                return true;
            }
            busy = true;
        }
        executor.execute(this::drain);
        return true;
    }

    private void drain() {
        for (Optional<Waiting> next = next(); next.isPresent(); next = next()) {
            tell(next.get().line());
            next.get().then().run();
        }
    }

    private synchronized Optional<Waiting> next() {
        Waiting next = waiting.poll();
        if (next == null) {
            busy = false;
            lost = false;
            notifyAll();
        }
        return Optional.ofNullable(next);
    }

    private void tell(Line line) {
        try {
            audit.ifPresent(log -> log.record(line.who(), line.from(), line.action(), line.point(), line.outcome()));
        } catch (RuntimeException e) {
            LOG.warn("the audit log has failed for a write of {}", line.point(), e);
        }
    }

    /** Waits until all has been told, not longer than this. */
    synchronized void await(long nanos) {
        long deadline = System.nanoTime() + nanos;
        try {
            for (long left = nanos; busy && left > 0; left = deadline - System.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
