package io.fieldgate.transport.websocket;

import io.fieldgate.api.gateway.Entry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.RetainableByteBuffer;

/**
 * Reads one client on Jetty's end point, from the moment on when HTTP hands it over.
 *
 * <p>It runs on the selector's thread, reads once per event and goes back, so that a busy client does not starve the others;
 * with one selector and no hand-over that is the least a message can cost. A buffer is borrowed for the read and given back
 * after it. What a session does not take yet is kept, one read buffer at most, and then nothing more is read.
 */
final class WebSocketConnection extends AbstractConnection implements Connection.UpgradeTo {

    private enum Reading {
        /** A thread deals with bytes; it alone touches what the connection keeps. */
        ACTIVE,
        /** The selector tells when there is something to read. */
        AWAITING,
        /** A message is kept until there is a demand for it. */
        HOLDING
    }

    /** How much is thrown away of what a client sends after its connection was ended. */
    private static final long MAX_DRAINED_BYTES = 64L << 20;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final ByteBufferPool buffers;
    private final int bufferBytes;
    private final WebSocketLink link;
    private final AtomicReference<Reading> reading = new AtomicReference<>(Reading.ACTIVE);

    private ByteBuffer kept = NOTHING;
    private long drained;

    WebSocketConnection(
            EndPoint endPoint, Executor executor, ByteBufferPool buffers, Shared shared, SessionTerms terms) {
        super(endPoint, executor);
        this.buffers = buffers;
        bufferBytes = shared.settings().readBufferBytes();
        link = new WebSocketLink(this, shared, terms);
    }

    /** Makes the session; false if the transport is about to stop. To be called before the client is told that it is in. */
    boolean open(Entry.Granted granted) {
        return link.open(granted);
    }

    /** The client will never be told that it is in, for it has gone meanwhile. */
    void abandon() {
        link.ended();
    }

    /** Goes on with what was kept, if something was. May be called from any thread and calls nobody back. */
    void resume() {
        if (reading.compareAndSet(Reading.HOLDING, Reading.ACTIVE)) {
            getExecutor().execute(this::readKept);
        }
    }

    /** Has work done on another thread. */
    void execute(Runnable work) {
        getExecutor().execute(work);
    }

    /** Bytes that came right behind the request. */
    @Override
    public void onUpgradeTo(ByteBuffer early) {
        kept = early;
    }

    @Override
    public void onOpen() {
        super.onOpen();
        // The heartbeat sees to time-outs.
        getEndPoint().setIdleTimeout(-1);
        link.opened();
        readKept();
    }

    /** Refuses the time-out that a connector sets for all its end points when it is shut down. */
    @Override
    public boolean onIdleExpired(TimeoutException timeout) {
        return false;
    }

    /** Keeps the selector's thread: nothing that is called from here blocks. */
    @Override
    @SuppressWarnings("deprecation") // deprecated in favour of nothing; the read callback still asks it at each event
    public InvocationType getInvocationType() {
        return InvocationType.NON_BLOCKING;
    }

    @Override
    public void onFillable() {
        reading.set(Reading.ACTIVE);
        RetainableByteBuffer buffer = buffers.acquire(bufferBytes, true);
        try {
            ByteBuffer in = buffer.getByteBuffer();
            if (getEndPoint().fill(in) < 0) {
                close();
            } else {
                deal(in);
            }
        } catch (IOException e) {
            close();
        } finally {
            buffer.release();
        }
    }

    @Override
    protected void onFillInterestedFailed(Throwable cause) {
        close();
    }

    @Override
    public void onClose(Throwable cause) {
        super.onClose(cause);
        link.ended();
    }

    private void readKept() {
        ByteBuffer in = kept;
        kept = NOTHING;
        deal(in);
    }

    /** Deals with bytes as far as that can be done now, and sees to it that it goes on when it can. */
    private void deal(ByteBuffer in) {
        do {
            if (in.hasRemaining() && !link.isEnding()) {
                link.take(in);
            }
            if (link.isEnding()) {
                drain(in);
            }
            if (!in.hasRemaining()) {
                kept = NOTHING;
                reading.set(Reading.AWAITING);
                fillInterested();
                return;
            }
            in = keep(in);
            kept = in;
            reading.set(Reading.HOLDING);
            // The demand may have come just before anybody could see that it was needed.
        } while (link.takesBytes() && reading.compareAndSet(Reading.HOLDING, Reading.ACTIVE));
    }

    private void drain(ByteBuffer in) {
        if (in.hasRemaining()) {
            link.drained();
        }
        drained += in.remaining();
        in.position(in.limit());
        if (drained > MAX_DRAINED_BYTES) {
            close();
        }
    }

    /** A copy, for the buffer goes back; what is kept already stays where it is. */
    private static ByteBuffer keep(ByteBuffer in) {
        return in.isDirect() ? ByteBuffer.allocate(in.remaining()).put(in).flip() : in;
    }
}
