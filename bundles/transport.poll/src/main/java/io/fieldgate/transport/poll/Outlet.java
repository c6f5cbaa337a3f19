package io.fieldgate.transport.poll;

import io.fieldgate.api.data.CloseReason;
import io.fieldgate.api.data.Message;
import java.util.List;

/** A request through which a client hears: a stream, or a poll. For use in the lane of its session, but for its writer. */
abstract class Outlet implements ResponseWriter.Owner {

    private final Outbound outbound;
    private long position;
    private boolean busy;
    private int quiet;

    /** @param position the last message that the client has */
    Outlet(Outbound outbound, long position) {
        this.outbound = outbound;
        this.position = position;
    }

    /** The last message that the client has, or gets now. */
    long position() {
        return position;
    }

    /** Tells whether it takes no batch now. */
    boolean isBusy() {
        return busy;
    }

    /** Seconds since something was written. */
    int quiet() {
        return quiet;
    }

    /** Writes what comes behind {@link #position}; the end too, if there is one. */
    final void give(List<Message> batch, CloseReason end) {
        busy = true;
        quiet = 0;
        long before = position;
        position += batch.size();
        write(batch, before, end);
    }

    /** What was given has left. */
    final void taken() {
        busy = false;
    }

    /** A second has passed. */
    final void beat() {
        quiet++;
        if (!busy) {
            idle();
        }
    }

    @Override
    public void written() {
        outbound.written(this);
    }

    @Override
    public void failed() {
        outbound.detached(this);
    }

    /** Tells whether a client of this kind says what it has got. */
    abstract boolean acknowledges();

    /** Tells whether it wants to be written to though there is nothing to say. */
    abstract boolean isEager();

    /** Tells whether it takes no second batch. */
    abstract boolean isSpent();

    /** Begins the answer. */
    abstract void begin();

    /** Writes. {@link #written} is to be called then. */
    abstract void write(List<Message> batch, long before, CloseReason end);

    /** Nothing was to be written for a second. */
    abstract void idle();

    /** Ends it without a word; another one has come. */
    abstract void supersede();

    /** Refuses it; it was not begun. */
    abstract void refuse(Refusal refusal);
}
