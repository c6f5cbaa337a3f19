package io.fieldgate.core;

import io.fieldgate.api.data.Sample;
import io.fieldgate.api.gateway.PointException;
import io.fieldgate.api.gateway.PointException.Reason;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * The answer to one refresh or write. It is given once; the caller's stage is let go in the same moment, so that a call that
 * hangs in a driver holds nothing of a caller who has been answered.
 */
final class PointReply {

    private final AtomicReference<Pending> pending;

    private record Pending(CompletableFuture<Sample> stage, Executor executor, Consumer<PointReply> answered) {}

    /**
     * Makes a reply that is to be given.
     *
     * @param stage what the caller was given
     * @param executor runs what the caller has attached to the stage
     * @param answered gets this reply in the moment that it is answered
     */
    PointReply(CompletableFuture<Sample> stage, Executor executor, Consumer<PointReply> answered) {
        pending = new AtomicReference<>(new Pending(stage, executor, answered));
    }

    void answer(Sample sample) {
        give(stage -> stage.complete(sample));
    }

    void fail(Reason reason, String message) {
        give(stage -> stage.completeExceptionally(new PointException(reason, message)));
    }

    /** Fails it on another executor than its own, if it was not answered yet. */
    void fail(Reason reason, String message, Executor executor) {
        give(stage -> stage.completeExceptionally(new PointException(reason, message)), executor);
    }

    private void give(Consumer<CompletableFuture<Sample>> answer) {
        Pending open = pending.get();
        if (open != null) {
            give(answer, open.executor());
        }
    }

    private void give(Consumer<CompletableFuture<Sample>> answer, Executor executor) {
        Pending open = pending.getAndSet(null);
        if (open != null) {
            open.answered().accept(this);
            executor.execute(() -> answer.accept(open.stage()));
        }
    }
}
