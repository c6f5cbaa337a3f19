package io.fieldgate.handler.live;

import jakarta.servlet.AsyncContext;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One client whose request waits until there is something new, and is then answered. */
final class LongPoll implements Outlet, Streams.Stream {

    private static final Logger LOG = LoggerFactory.getLogger(LongPoll.class);

    private final AsyncContext context;
    private final Executor worker;
    private final Runnable gone;
    private final Function<Update, HttpAnswer> answer;

    /** What it is to be answered with; the first one counts. */
    private final AtomicReference<Update> news = new AtomicReference<>();

    /** Set by the one that answers, for the worker may be gone before it gets round to it. */
    private final AtomicBoolean answered = new AtomicBoolean();

    /**
     * Prepares the poll.
     *
     * @param context the request, of which nothing was answered yet
     * @param worker answers; the thread that has the news has other clients to serve
     * @param answer makes the answer of what is new
     * @param gone runs once when the poll is over
     */
    LongPoll(AsyncContext context, Executor worker, Function<Update, HttpAnswer> answer, Runnable gone) {
        this.context = context;
        this.worker = worker;
        this.answer = answer;
        this.gone = gone;
    }

    @Override
    public CompletionStage<?> send(Update update) {
        finish(update);
        // Never completes: one update is all that a poll can take.
        return new CompletableFuture<>();
    }

    /** Nothing has come in time. */
    void expire() {
        finish(Update.NONE);
    }

    @Override
    public void keepAlive() {
        // The client expects nothing before the answer.
    }

    /** Answers on this thread, also what the worker was to send: its jobs are dropped when it goes. */
    @Override
    public void end() {
        news.compareAndSet(null, Update.NONE);
        respond();
    }

    private void finish(Update update) {
        if (news.compareAndSet(null, update)) {
            worker.execute(this::respond);
        }
    }

    private void respond() {
        if (!answered.compareAndSet(false, true)) {
            return;
        }
        gone.run();
        try {
            answer.apply(news.get()).send(context);
        } catch (IOException | IllegalStateException e) {
            LOG.debug("a poll could not be answered, its client has gone", e);
        }
    }
}
