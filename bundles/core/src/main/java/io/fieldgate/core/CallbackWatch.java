package io.fieldgate.core;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Names the handlers that have promised not to block and do: their callbacks run on the threads that read the sockets, and
 * one that waits there holds up every client. So are those whose {@link Reactions} are late. It looks from time to time at
 * what runs, so it costs a callback nothing.
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
    private Set<Call> last = Set.of();

    CallbackWatch(SessionRegistry sessions, RouteTable routes, Timer timer) {
        this.sessions = sessions;
        this.routes = routes;
        this.timer = timer;
    }

    /** A callback that must not block, while it runs; {@code number} counts those of its session. */
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
        Set<Call> running = new HashSet<>();
        for (Session session : sessions.all()) {
            session.life().watchedCall().ifPresent(running::add);
        }
        Set<Call> before = last;
        last = running;
        running.stream().filter(before::contains).forEach(this::name);
        routes.all().forEach(route -> route.reactions().look(route));
        named.removeIf(route -> !route.isServing());
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
