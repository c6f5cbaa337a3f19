package io.fieldgate.transport.http;

import io.fieldgate.api.data.User;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The requests of known users that are still open when their servlet has returned, such as event streams. Once a second each user is asked
 * about; when what let the user in no longer stands, the connection is closed. There are as many as there are connections at most.
 *
 * <p><b>Threading.</b> Safe for use by many threads. It asks on the thread of Jetty's scheduler, and only while something is open.
 */
final class OpenRequests {

    private static final Logger LOG = LoggerFactory.getLogger(OpenRequests.class);
    private static final int PERIOD_MS = 1_000;

    private final Predicate<User> stands;
    private final int periodMs;
    private final Map<Request, User> open = new ConcurrentHashMap<>();
    private final AtomicBoolean scheduled = new AtomicBoolean();

    /** @param stands tells whether what let a user in still stands */
    OpenRequests(Predicate<User> stands) {
        this(stands, PERIOD_MS);
    }

    OpenRequests(Predicate<User> stands, int periodMs) {
        this.stands = stands;
        this.periodMs = periodMs;
    }

    /** Takes in a request; its servlet must just be returning, for only then it cannot complete meanwhile. */
    void watch(Request request, User user) {
        if (open.putIfAbsent(request, user) == null) {
            Request.addCompletionListener(request, failure -> open.remove(request));
        }
        schedule(request.getConnectionMetaData().getConnector().getScheduler());
    }

    int count() {
        return open.size();
    }

    private void schedule(Scheduler scheduler) {
        if (scheduled.compareAndSet(false, true)) {
            scheduler.schedule(() -> look(scheduler), periodMs, TimeUnit.MILLISECONDS);
        }
    }

    private void look(Scheduler scheduler) {
        try {
            open.forEach((request, user) -> {
                if (!stands.test(user)) {
                    open.remove(request);
                    LOG.info("a request of {} is ended: what let it in no longer stands", user.name());
                    request.getConnectionMetaData()
                            .getConnection()
                            .getEndPoint()
                            .close();
                }
            });
        } catch (RuntimeException e) {
            LOG.error("the users of open requests could not be asked about", e);
        } finally {
            scheduled.set(false);
            if (!open.isEmpty()) {
                schedule(scheduler);
            }
        }
    }
}
