package io.fieldgate.core;

import io.fieldgate.api.data.CloseReason;
import io.fieldgate.api.data.SocketRequest;
import io.fieldgate.api.transport.SocketLink;
import java.time.Clock;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The sessions that are there, and who takes over those that are parked.
 *
 * <p><b>Threading.</b> Safe for use by many threads.
 */
final class SessionRegistry implements SessionHome {

    private static final CloseReason GOING = new CloseReason(CloseReason.GOING_AWAY, "the gateway shuts down");

    private final SocketLimits limits;
    private final Clock clock;
    private final Timer timer;
    private final RouteTable routes;
    private final SessionEnds ends;
    private final Map<String, Session> sessions = new ConcurrentHashMap<>();
    private final AtomicLong lastId;
    private volatile boolean closed;

    SessionRegistry(SocketLimits limits, Clock clock, Timer timer, RouteTable routes, SessionEnds ends) {
        this.limits = limits;
        this.clock = clock;
        this.timer = timer;
        this.routes = routes;
        this.ends = ends;
        ends.source(sessions::containsKey);
        // Ids go on from the time of the start: a core that is replaced in a running gateway uses none twice.
        lastId = new AtomicLong(clock.millis());
    }

    /** Makes a session and gives it to its handler, or to the next one if that has gone meanwhile. */
    Session open(SocketRequest request, Optional<String> subprotocol, HandlerRoute route, SocketLink link) {
        String id = Long.toString(lastId.incrementAndGet(), 36);
        Session session = new Session(id, request, subprotocol, route.spec().path(), link, clock.millis(), this);
        sessions.put(id, session);
        if (closed) {
            session.shutDown(GOING);
        } else if (!session.life().open(route)) {
            Departure gone = new Departure();
            timer.after(limits.takeover(), () -> {
                gone.expire();
                session.life().expire();
            });
            session.life().await(gone);
        }
        return session;
    }

    Optional<Session> find(String id) {
        return Optional.ofNullable(sessions.get(id));
    }

    /** Those that are there now; weakly consistent. */
    Collection<Session> all() {
        return sessions.values();
    }

    /** Gives the sessions that wait at a path to a handler that has come there. */
    void adoptAt(String pattern) {
        for (Session session : sessions.values()) {
            if (session.life().pattern().equals(pattern)) {
                parked(session);
            }
        }
    }

    /** Closes all sessions and those that are still to come. */
    void shutDown() {
        closed = true;
        sessions.values().forEach(session -> session.shutDown(GOING));
    }

    @Override
    public SocketLimits limits() {
        return limits;
    }

    @Override
    public Timer timer() {
        return timer;
    }

    @Override
    public void parked(Session session) {
        Optional<HandlerRoute> next = routes.successor(session.life().pattern(), session.subprotocol());
        while (next.isPresent() && !session.life().adopt(next.get())) {
            if (next.get().isServing()) {
                return; // it does not wait any more
            }
            next = routes.successor(session.life().pattern(), session.subprotocol());
        }
        if (next.isEmpty()) {
            session.life().expire();
        }
    }

    @Override
    public void ended(Session session) {
        sessions.remove(session.id());
        ends.ended(session.id());
    }
}
