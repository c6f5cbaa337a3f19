package io.fieldgate.handler.live;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The requests that are held open: event streams and long polls. Their number is bounded. */
final class Streams {

    private final int max;
    private final Set<Stream> open = ConcurrentHashMap.newKeySet();

    // Guarded by this.
    private boolean closed;

    Streams(int max) {
        this.max = max;
    }

    /** One request that is held open. */
    interface Stream {

        /** Shows the client, and whatever lies between, that the connection is alive. Never waits. */
        void keepAlive();

        /** Ends the request. Never waits. */
        void end();
    }

    /** Takes a stream in, or refuses. */
    synchronized void add(Stream stream) throws HttpProblem {
        if (closed || open.size() >= max) {
            throw new HttpProblem(503, "all " + max + " streams are taken (streams.max)");
        }
        open.add(stream);
    }

    void remove(Stream stream) {
        open.remove(stream);
    }

    int size() {
        return open.size();
    }

    void keepAlive() {
        open.forEach(Stream::keepAlive);
    }

    /** Ends all streams and takes no more. */
    void close() {
        synchronized (this) {
            closed = true;
        }
        open.forEach(Stream::end);
    }
}
