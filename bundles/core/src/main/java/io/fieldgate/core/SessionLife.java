package io.fieldgate.core;

import io.fieldgate.api.data.CloseReason;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The states of one session, and how it changes hands.
 *
 * <pre>
 *   NEW: held by nobody, and only the handler that has let the client in may have it
 *    |
 *    |  given to that handler; PARKED if it has gone meanwhile
 *    |
 *    v      the handler has gone             a handler has come
 *   OPEN ------------------------> PARKED ------------------------> OPEN
 *    |                               |
 *    |  close, failure, queue full   |  nobody came, close
 *    +----------> CLOSING <----------+
 *                    |
 *                    |  the link has ended (from any state)
 *                    +-------> CLOSED
 * </pre>
 *
 * <p>A handler that has taken the session over is on trial for as long as the session would have waited for it. A failure then
 * makes the session PARKED, for any handler but that one.
 *
 * <p>Whoever holds the session, its {@link Tenure}, keeps it through CLOSING and CLOSED until {@code closed} has been called.
 * While the session is PARKED nobody holds it, but a callback of the last handler may be late and must come back before the
 * next one begins.
 *
 * <p><b>Threading.</b> The session's monitor guards everything.
 */
final class SessionLife {

    private static final CloseReason FAILED = new CloseReason(CloseReason.INTERNAL_ERROR, "the handler failed");
    private static final CloseReason LATE = new CloseReason(CloseReason.INTERNAL_ERROR, "the handler does not answer");
    private static final CloseReason RESTART = new CloseReason(CloseReason.SERVICE_RESTART, "the handler has gone");

    private enum State {
        NEW,
        OPEN,
        PARKED,
        CLOSING,
        CLOSED
    }

    private final Session session;
    private final String pattern;
    private final SessionHome home;

    // guarded by session
    private State state = State.NEW;
    private Tenure tenure; // null while nobody holds the session
    private Tenure.Callback greeting = Tenure.Callback.OPENED; // what the next handler is called with first
    private Tenure late; // it has gone and is still in a callback
    private Departure departure; // the one that the session is parked for
    private HandlerRoute refused; // it has failed on the session and does not get it back
    private long trialEnd; // of Timer.nanoTime
    private boolean taken; // over from another handler, at least once

    SessionLife(Session session, String pattern, SessionHome home) {
        this.session = session;
        this.pattern = pattern;
        this.home = home;
    }

    /** The path of the handlers that can hold the session, as they declare it. */
    String pattern() {
        return pattern;
    }

    // ---- asked and told with the monitor held

    boolean isOpen() {
        return state == State.OPEN;
    }

    boolean isParked() {
        return state == State.PARKED;
    }

    boolean isClosing() {
        return state == State.CLOSING;
    }

    boolean isClosed() {
        return state == State.CLOSED;
    }

    boolean isOver() {
        return isClosing() || isClosed();
    }

    /**
     * Tells whether the handler has only just taken the session over. It may turn out to be no good and be replaced again,
     * by the one before: until then its failures do not end the session.
     */
    boolean isOnTrial() {
        return taken && state == State.OPEN && home.timer().nanoTime() - trialEnd < 0;
    }

    /** Who holds the session, or null. */
    Tenure tenure() {
        return tenure;
    }

    boolean isHeldThrough(SessionFacade facade) {
        return tenure != null && tenure.facade() == facade;
    }

    void closing() {
        state = State.CLOSING;
    }

    void ended(CloseReason why) {
        state = State.CLOSED;
        if (tenure != null) {
            tenure.end(why);
        }
        session.notifyAll();
    }

    /** A callback has come back; returns the effect. */
    Runnable finished(Tenure by, Tenure.Callback callback, boolean failed) {
        if (late == by) {
            late = null;
            return failed ? session.beginClose(FAILED, false) : () -> home.parked(session);
        }
        if (tenure != by) {
            return Session.NOTHING;
        }
        if (callback == Tenure.Callback.CLOSED) {
            return release();
        }
        if (callback != Tenure.Callback.PARKED) {
            return failed ? fail() : Session.NOTHING;
        }
        if (state != State.OPEN) {
            return Session.NOTHING; // it was closed within parked: closed comes next
        }
        boolean closes = failed && !isOnTrial();
        Runnable parking = park();
        Runnable closing = closes ? session.beginClose(FAILED, false) : () -> home.parked(session);
        return () -> {
            parking.run();
            closing.run();
        };
    }

    // ---- done by the gateway, without the monitor

    /** Gives a new session to the handler that has let its client in; false if that is about to go, or the gateway. */
    boolean open(HandlerRoute by) {
        return take(State.NEW, by, true);
    }

    /** Gives the session to a handler; false if it does not wait for one, or that one is about to go. */
    boolean adopt(HandlerRoute by) {
        return take(State.PARKED, by, false);
    }

    /** @param here whether a handler that does not block may be called on this thread */
    private boolean take(State from, HandlerRoute by, boolean here) {
        Tenure next;
        boolean inline;
        synchronized (session) {
            if (state != from || late != null || by == refused || !by.add(session)) {
                return false;
            }
            state = State.OPEN;
            departure = null;
            refused = null;
            taken = from == State.PARKED;
            trialEnd = home.timer().nanoTime() + home.limits().takeover().toNanos();
            next = new Tenure(session, by, greeting);
            tenure = next;
            inline = here && next.begin();
            if (!inline) {
                next.wake();
            }
        }
        if (inline) {
            next.run();
        }
        return true;
    }

    /** The handler that holds the session is about to go: {@code parked} or {@code closed} is its last callback. */
    void leave(HandlerRoute from, Departure going) {
        Runnable effect = Session.NOTHING;
        synchronized (session) {
            if (isHeldBy(from)) {
                departure = going;
                effect = from.spec().resumable() ? Session.NOTHING : session.beginClose(RESTART, true);
                tenure.leave();
            }
        }
        effect.run();
    }

    /** Waits until a departing handler has been called the last time, the time is up, or the callback is excused. */
    void awaitLeft(HandlerRoute from, long untilNanos, Predicate<Thread> excused) throws InterruptedException {
        synchronized (session) {
            while (isHeldBy(from) && !isExcused(excused)) {
                long millis = (untilNanos - System.nanoTime()) / 1_000_000;
                if (millis <= 0) {
                    return;
                }
                session.wait(millis);
            }
        }
    }

    /** Waits until the handler has been told the end, the time is up, or the callback is excused. */
    void awaitTold(long untilNanos, Predicate<Thread> excused) throws InterruptedException {
        synchronized (session) {
            while (tenure != null && !isExcused(excused)) {
                long millis = (untilNanos - System.nanoTime()) / 1_000_000;
                if (millis <= 0) {
                    return;
                }
                session.wait(millis);
            }
        }
    }

    /** Has those who wait look again, if a callback runs on this thread. */
    void nudge(Thread thread) {
        synchronized (session) {
            if (tenure != null && tenure.caller() == thread) {
                session.notifyAll();
            }
        }
    }

    /** The callback that runs now. */
    Optional<CallbackWatch.Call> call() {
        synchronized (session) {
            if (tenure == null || tenure.caller() == null) {
                return Optional.empty();
            }
            return Optional.of(new CallbackWatch.Call(session, tenure.route(), tenure.caller(), tenure.calls()));
        }
    }

    /** Takes the session from a handler that has gone, even out of a callback, which may come back late. */
    void detach(HandlerRoute from) {
        Runnable effect = Session.NOTHING;
        synchronized (session) {
            if (isHeldBy(from)) {
                // One that has not proved itself does not hold the session up; unless it holds the thread that reads
                // for it.
                boolean inCallback = tenure.caller() != null
                        && !(isOnTrial() && !tenure.route().spec().nonBlocking());
                if (state != State.OPEN) {
                    effect = release();
                } else {
                    late = inCallback ? tenure : null;
                    Runnable parking = park();
                    effect = inCallback
                            ? parking
                            : () -> {
                                parking.run();
                                home.parked(session);
                            };
                }
            }
        }
        effect.run();
    }

    /** Parks a new session whose handler went before it could be given to it. */
    void await(Departure going) {
        synchronized (session) {
            if (state == State.NEW) {
                state = State.PARKED;
                departure = going;
            }
        }
        home.parked(session);
    }

    /**
     * Closes the session if it still waits for a successor, and the time for one is up.
     *
     * @return whether it was so
     */
    boolean expire() {
        Runnable effect;
        boolean waits;
        synchronized (session) {
            waits = state == State.PARKED && late == null && departure != null && departure.isOver();
            effect = waits ? session.beginClose(RESTART, true) : Session.NOTHING;
        }
        effect.run();
        return waits;
    }

    /** Closes the session if a callback is still out since this departure. */
    void expireLate(Departure going) {
        Runnable effect;
        synchronized (session) {
            effect = late != null && departure == going ? session.beginClose(LATE, false) : Session.NOTHING;
        }
        effect.run();
    }

    /** A callback has thrown; returns the effect. */
    private Runnable fail() {
        if (!isOnTrial()) {
            return session.beginClose(FAILED, false);
        }
        Duration left = Duration.ofNanos(trialEnd - home.timer().nanoTime());
        Departure trial = new Departure();
        HandlerRoute failed = tenure.route();
        Runnable parking = park();
        refused = failed;
        departure = trial;
        return () -> {
            parking.run();
            home.timer().after(left, () -> expireTrial(trial));
            home.parked(session);
        };
    }

    /** Closes the session if nobody has come who can do better. */
    private void expireTrial(Departure trial) {
        Runnable effect;
        synchronized (session) {
            trial.expire();
            effect = isParked() && departure == trial ? session.beginClose(FAILED, false) : Session.NOTHING;
        }
        effect.run();
    }

    private boolean isHeldBy(HandlerRoute route) {
        return tenure != null && tenure.route() == route;
    }

    private boolean isExcused(Predicate<Thread> excused) {
        return tenure != null && tenure.caller() != null && excused.test(tenure.caller());
    }

    private Runnable park() {
        state = State.PARKED;
        greeting = tenure.greeting() == Tenure.Callback.OPENED ? Tenure.Callback.OPENED : Tenure.Callback.RESUMED;
        return release();
    }

    /** Ends the tenure: its facade does nothing any more, and nobody waits for its messages. */
    private Runnable release() {
        HandlerRoute left = tenure.route();
        Runnable failing = session.fail(session.untrack()); // is queued before whoever waits for this goes on
        tenure.facade().revoke();
        tenure = null;
        session.notifyAll();
        return () -> {
            left.remove(session);
            failing.run();
        };
    }
}
