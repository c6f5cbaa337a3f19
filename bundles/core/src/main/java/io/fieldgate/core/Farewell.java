package io.fieldgate.core;

import io.fieldgate.api.data.CloseReason;
import io.fieldgate.api.transport.SocketLink;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the link of a session is closed: what is queued goes out first, for up to 5 s; then the link has 5 s to end; then it
 * is given up.
 *
 * <p><b>Threading.</b> The session's monitor guards everything; an effect is run without it.
 */
final class Farewell {

    private static final Logger LOG = LoggerFactory.getLogger(Farewell.class);
    private static final CloseReason NORMAL = CloseReason.normal();
    private static final Duration STEP = Duration.ofSeconds(5);

    private final Session session;
    private final OutboundQueue outbound;
    private final SocketLink link;
    private final SessionHome home;

    // guarded by session
    private CloseReason reason = NORMAL;
    private boolean said;
    private Timer.Pending deadline;

    Farewell(Session session, OutboundQueue outbound, SocketLink link, SessionHome home) {
        this.session = session;
        this.outbound = outbound;
        this.link = link;
        this.home = home;
    }

    CloseReason reason() {
        return reason;
    }

    /** Tells whether the link has been told to close: it fetches nothing any more. */
    boolean isSaid() {
        return said;
    }

    /** Begins; returns the effect. */
    Runnable begin(CloseReason why, boolean drain) {
        reason = why;
        deadline = home.timer().after(STEP, this::hurry);
        return drain ? sayWhenDrained() : sayNow();
    }

    /** Closes the link if nothing waits to be sent; returns the effect. */
    Runnable sayWhenDrained() {
        if (said || outbound.hasUnsent()) {
            return Session.NOTHING;
        }
        said = true;
        CloseReason why = reason;
        return () -> link.close(why);
    }

    /** Forgets what waits to be sent and closes the link; returns the effect. */
    Runnable sayNow() {
        Runnable failing = session.fail(outbound.dropUnsent());
        Runnable say = sayWhenDrained();
        return () -> {
            failing.run();
            say.run();
        };
    }

    /** The link has ended. */
    void end(CloseReason why) {
        reason = why;
        said = true;
        if (deadline != null) {
            deadline.cancel();
        }
    }

    private void hurry() {
        Runnable effect = Session.NOTHING;
        synchronized (session) {
            if (!session.life().isClosed()) {
                effect = sayNow();
                deadline = home.timer().after(STEP, this::giveUp);
            }
        }
        effect.run();
    }

    private void giveUp() {
        LOG.warn("session {}: its link did not end in time and is given up", session.id());
        session.closed(new CloseReason(CloseReason.ABNORMAL, ""));
    }
}
