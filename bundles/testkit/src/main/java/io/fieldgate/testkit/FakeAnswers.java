package io.fieldgate.testkit;

import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.Sample;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.gateway.PointException;
import io.fieldgate.api.gateway.Write;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * How the hardware behind {@link FakePoints} answers: at once unless told otherwise, late, or with a failure.
 *
 * <p><b>Threading.</b> Safe for use by many threads. A stage completes on the thread that lets it.
 */
public final class FakeAnswers {

    // All guarded by this.
    private final List<Asked> asked = new ArrayList<>();
    private final Deque<Held> held = new ArrayDeque<>();
    private Optional<PointException> failure = Optional.empty();
    private boolean holding;

    FakeAnswers() {}

    /**
     * A request that came.
     *
     * @param point the point
     * @param value what was to be written, or empty if the point was to be read
     * @param how by whom it was to be written, and whether it is held; {@link Write#own} if the point was to be read
     */
    public record Asked(PointId point, Optional<Value> value, Write how) {

        /** Refuses null. */
        public Asked {
            Objects.requireNonNull(point, "point");
            Objects.requireNonNull(value, "value");
            Objects.requireNonNull(how, "how");
        }

        static Asked read(PointId point) {
            return new Asked(point, Optional.empty(), Write.own());
        }

        static Asked write(PointId point, Value value, Write how) {
            return new Asked(point, Optional.of(value), how);
        }
    }

    /** What the hardware does for a request. */
    @FunctionalInterface
    interface Work {
        Sample run() throws PointException;
    }

    private record Held(Work work, CompletableFuture<Sample> answer) {

        void finish() {
            try {
                answer.complete(work.run());
            } catch (PointException e) {
                answer.completeExceptionally(e);
            }
        }
    }

    CompletionStage<Sample> ask(Asked what, Work work) {
        Held request = new Held(work, new CompletableFuture<>());
        Optional<PointException> why;
        synchronized (this) {
            asked.add(what);
            why = failure;
            if (why.isEmpty() && holding) {
                held.add(request);
                return request.answer();
            }
        }
        why.ifPresentOrElse(request.answer()::completeExceptionally, request::finish);
        return request.answer();
    }

    private static PointException failed(PointException.Reason reason) {
        return new PointException(reason, "the device failed: " + reason.id());
    }

    /**
     * What was asked for, answered or not.
     *
     * @return a snapshot, oldest first
     */
    public synchronized List<Asked> asked() {
        return List.copyOf(asked);
    }

    /**
     * What waits for its answer.
     *
     * @return the number of requests
     */
    public synchronized int waiting() {
        return held.size();
    }

    /** Requests wait from now on, until {@link #answerOne} or {@link #failOne}. */
    public synchronized void hold() {
        holding = true;
    }

    /** Requests are answered at once again; those that wait are answered now. */
    public void release() {
        synchronized (this) {
            holding = false;
        }
        while (waiting() > 0) {
            answerOne();
        }
    }

    /**
     * Answers the oldest request that waits.
     *
     * @throws IllegalStateException if none waits
     */
    public void answerOne() {
        take().finish();
    }

    /**
     * Fails the oldest request that waits.
     *
     * @param reason why
     * @throws IllegalStateException if none waits
     */
    public void failOne(PointException.Reason reason) {
        take().answer().completeExceptionally(failed(reason));
    }

    private synchronized Held take() {
        if (held.isEmpty()) {
            throw new IllegalStateException("no request waits");
        }
        return held.remove();
    }

    /**
     * Each request fails from now on.
     *
     * @param reason why
     */
    public void fail(PointException.Reason reason) {
        fail(failed(reason));
    }

    /**
     * Each request fails from now on.
     *
     * @param why what its stage completes with
     */
    public synchronized void fail(PointException why) {
        failure = Optional.of(why);
    }

    /** Requests do not fail any more but for what they ask. */
    public synchronized void recover() {
        failure = Optional.empty();
    }
}
