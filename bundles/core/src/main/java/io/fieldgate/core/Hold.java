package io.fieldgate.core;

import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.gateway.Write;
import java.time.Duration;
import java.util.Optional;

/** A point that somebody holds. Guarded by the lock of {@link Holds}. */
final class Hold {

    private final Order order;
    private final Value safe;
    private long touched;
    private String lost = "";
    private boolean failed;
    private Timer.Pending limit = Timer.Pending.NOTHING;
    private Timer.Pending next = Timer.Pending.NOTHING;

    /**
     * Holds a point.
     *
     * @param order by which write
     * @param safe what the point is set to when the writer is lost, in the type of the point
     * @param now monotonic time in nanoseconds
     */
    Hold(Order order, Value safe, long now) {
        this.order = order;
        this.safe = safe;
        this.touched = now;
    }

    PointId point() {
        return order.point();
    }

    Value safe() {
        return safe;
    }

    Writer writer() {
        return order.writer();
    }

    Optional<String> session() {
        return order.how().session();
    }

    Optional<Duration> most() {
        return order.how().limit();
    }

    /** By whom, for people. */
    String by() {
        return order.host().isEmpty() ? order.who() : order.who() + " at " + order.host();
    }

    /** Tells whether the point is held by this very write. */
    boolean isOf(Order other) {
        return order.equals(other);
    }

    /** Tells whether a write goes on with this hold as it is. */
    boolean continues(Order next, Value nextSafe) {
        Write how = order.how();
        return lost.isEmpty()
                && next.writer() == order.writer()
                && next.who().equals(order.who())
                && next.how().session().equals(how.session())
                && next.how().limit().equals(how.limit())
                && nextSafe.equals(safe);
    }

    /** The writer is there. */
    void touch(long now) {
        touched = now;
    }

    /** How much of the time is left, in nanoseconds. */
    long left(long now) {
        return most().orElseThrow().toNanos() - (now - touched);
    }

    boolean isLost() {
        return !lost.isEmpty();
    }

    /** Why the safe value is written. */
    String why() {
        return lost;
    }

    /** The writer is lost. */
    void lose(String why) {
        lost = why;
        limit.cancel();
    }

    /** The safe value could not be written; true for the first time. */
    boolean fail() {
        boolean first = !failed;
        failed = true;
        return first;
    }

    void limited(Timer.Pending pending) {
        limit = pending;
    }

    void waits(Timer.Pending pending) {
        next.cancel();
        next = pending;
    }

    /** It is over. */
    void end() {
        limit.cancel();
        next.cancel();
    }
}
