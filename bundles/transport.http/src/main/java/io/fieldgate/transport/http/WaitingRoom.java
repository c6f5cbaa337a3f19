package io.fieldgate.transport.http;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where requests wait, without a thread, while what serves them is replaced. They go on in the order in which they have come. One that has
 * waited for 10 s is answered with 503, and so is one that finds no place.
 *
 * <p>Whoever closes the barrier can wait for the requests that have passed it before: a request says that it is there, and only then looks at
 * the barrier. So each of them either sees the new barrier or is seen.
 *
 * <p><b>Threading.</b> Safe for use by many threads. While nothing is replaced a request takes no lock.
 */
final class WaitingRoom {

    private static final Logger LOG = LoggerFactory.getLogger(WaitingRoom.class);

    /** How long a request waits. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Problem LATE = new Problem(
            HttpStatus.SERVICE_UNAVAILABLE_503, "what serves this path is being replaced, and is not there yet");
    private static final Problem FULL = new Problem(
            HttpStatus.SERVICE_UNAVAILABLE_503,
            "what serves this path is being replaced, and too many requests wait for it (replacing.requests.max)");

    private static final Problem ABANDONED = new Problem(
            HttpStatus.SERVICE_UNAVAILABLE_503, "what serves this path is being replaced, and the client has hung up");

    /** How often it is looked whether clients are still there. */
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    /** A request that has not been here before. */
    private static final long NOW = 0;

    private final Limits limits;
    private final Duration patience;
    private final Dispatches dispatches = new Dispatches();
    private final RareLine refusals =
            new RareLine(LOG::warn, "{} requests were refused: what serves them was being replaced");

    private final Set<Waiter> waiting = new LinkedHashSet<>(); // guarded by this
    private volatile Barrier barrier = Barrier.OPEN; // written with the lock held

    WaitingRoom(Limits limits) {
        this(limits, PATIENCE);
    }

    WaitingRoom(Limits limits, Duration patience) {
        this.limits = limits;
        this.patience = patience;
    }

    /** Something that may wait, and is done by the end of the call otherwise. */
    @FunctionalInterface
    interface Step {
        void run() throws IOException, ServletException;
    }

    /** Lets a request go on, at once or when what serves it is back. */
    boolean pass(Request request, Response response, Callback callback, Request.Handler onward) throws Exception {
        return pass(request, response, callback, onward, NOW);
    }

    /** @param since when it came, by {@link System#nanoTime}; {@link #NOW} if it has not been here before */
    boolean pass(Request request, Response response, Callback callback, Request.Handler onward, long since)
            throws Exception {
        Dispatches.Post post = dispatches.mine();
        boolean first = post.begin(request);
        try {
            if (isFree(barrier, request)) {
                return onward.handle(request, response, callback);
            }
        } finally {
            post.end(first);
        }
        long came = since == NOW ? System.nanoTime() : since;
        admit(new HeldRequest(this, request, response, callback, onward, came));
        return true;
    }

    /** Lets a request go on that was put aside: it is dispatched once more, and does not come by the handlers for that. */
    void passAgain(Visit visit, Step onward) throws IOException, ServletException {
        Dispatches.Post post = dispatches.mine();
        boolean first = post.begin(visit.inner());
        try {
            if (isFree(barrier, visit.inner())) {
                onward.run();
                return;
            }
        } finally {
            post.end(first);
        }
        Optional<Problem> refusal = AsideRequest.refusal(visit);
        if (refusal.isPresent()) {
            visit.answer().setHeader("Retry-After", Integer.toString(ProblemAnswer.RETRY_SECONDS));
            refusal.get().send(visit.answer());
        } else {
            admit(AsideRequest.of(visit, patience));
        }
    }

    /** Has requests wait for what goes from now on, and no others; those that wait for something else go on. */
    void follow(Barrier next) {
        List<Waiter> free;
        synchronized (this) {
            barrier = next;
            free = waiting.stream()
                    .filter(waiter -> isFree(next, waiter.request()))
                    .toList();
            free.forEach(this::leave);
        }
        free.forEach(Waiter::goOn);
    }

    /**
     * Waits until the requests are over that had passed before the barrier was there.
     *
     * @param deadline by {@link System#nanoTime}
     * @return whether they are
     */
    boolean awaitPassed(long deadline) {
        Barrier now = barrier;
        return dispatches.awaitEnd(request -> !isFree(now, request), deadline);
    }

    /** How many requests wait. */
    synchronized int count() {
        return waiting.size();
    }

    private static boolean isFree(Barrier now, Request request) {
        return now == Barrier.OPEN
                || !now.stops(request.getHttpURI().getDecodedPath(), BodyIntake.asksForWebSocket(request));
    }

    private void admit(Waiter waiter) {
        Optional<Problem> refusal = Optional.empty();
        synchronized (this) {
            long left = waiter.since() + patience.toNanos() - System.nanoTime();
            if (!isFree(barrier, waiter.request())) {
                if (left <= 0) {
                    refusal = Optional.of(LATE);
                } else if (waiting.size() >= limits.now().replacingRequests()) {
                    refusal = Optional.of(FULL);
                } else {
                    waiting.add(waiter);
                    waiter.begin();
                    lookAfter(waiter, left);
                    return;
                }
            }
        }
        if (refusal.isEmpty()) { // what serves it has come in between
            waiter.goOn();
        } else {
            refuse(waiter, refusal.get());
        }
    }

    /** @param left of its time, in nanoseconds */
    private void lookAfter(Waiter waiter, long left) {
        waiter.wake(waiter.request()
                .getConnectionMetaData()
                .getConnector()
                .getScheduler()
                .schedule(() -> look(waiter), Math.min(left, LOOK_NANOS), TimeUnit.NANOSECONDS));
    }

    /** With the lock to the end: a request must not go on while it is looked at. */
    private void look(Waiter waiter) {
        Problem problem = LATE;
        synchronized (this) {
            if (!waiting.contains(waiter)) {
                return;
            }
            long left = waiter.since() + patience.toNanos() - System.nanoTime();
            if (left > 0) {
                if (!waiter.isAbandoned()) {
                    lookAfter(waiter, left);
                    return;
                }
                problem = ABANDONED;
            }
            leave(waiter);
        }
        refuse(waiter, problem);
    }

    private void refuse(Waiter waiter, Problem problem) {
        refusals.count();
        waiter.refuse(problem);
    }

    /** Tells whether it was still waiting; then the caller is the one who deals with it. */
    synchronized boolean leave(Waiter waiter) {
        waiter.rest();
        return waiting.remove(waiter);
    }
}
