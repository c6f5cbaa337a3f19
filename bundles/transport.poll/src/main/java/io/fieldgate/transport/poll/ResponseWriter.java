package io.fieldgate.transport.poll;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes one batch at a time to one response and holds no thread: who has a batch writes as far as that goes without waiting,
 * and the container calls when it goes on.
 *
 * <p><b>Threading.</b> Safe for use by many threads. The owner is called without a lock.
 */
final class ResponseWriter implements WriteListener {

    private static final Logger LOG = LoggerFactory.getLogger(ResponseWriter.class);

    /** Who has the batches. */
    interface Owner {

        /** The batch has left for the network; the next may come. */
        void written();

        /** The response has failed; nothing will be written. */
        void failed();
    }

    private enum Progress {
        /** There is nothing to write, or the container calls. */
        WAITING,
        /** A batch has left. */
        WRITTEN,
        /** The last batch has left. */
        ENDED
    }

    private final AsyncContext context;
    private final ServletOutputStream out;
    private final Owner owner;

    // guarded by this
    private final Queue<byte[]> parts = new ArrayDeque<>();
    private boolean waiting = true; // for the container to call
    private boolean writing;
    private boolean flushing;
    private boolean ending;
    private boolean over;

    /**
     * @param context the request, of which nothing was answered yet
     * @param out the body of its response
     */
    ResponseWriter(AsyncContext context, ServletOutputStream out, Owner owner) {
        this.context = context;
        this.out = out;
        this.owner = owner;
    }

    void start() {
        out.setWriteListener(this);
    }

    /**
     * Writes a batch. The batch before must have been written.
     *
     * @param end whether the response ends with it
     */
    void write(List<byte[]> batch, boolean end) {
        synchronized (this) {
            if (over) {
                return;
            }
            parts.addAll(batch);
            writing = true;
            ending = end;
        }
        proceed();
    }

    /** Ends the response, and drops what was not written. */
    void end() {
        if (finish()) {
            complete();
        }
    }

    @Override
    public void onWritePossible() {
        synchronized (this) {
            waiting = false;
        }
        proceed();
    }

    @Override
    public void onError(Throwable failure) {
        LOG.debug("a client without WebSocket has gone", failure);
        fail();
    }

    private void proceed() {
        Progress progress;
        try {
            progress = drain();
        } catch (IOException | IllegalStateException e) {
            LOG.debug("a client without WebSocket has gone", e);
            fail();
            return;
        }
        if (progress == Progress.ENDED) {
            complete();
        }
        if (progress != Progress.WAITING) {
            owner.written();
        }
    }

    /** Writes while that goes without waiting; tells how far that was. */
    private synchronized Progress drain() throws IOException {
        while (writing && !over && !waiting) {
            if (!out.isReady()) {
                waiting = true;
            } else if (!parts.isEmpty()) {
                out.write(parts.poll());
            } else if (!flushing) {
                flushing = true;
                out.flush();
            } else {
                flushing = false;
                writing = false;
                over = ending;
                return ending ? Progress.ENDED : Progress.WRITTEN;
            }
        }
        return Progress.WAITING;
    }

    private void fail() {
        if (finish()) {
            complete();
            owner.failed();
        }
    }

    private synchronized boolean finish() {
        boolean first = !over;
        over = true;
        parts.clear();
        return first;
    }

    private void complete() {
        try {
            context.complete();
        } catch (IllegalStateException e) {
            LOG.debug("the container has ended the response already", e);
        }
    }
}
