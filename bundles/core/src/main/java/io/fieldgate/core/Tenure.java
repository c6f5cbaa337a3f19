package io.fieldgate.core;

import io.fieldgate.api.data.CloseReason;
import io.fieldgate.api.data.Message;
import io.fieldgate.api.handler.SocketHandler;
import java.util.Locale;

/**
 * One session in the hands of one handler, and the order of its callbacks: first {@code opened} or {@code resumed}, then
 * {@code received} for each message, at the end {@code parked} or {@code closed}. They run in turns, one turn at a time, on
 * the handler's share of the threads, or on the thread that brings a message if the handler has promised not to block.
 *
 * <p><b>Threading.</b> The session's lock guards what is not final, except the call in progress, which belongs to the thread
 * whose turn it is. No callback is called with the lock held.
 */
final class Tenure implements HandlerPool.Task {

    /** A turn gives way to other sessions after so many callbacks. */
    private static final int CALLS_PER_TURN = 16;

    /** What a handler is called for. */
    enum Callback {
        OPENED,
        RESUMED,
        RECEIVED,
        PARKED,
        CLOSED
    }

    private final Session session;
    private final HandlerRoute route;
    private final SessionFacade facade;

    // guarded by session
    private Callback greeting;
    private boolean greeted;
    private boolean leaving;
    private CloseReason end;
    private boolean busy; // a turn runs or is about to
    private boolean running;
    private Thread caller;
    private int calls;

    // the call in progress
    private Callback callback;
    private boolean silent;
    private Message message;
    private CloseReason why;
    private SocketHandler handler;

    /**
     * Begins a tenure.
     *
     * @param greeting the first callback: OPENED or RESUMED
     */
    Tenure(Session session, HandlerRoute route, Callback greeting) {
        this.session = session;
        this.route = route;
        this.greeting = greeting;
        facade = new SessionFacade(session);
    }

    HandlerRoute route() {
        return route;
    }

    SessionFacade facade() {
        return facade;
    }

    /** The first callback, or null once it has begun. With the lock held. */
    Callback greeting() {
        return greeting;
    }

    /** The thread that is in a callback now, or null. With the lock held. */
    Thread caller() {
        return caller;
    }

    /** How many callbacks there were. With the lock held. */
    int calls() {
        return calls;
    }

    /** Tells whether the handler can take another message soon. With the lock held. */
    boolean takesMessages() {
        return greeted
                && !leaving
                && end == null
                && (!busy || (running && !route.spec().nonBlocking()));
    }

    /** Has the callbacks that are due run on the handler's threads. With the lock held. */
    void wake() {
        if (!busy) {
            busy = true;
            route.share().submit(this);
        }
    }

    /** Takes the turn for the thread that calls, if the handler does not block and nobody has it. With the lock held. */
    boolean begin() {
        if (busy || !route.spec().nonBlocking()) {
            return false;
        }
        busy = true;
        return true;
    }

    /** The handler is about to go: {@code parked} comes next, or {@code closed}. With the lock held. */
    void leave() {
        leaving = true;
        wake();
    }

    /** The session is over: {@code closed} comes when what was read has been dealt with. With the lock held. */
    void end(CloseReason reason) {
        if (end == null) {
            end = reason;
            wake();
        }
    }

    /** Runs callbacks, one after the other, until none is due or others must have their turn. */
    @Override
    public void run() {
        boolean failed = false;
        int most = route.spec().nonBlocking() ? Integer.MAX_VALUE : CALLS_PER_TURN;
        for (int left = most; advance(failed, left); left--) {
            failed = callback != null && !silent && !call();
        }
    }

    /** Ends the call in progress and chooses the next; false if this turn is over. */
    private boolean advance(boolean failed, int left) {
        Runnable effect = Session.NOTHING;
        boolean demand;
        boolean goesOn;
        synchronized (session) {
            caller = null;
            if (callback != null) {
                effect = finish(failed);
            }
            running = choose(left);
            demand = (callback == null || !route.spec().nonBlocking()) && claimDemand();
            if (running && callback == null && !demand) {
                running = false;
                busy = false;
            }
            goesOn = running;
        }
        effect.run();
        if (demand) {
            session.demand();
        }
        return goesOn;
    }

    /** A message is asked for before a callback that may block, but after one that does not: then it needs no queue. */
    private boolean claimDemand() {
        return greeted && !leaving && end == null && session.claimDemand(this);
    }

    private Runnable finish(boolean failed) {
        Callback done = callback;
        callback = null;
        message = null;
        handler = null;
        if (done == Callback.OPENED || done == Callback.RESUMED) {
            greeted = true;
        }
        return session.life().finished(this, done, failed);
    }

    private boolean choose(int left) {
        Callback due = session.life().tenure() == this ? due() : null;
        if (due == Callback.RECEIVED && left <= 0) {
            route.share().submit(this);
            return false;
        }
        handler = route.handler();
        callback = handler == null ? null : due;
        if (callback != null) {
            silent = greeting != null && greeting != callback;
            message = callback == Callback.RECEIVED ? session.takeMessage() : null;
            why = end == null ? session.reason() : end;
            greeting = callback == greeting ? null : greeting;
            caller = silent ? null : Thread.currentThread();
            calls++;
        }
        return true;
    }

    /** The callback that is due now, or null. */
    private Callback due() {
        if (leaving) {
            return session.life().isOpen() ? Callback.PARKED : Callback.CLOSED;
        }
        if (end != null && (greeting != null || !session.hasMessage())) {
            return Callback.CLOSED;
        }
        if (greeting != null) {
            return session.life().isOpen() ? greeting : null;
        }
        return session.hasMessage() ? Callback.RECEIVED : null;
    }

    /** Calls the handler; false if it has thrown. */
    private boolean call() {
        try {
            switch (callback) {
                case OPENED -> handler.opened(facade);
                case RESUMED -> handler.resumed(facade);
                case RECEIVED -> handler.received(facade, message);
                case PARKED -> handler.parked(facade);
                case CLOSED -> handler.closed(facade, why);
            }
            return true;
        } catch (Throwable e) { // the boundary to foreign code, which may also fail to link
            boolean waits;
            synchronized (session) {
                waits = session.life().isOnTrial() && callback != Callback.CLOSED;
            }
            route.failed(callback.name().toLowerCase(Locale.ROOT), session, waits, e);
            return false;
        }
    }
}
