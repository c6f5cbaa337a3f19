package io.fieldgate.security;

import io.fieldgate.api.data.CloseReason;
import io.fieldgate.api.data.User;
import io.fieldgate.api.gateway.SessionInfo;
import io.fieldgate.api.gateway.Sessions;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes the sessions of those who were let in by what no longer stands: at once, and again once a second for a quarter of a
 * minute, for a session may just be opening.
 *
 * <p><b>Threading.</b> {@link #look} may be called by any thread; all else runs on the timer.
 */
final class SessionWatch {

    private static final Logger LOG = LoggerFactory.getLogger(SessionWatch.class);

    private static final long WATCH_NANOS = TimeUnit.SECONDS.toNanos(15);

    private final ScheduledExecutorService timer;
    private final Supplier<Optional<Sessions>> sessions;
    private final Predicate<User> stands;
    private final LongSupplier nanoTime;

    private boolean watching; // for the timer's thread alone
    private long until; // for the timer's thread alone

    SessionWatch(
            ScheduledExecutorService timer,
            Supplier<Optional<Sessions>> sessions,
            Predicate<User> stands,
            LongSupplier nanoTime) {
        this.timer = timer;
        this.sessions = sessions;
        this.stands = stands;
        this.nanoTime = nanoTime;
    }

    /**
     * Begins to look at the time, and first for what was taken back while nobody looked.
     *
     * @param ended tells whether something has ended by itself since it was last asked
     * @return what ends it
     */
    Future<?> start(BooleanSupplier ended) {
        look();
        return timer.scheduleWithFixedDelay(() -> tick(ended), 1, 1, TimeUnit.SECONDS);
    }

    /** Something has been taken back. */
    void look() {
        timer.execute(() -> tick(() -> true));
    }

    private void tick(BooleanSupplier ended) {
        try {
            if (ended.getAsBoolean()) {
                watching = true;
                until = nanoTime.getAsLong() + WATCH_NANOS;
            }
            if (watching) {
                sweep();
                watching = nanoTime.getAsLong() - until < 0;
            }
        } catch (RuntimeException e) {
            // A timer forgets a task that throws.
            LOG.error("sessions of users who may not stay could not be looked for, in a second again", e);
        }
    }

    private void sweep() {
        sessions.get().ifPresent(all -> {
            for (SessionInfo session : all.sessions()) {
                User user = session.request().user();
                if (!stands.test(user) && all.close(session.id(), reason(user))) {
                    LOG.info(
                            "session {} of {} is closed: {}",
                            session.id(),
                            user.name(),
                            reason(user).text());
                }
            }
        });
    }

    private static CloseReason reason(User user) {
        String kind = Grant.parse(user.grant()).map(Grant::kind).orElse("");
        return new CloseReason(
                CloseReason.POLICY,
                switch (kind) {
                    case Grant.LOGIN -> "the login has ended";
                    case Grant.TOKEN -> "the token was revoked or has expired";
                    default -> "the user has been changed or removed";
                });
    }
}
