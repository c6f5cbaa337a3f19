package io.fieldgate.transport.websocket;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Optional;

/**
 * Pings and pongs that wait for the writer. Bounded: of a client that pings and does not read, only the latest pings are
 * answered, as RFC 6455, 5.5.3 allows.
 *
 * <p><b>Threading.</b> Safe for use by many threads.
 */
final class ControlQueue {

    static final int MAX_FRAMES = 128;

    /** Made when it is first needed: most connections have nothing in it most of the time. */
    private ArrayDeque<ByteBuffer> frames; // guarded by this

    private volatile boolean empty = true;

    synchronized void add(ByteBuffer frame) {
        if (frames == null) {
            frames = new ArrayDeque<>(2);
        }
        if (frames.size() == MAX_FRAMES) {
            frames.poll();
        }
        frames.add(frame);
        empty = false;
    }

    Optional<ByteBuffer> poll() {
        if (empty) {
            return Optional.empty();
        }
        synchronized (this) {
            Optional<ByteBuffer> frame = Optional.ofNullable(frames.poll());
            if (frames.isEmpty()) {
                frames = null;
                empty = true;
            }
            return frame;
        }
    }
}
