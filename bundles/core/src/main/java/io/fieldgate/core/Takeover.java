package io.fieldgate.core;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the sessions of a handler that goes are parked, and given to the next.
 *
 * <p>Who unregisters a handler waits for its callbacks, but never for one that runs on the very thread that waits, nor on
 * another that waits here, too: a handler may be replacing itself, and two handlers each other.
 *
 * <p><b>Threading.</b> Safe for use by many threads.
 */
final class Takeover {

    private static final Logger LOG = LoggerFactory.getLogger(Takeover.class);

    private final SocketLimits limits;
    private final Timer timer;
    private final RouteTable routes;
    private final SessionRegistry sessions;
    private final Set<Thread> waiting = ConcurrentHashMap.newKeySet();
    private final AtomicReference<Long> end =
            new AtomicReference<>(); // of all waits, in nanoseconds, once all is shut down

    Takeover(SocketLimits limits, Timer timer, RouteTable routes, SessionRegistry sessions) {
        this.limits = limits;
        this.timer = timer;
        this.routes = routes;
        this.sessions = sessions;
    }

    /**
     * Parks the sessions of a handler that goes, and lets go of it. Returns when its callbacks have come back, or the time
     * for that is up.
     */
    void depart(HandlerRoute route) {
        Departure going = new Departure();
        RouteTable.Expected again = routes.expect(route);
        List<Session> left = route.leave();
        timer.after(limits.takeover(), () -> {
            going.expire();
            routes.forget(again);
            expire(route, left);
        });
        left.forEach(session -> session.life().leave(route, going));
        waiting(limits.parkWait(), until -> {
            for (Session session : left) {
                session.life().awaitLeft(route, until, waiting::contains);
            }
            route.awaitAdmissions(until, waiting::contains);
        });
        left.forEach(session -> session.life().detach(route));
        timer.after(
                limits.callbackLate(),
                () -> left.forEach(session -> session.life().expireLate(going)));
        route.release();
        route.reactions().leave(timer, limits.callbackLate());
    }

    private void expire(HandlerRoute route, List<Session> left) {
        long closed = left.stream().filter(session -> session.life().expire()).count();
        if (closed > 0) {
            LOG.warn(
                    "{}: no handler has come within {} s, so {} closed with 1012",
                    route.spec().path(),
                    limits.takeover().toSeconds(),
                    closed == 1 ? "a session is" : closed + " sessions are");
        }
    }

    /** Gives the sessions that wait at its path to a handler that has come. */
    void arrive(HandlerRoute route) {
        sessions.adoptAt(route.spec().path());
    }

    /**
     * Closes all sessions, and returns when their handlers have been told, or the time for that is up. That time begins with
     * the first call, and from then on nothing here is waited for any longer. The ends of the links are the transports' to
     * wait for.
     */
    void shutDown(Duration most) {
        end.compareAndSet(null, System.nanoTime() + most.toNanos());
        Set<Session> left = new HashSet<>(sessions.all());
        routes.all().forEach(route -> left.addAll(route.sessions())); // of some the link has ended before
        sessions.shutDown();
        waiting(most, until -> {
            for (Session session : left) {
                session.life().awaitTold(until, waiting::contains);
            }
        });
    }

    /** A wait that ends at a time of {@link System#nanoTime}. */
    private interface Wait {
        void until(long nanos) throws InterruptedException;
    }

    private void waiting(Duration most, Wait wait) {
        long now = System.nanoTime();
        long least = end.get() == null ? Long.MAX_VALUE : end.get() - now;
        long until = now + Math.min(most.toNanos(), least);
        Thread self = Thread.currentThread();
        boolean outermost = waiting.add(self);
        sessions.all().forEach(session -> session.life().nudge(self));
        try {
            wait.until(until);
        } catch (InterruptedException e) {
            self.interrupt(); // the wait is over, and whoever unregisters may want to know
        } finally {
            if (outermost) {
                waiting.remove(self);
            }
        }
    }
}
