package io.fieldgate.transport.websocket;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Optional;

/**
 * Pings and pongs that wait for the writer. Bounded: of a client that pings and does not read, only the latest pings are
 * answered, as RFC 6455, 5.5.3 allows; and of one that pings too often only the latest of each second.
 *
 * <p><b>Threading.</b> Safe for use by many threads.
 */
final class ControlQueue {

    static final int MAX_FRAMES = 128;

    /** So many pings are answered one by one in a second. */
    static final int PONGS_PER_SECOND = 256;

    /** Made when it is first needed: most connections have nothing in it most of the time. */
    private ArrayDeque<ByteBuffer> frames; // guarded by this

    private volatile boolean empty = true;

    private int second; // guarded by this
    private int pongs; // guarded by this
    /** The latest ping that was one too many; null if there is none. */
    private volatile byte[] late;

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

    /**
     * Answers a ping; false if the answer has to wait for the next second.
     *
     * @param now in the seconds of the heartbeat
     */
    synchronized boolean addPong(byte[] payload, int now) {
        if (now != second) {
            second = now;
            pongs = 0;
        }
        if (pongs == PONGS_PER_SECOND) {
            late = payload;
            return false;
        }
        pongs++;
        late = null; // whoever is told of this one knows that the ones before have come
        add(Frames.pong(payload));
        return true;
    }

    /** Answers the ping whose answer had to wait, if there is one; to be called once a second. */
    boolean addLatePong(int now) {
        byte[] payload = late;
        return payload != null && addPong(payload, now);
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
