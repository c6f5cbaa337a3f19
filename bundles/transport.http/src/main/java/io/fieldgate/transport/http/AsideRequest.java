package io.fieldgate.transport.http;

import jakarta.servlet.AsyncContext;
import java.time.Duration;
import java.util.Optional;

/** A request that waits and that the servlet container keeps. When it is dispatched again it comes by the room again. */
final class AsideRequest extends Waiter {

    /** Request attribute: the request as it waited last. */
    private static final String ATTRIBUTE = AsideRequest.class.getName();

    private final AsyncContext later;
    private Optional<Problem> refusal = Optional.empty(); // handed over by the dispatch

    private AsideRequest(Visit visit, long since, Duration patience) {
        super(visit.inner(), since);
        later = visit.request().startAsync();
        later.setTimeout(2 * patience.toMillis());
        visit.request().setAttribute(ATTRIBUTE, this);
    }

    /** Puts a request aside; if it was before, its time goes on. */
    static AsideRequest of(Visit visit, Duration patience) {
        long since = before(visit).map(Waiter::since).orElseGet(System::nanoTime);
        return new AsideRequest(visit, since, patience);
    }

    /** Why a request is not to wait any more that was put aside before. */
    static Optional<Problem> refusal(Visit visit) {
        return before(visit).flatMap(before -> before.refusal);
    }

    private static Optional<AsideRequest> before(Visit visit) {
        return visit.request().getAttribute(ATTRIBUTE) instanceof AsideRequest before
                ? Optional.of(before)
                : Optional.empty();
    }

    @Override
    void begin() {
        // the container looks after it
    }

    @Override
    boolean isAbandoned() {
        return false;
    }

    @Override
    void goOn() {
        later.dispatch();
    }

    @Override
    void refuse(Problem problem) {
        refusal = Optional.of(problem);
        later.dispatch();
    }
}
