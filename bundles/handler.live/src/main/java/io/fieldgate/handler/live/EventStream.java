package io.fieldgate.handler.live;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client that gets its samples as server-sent events. It holds no thread: who has something to send writes as far as that
 * goes without waiting, and the container calls when it goes on. What waits here is bounded by the window of the
 * {@link Subscriber}.
 */
final class EventStream implements Outlet, Streams.Stream, WriteListener {

    private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);
    private static final byte[] GREETING = "retry: 2000\n\n".getBytes(StandardCharsets.UTF_8);
    private static final byte[] COMMENT = ":\n\n".getBytes(StandardCharsets.UTF_8);

    private final AsyncContext context;
    private final ServletOutputStream out;
    private final String epoch;
    private final Runnable gone;

    // All guarded by this. Stages are completed without the lock, for their dependents take locks of their own.
    private final Queue<Event> queue = new ArrayDeque<>();
    private final List<Event> written = new ArrayList<>();
    private boolean flushing;
    private boolean waiting = true;
    private boolean ending;
    private boolean over;

    private static final class Event {
        private final byte[] bytes;
        private final CompletableFuture<Void> left = new CompletableFuture<>();

        Event(byte[] bytes) {
            this.bytes = bytes;
        }
    }

    /**
     * Prepares the stream.
     *
     * @param context the request, of which nothing was answered yet
     * @param epoch the run of the gateway
     * @param gone runs once when the stream is over, whoever ended it
     */
    EventStream(AsyncContext context, String epoch, Runnable gone) throws IOException {
        this.context = context;
        this.epoch = epoch;
        this.gone = gone;
        out = context.getResponse().getOutputStream();
        queue.add(new Event(GREETING));
    }

    /** Begins to write. */
    void start() {
        describe((HttpServletResponse) context.getResponse());
        out.setWriteListener(this);
    }

    /** Sets the headers of a stream. */
    static void describe(HttpServletResponse response) {
        response.setContentType("text/event-stream");
        response.setCharacterEncoding("UTF-8");
        response.setHeader("Cache-Control", "no-store");
        // Tells nginx not to hold events back.
        response.setHeader("X-Accel-Buffering", "no");
    }

    @Override
    public CompletionStage<?> send(Update update) {
        Event event = new Event(update.event(epoch));
        enqueue(event);
        return event.left;
    }

    @Override
    public void keepAlive() {
        synchronized (this) {
            if (!queue.isEmpty() || !written.isEmpty()) {
                return;
            }
        }
        enqueue(new Event(COMMENT));
    }

    private void enqueue(Event event) {
        synchronized (this) {
            if (!over) {
                queue.add(event);
            }
        }
        drain();
    }

    @Override
    public void end() {
        boolean stuck;
        synchronized (this) {
            ending = true;
            stuck = waiting;
        }
        if (stuck) {
            finish();
        } else {
            drain();
        }
    }

    @Override
    public void onWritePossible() {
        synchronized (this) {
            waiting = false;
        }
        drain();
    }

    @Override
    public void onError(Throwable failure) {
        finish();
    }

    private void drain() {
        List<Event> left = new ArrayList<>();
        boolean finished;
        try {
            finished = write(left);
        } catch (IOException e) {
            finished = true;
        }
        left.forEach(event -> event.left.complete(null));
        if (finished) {
            finish();
        }
    }

    /** Writes while that goes without waiting. Tells whether the stream is to end now. */
    private synchronized boolean write(List<Event> left) throws IOException {
        while (!over && !waiting) {
            if (!out.isReady()) {
                waiting = true;
            } else if (flushing) {
                flushing = false;
                left.addAll(written);
                written.clear();
            } else if (!queue.isEmpty()) {
                Event event = queue.poll();
                written.add(event);
                out.write(event.bytes);
            } else if (!written.isEmpty()) {
                flushing = true;
                out.flush();
            } else {
                return ending;
            }
        }
        return false;
    }

    private void finish() {
        synchronized (this) {
            if (over) {
                return;
            }
            over = true;
            queue.clear();
            written.clear();
        }
        gone.run();
        try {
            context.complete();
        } catch (IllegalStateException e) {
            LOG.debug("the container has ended the stream already", e);
        }
    }
}
