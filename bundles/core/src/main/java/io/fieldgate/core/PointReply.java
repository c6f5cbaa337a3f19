package io.fieldgate.core;

import io.fieldgate.api.data.Sample;
import io.fieldgate.api.gateway.PointException;
import io.fieldgate.api.gateway.PointException.Reason;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * The answer to one refresh or write. The first that is given counts. The caller's stage is let go in the moment that it
 * completes, so that a call which hangs in a driver holds nothing of a caller who has been answered.
 */
final class PointReply {

    private final Executor executor;
    private final Consumer<PointReply> completed;
    // Guarded by this. No stage: it was completed. No answer: none was given yet.
    private CompletableFuture<Sample> stage;
    private Consumer<CompletableFuture<Sample>> answer;

    /**
     * Makes a reply that is to be given.
     *
     * @param stage what the caller was given
     * @param executor completes it, and so runs what the caller has attached to it
     * @param completed gets this reply in the moment that it lets go of the stage
     */
    PointReply(CompletableFuture<Sample> stage, Executor executor, Consumer<PointReply> completed) {
        this.stage = stage;
        this.executor = executor;
        this.completed = completed;
    }

    void answer(Sample sample) {
        if (decide(open -> open.complete(sample))) {
            executor.execute(() -> take().run());
        }
    }

    void fail(Reason reason, String message) {
        if (decide(failure(reason, message))) {
            executor.execute(() -> take().run());
        }
    }

    /** Lets the stage go, and gives what completes it: as it was answered, or else with a failure. */
    Runnable abandon(Reason reason, String message) {
        decide(failure(reason, message));
        return take();
    }

    private synchronized boolean decide(Consumer<CompletableFuture<Sample>> given) {
        if (answer != null) {
            return false;
        }
        answer = given;
        return true;
    }

    private Runnable take() {
        CompletableFuture<Sample> open;
        Consumer<CompletableFuture<Sample>> given;
        synchronized (this) {
            open = stage;
            given = answer;
            stage = null;
        }
        if (open == null) {
            return () -> {};
        }
        completed.accept(this);
        return () -> given.accept(open);
    }

    private static Consumer<CompletableFuture<Sample>> failure(Reason reason, String message) {
        return open -> open.completeExceptionally(new PointException(reason, message));
    }
}
