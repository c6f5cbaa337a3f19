package io.fieldgate.core;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Names the handlers that have promised not to block and do: their callbacks run on the threads that read the sockets, and
 * one that waits there holds up every client. So are those whose {@link Reactions} are late. It counts the calls of each
 * handler that do not come back, for those who want to know whether a new version of it works. It looks from time to time
 * at what runs, so it costs a callback nothing.
 *
 * <p><b>Threading.</b> Runs on the thread of the timer alone.
 */
final class CallbackWatch {

    static final Duration PERIOD = Duration.ofMillis(500);

    private static final Logger LOG = LoggerFactory.getLogger(CallbackWatch.class);

    private final SessionRegistry sessions;
    private final RouteTable routes;
    private final Timer timer;
    private final Set<HandlerRoute> named = new HashSet<>();
    private Map<Call, Integer> seen = Map.of(); // how often
    private final Map<HandlerRoute, Integer> awaited = new HashMap<>(); // the same, while it is being made

    CallbackWatch(SessionRegistry sessions, RouteTable routes, Timer timer) {
        this.sessions = sessions;
        this.routes = routes;
        this.timer = timer;
    }

    /** A callback while it runs; {@code number} counts those of its session. */
    record Call(Session session, HandlerRoute route, Thread thread, int number) {}

    void start() {
        timer.after(PERIOD, this::look);
    }

    private void look() {
        try {
            compare();
        } finally {
            start();
        }
    }

    private void compare() {
        Map<Call, Integer> running = new HashMap<>();
        for (Session session : sessions.all()) {
            session.life().call().ifPresent(call -> running.put(call, seen.getOrDefault(call, 0) + 1));
        }
        seen = running;
        Map<HandlerRoute, Integer> overdue = new HashMap<>();
        running.forEach((call, looks) -> {
            if (looks > patience(call.route())) {
                overdue.merge(call.route(), 1, Integer::sum);
                if (call.route().spec().nonBlocking()) {
                    name(call);
                }
            }
        });
        awaited.keySet().removeIf(route -> !route.isAwaited());
        routes.all().forEach(route -> route.overdue(overdue.getOrDefault(route, 0) + others(route)));
        named.removeIf(route -> !route.isServing());
    }

    /** What else of it does not come back: admissions, reactions, the making of the handler. */
    private int others(HandlerRoute route) {
        int late = route.lateAdmissions(patience(route));
        late += route.reactions().look(route) ? 1 : 0;
        if (route.isAwaited() && awaited.merge(route, 1, Integer::sum) > Reactions.LATE_LOOKS) {
            late++;
        }
        return late;
    }

    /** So many looks may find the same call. */
    private static int patience(HandlerRoute route) {
        return route.spec().nonBlocking() ? 1 : Reactions.LATE_LOOKS;
    }

    private void name(Call call) {
        if (named.add(call.route())) {
            Throwable where = new Throwable("where it is now");
            where.setStackTrace(call.thread().getStackTrace());
            LOG.warn(
                    "{} at {} has promised not to block, but holds {} for {} ms or more; all clients wait (session {})",
                    call.route().bundle(),
                    call.route().spec().path(),
                    call.thread().getName(),
                    PERIOD.toMillis(),
                    call.session().id(),
                    where);
        }
    }
}
