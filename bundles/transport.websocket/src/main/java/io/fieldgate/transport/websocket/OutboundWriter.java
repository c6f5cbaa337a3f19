package io.fieldgate.transport.websocket;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.Callback;

/**
 * Writes to one client: one write at a time, in order, several frames to a write.
 *
 * <p>Whoever finds the writer idle takes its turn and writes until there is nothing more, or until the client does not take
 * more; then the selector's thread goes on when it does. Everybody else only leaves word. Nobody ever waits.
 *
 * <p>A thread that deals with what it has read {@link #hold holds} the writer back, so that all that it has to say leaves in
 * one write. Anybody else who {@link #flush flushes} takes the turn. A session flushes but once for what it has queued, so
 * what others give it waits for the end of the round, or for the heartbeat, which lets go a writer that it finds held.
 *
 * <p>Control frames go before messages that were not yet fetched. After the {@link #goodbye} nothing is fetched or written.
 */
final class OutboundWriter implements Callback {

    /** Where the frames come from. Asked and told only by the thread whose turn it is. */
    interface Source {

        /** Tells whether the source is still there; if so, {@link #leave} follows when the turn ends. */
        boolean enter();

        void leave();

        /** The next frame, with a position of its own. */
        Optional<ByteBuffer> next();

        /** The oldest frame that was fetched, and not yet reported, has left. */
        void sent();

        /** The goodbye has left; it is the last. */
        void goodbyeSent();

        /** Nothing can be written any more. */
        void failed();
    }

    static final int MAX_FRAMES = 16;

    private static final ByteBuffer[] NOTHING = {};

    // Whose turn it is.
    private static final int IDLE = 0;
    private static final int BUSY = 1;
    private static final int BUSY_AND_MORE = 2;
    /** There is something to write, and whoever holds the writer sees to it. */
    private static final int HELD = 3;

    // What has become of the write that was begun.
    private static final int BEGUN = 0;
    private static final int DONE_AT_ONCE = 1;
    private static final int DONE_LATER = 2;
    private static final int FAILED = 3;

    private enum Kind {
        CONTROL,
        MESSAGE,
        GOODBYE
    }

    private final EndPoint endPoint;
    private final Source source;
    private final int batchBytes;
    private final ControlQueue controls = new ControlQueue();

    /** Begins busy: nothing is written until the client has been told that it is in. */
    private final AtomicInteger turn = new AtomicInteger(BUSY);

    private final AtomicInteger outcome = new AtomicInteger();
    private volatile ByteBuffer goodbye;

    // The rest belongs to the thread whose turn it is.
    private ByteBuffer current;
    private Kind kind;
    private boolean goodbyeTaken;
    private boolean goodbyeLeaves;
    private int messagesLeaving;

    /** @param batchBytes the most that one write holds; longer frames leave in several */
    OutboundWriter(EndPoint endPoint, Source source, int batchBytes) {
        this.endPoint = endPoint;
        this.source = source;
        this.batchBytes = batchBytes;
    }

    /** Says that the source has something. */
    void flush() {
        while (true) {
            int now = turn.get();
            if (now == BUSY_AND_MORE || (now == BUSY && turn.compareAndSet(BUSY, BUSY_AND_MORE))) {
                return;
            }
            if (now != BUSY && turn.compareAndSet(now, BUSY)) {
                writeOn();
                return;
            }
        }
    }

    /** Writes what there is, and from now on whatever comes: the client has been told that it is in. */
    void open() {
        writeOn();
    }

    /** Holds back what there is to write; if that succeeds, {@link #release} must follow. */
    boolean hold() {
        return turn.compareAndSet(IDLE, HELD);
    }

    /** Tells whether there is something to write that is held back. */
    boolean isHeld() {
        return turn.get() == HELD;
    }

    /** Writes what was held back, unless somebody has done so. */
    void release() {
        if (turn.compareAndSet(HELD, BUSY)) {
            writeOn();
        }
    }

    /** Takes a ping, which goes before the messages that wait; false if it need not be flushed. */
    boolean control(ByteBuffer frame) {
        controls.add(frame);
        return turn.get() != HELD;
    }

    /** Takes the answer to a ping as {@link ControlQueue#addPong} has it; false if there is nothing to be flushed. */
    boolean pong(byte[] payload, int now) {
        return controls.addPong(payload, now) && turn.get() != HELD;
    }

    /** Takes the answer that had to wait; false if there is nothing to be flushed. */
    boolean latePong(int now) {
        return controls.addLatePong(now) && turn.get() != HELD;
    }

    /** Sends what was fetched and then the close frame; nothing is fetched any more. Only the first call counts. */
    void goodbye(ByteBuffer frame) {
        goodbye = frame;
        flush();
    }

    private void writeOn() {
        if (source.enter()) {
            try {
                while (writeOnce()) {}
            } finally {
                source.leave();
            }
        }
    }

    /** One write; false when this thread's turn is over. */
    private boolean writeOnce() {
        turn.set(BUSY);
        ByteBuffer[] batch = gather();
        if (batch.length == 0) {
            return !turn.compareAndSet(BUSY, IDLE);
        }
        outcome.set(BEGUN);
        endPoint.write(this, batch);
        return !outcome.compareAndSet(BEGUN, DONE_LATER) && outcome.get() == DONE_AT_ONCE && left();
    }

    @Override
    public void succeeded() {
        if (!outcome.compareAndSet(BEGUN, DONE_AT_ONCE) && source.enter()) {
            try {
                if (left()) {
                    while (writeOnce()) {}
                }
            } finally {
                source.leave();
            }
        }
    }

    @Override
    public void failed(Throwable cause) {
        outcome.set(FAILED);
        source.failed();
    }

    @Override
    public InvocationType getInvocationType() {
        return InvocationType.NON_BLOCKING;
    }

    /** Reports what has left; false if it was the last. */
    private boolean left() {
        for (; messagesLeaving > 0; messagesLeaving--) {
            source.sent();
        }
        if (goodbyeLeaves) {
            source.goodbyeSent();
            return false;
        }
        return true;
    }

    private ByteBuffer[] gather() {
        ByteBuffer[] batch = NOTHING;
        int room = batchBytes;
        while (room > 0 && batch.length < MAX_FRAMES && advance()) {
            ByteBuffer slice = slice(room);
            room -= slice.remaining();
            batch = Arrays.copyOf(batch, batch.length + 1);
            batch[batch.length - 1] = slice;
        }
        return batch;
    }

    /** Sees to it that there is a current frame; false if there is nothing to send. */
    private boolean advance() {
        if (current != null) {
            return true;
        }
        if (goodbyeTaken) {
            return false;
        }
        Optional<ByteBuffer> next = controls.poll();
        kind = Kind.CONTROL;
        if (next.isEmpty() && goodbye != null) {
            next = Optional.of(goodbye);
            kind = Kind.GOODBYE;
            goodbyeTaken = true;
        }
        if (next.isEmpty()) {
            next = source.next();
            kind = Kind.MESSAGE;
        }
        current = next.orElse(null);
        return current != null;
    }

    /** Takes as much of the current frame as there is room for. */
    private ByteBuffer slice(int room) {
        ByteBuffer slice = current;
        if (slice.remaining() > room) {
            slice = current.slice(current.position(), room);
            current.position(current.position() + room);
            return slice;
        }
        if (kind == Kind.MESSAGE) {
            messagesLeaving++;
        }
        goodbyeLeaves |= kind == Kind.GOODBYE;
        current = null;
        return slice;
    }
}
