package io.fieldgate.core;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the stages of one handler's tracked messages complete, and so where what it has attached to them runs: in order and one
 * at a time. The thread is not one of those for its callbacks, so a callback may wait for a stage; and each handler has one at
 * most, so one whose reaction hangs holds up nobody but itself.
 *
 * <p><b>Threading.</b> Safe for use by many threads. What queues something may be called with a session's monitor held; the
 * effect that it returns is run without.
 */
final class Reactions {

    /** So many stages may wait to complete; beyond that the handler cannot track messages. */
    static final int MAX_WAITING = 65_536;

    /** A reaction that is seen so often, {@link CallbackWatch#PERIOD} apart, is late. */
    static final int LATE_LOOKS = 10;

    private static final Logger LOG = LoggerFactory.getLogger(Reactions.class);

    private final HandlerPool pool;
    private final HandlerPool.Share share;
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile Completion running; // null if there is none

    // the watch's alone
    private Completion seen;
    private int looks;
    private boolean named;

    Reactions(HandlerPool pool) {
        this.pool = pool;
        share = pool.share(1);
    }

    /** Tells whether another message can be tracked. */
    boolean hasRoom() {
        return waiting.get() < MAX_WAITING;
    }

    /** Has the stage of a message that has left complete soon; returns the effect. */
    Runnable succeed(CompletableFuture<Void> left) {
        return queue(new Completion(List.of(left), true));
    }

    /** Has the stages of messages that will not leave fail soon; returns the effect. */
    Runnable fail(List<CompletableFuture<Void>> lost) {
        return lost.isEmpty() ? Session.NOTHING : queue(new Completion(lost, false));
    }

    /** Tells whether one of the handler's reactions is late, and names the handler once. For one thread. */
    boolean look(HandlerRoute route) {
        Completion now = running;
        looks = now != null && now == seen ? looks + 1 : 0;
        seen = now;
        if (looks >= LATE_LOOKS && !named) {
            named = true;
            LOG.warn(
                    "what {} at {} does when a message has left or will not takes {} ms or more; {} more stages wait",
                    route.bundle(),
                    route.spec().path(),
                    CallbackWatch.PERIOD.multipliedBy(LATE_LOOKS).toMillis(),
                    waiting.get());
        }
        return looks >= LATE_LOOKS;
    }

    /** The handler has gone: when its last stage has failed its threads are renewed, and it is given up if that is late. */
    void leave(Timer timer, Duration late) {
        share.submit(new HandlerPool.Task() {
            @Override
            public void run() {
                pool.renew();
            }

            @Override
            public void dropped() {
                pool.renew();
            }
        });
        timer.after(late, share::close);
    }

    private Runnable queue(Completion completion) {
        waiting.addAndGet(completion.stages.size());
        return share.offer(completion) ? Session.NOTHING : completion::run; // when the gateway stops nobody else will
    }

    private final class Completion implements HandlerPool.Task {

        private final List<CompletableFuture<Void>> stages;
        private final boolean success;

        Completion(List<CompletableFuture<Void>> stages, boolean success) {
            this.stages = stages;
            this.success = success;
        }

        @Override
        public void run() {
            running = this;
            stages.forEach(this::complete);
            running = null;
            waiting.addAndGet(-stages.size());
        }

        private void complete(CompletableFuture<Void> stage) {
            if (success) {
                stage.complete(null);
            } else {
                stage.completeExceptionally(new IllegalStateException("the session has ended or changed hands before"));
            }
        }
    }
}
