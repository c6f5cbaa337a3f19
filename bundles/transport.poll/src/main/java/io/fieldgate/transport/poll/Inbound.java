package io.fieldgate.transport.poll;

import io.fieldgate.api.data.CloseReason;
import io.fieldgate.api.data.Message;
import io.fieldgate.api.gateway.LinkedSession;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one client says. The messages of a POST are handed over as the session demands them, and the POST is answered when the
 * last has been taken or it has waited long enough.
 *
 * <p>Messages are handed over on the thread that brought the POST or on one of the container's, never within a call of the
 * session's own, which may be a handler's.
 *
 * <p><b>Threading.</b> Safe for use by many threads; one at a time hands over. The monitor is never held while others are
 * called.
 */
final class Inbound {

    private static final Logger LOG = LoggerFactory.getLogger(Inbound.class);

    private final Gate gate;
    private final int waitSeconds;
    private final Consumer<CloseReason> end;
    private volatile LinkedSession session;

    // guarded by this
    private Post current;
    private long next = 1;
    private boolean demanded;
    private boolean delivering;
    private boolean over;

    /**
     * @param gate to the session
     * @param waitSeconds how long a POST waits
     * @param end takes how the client wants to end, or why it must
     */
    Inbound(Gate gate, int waitSeconds, Consumer<CloseReason> end) {
        this.gate = gate;
        this.waitSeconds = waitSeconds;
        this.end = end;
    }

    /** Begins; there is no POST before. */
    void open(LinkedSession opened) {
        session = opened;
    }

    /** The session can take a message. */
    void demand() {
        Post from;
        synchronized (this) {
            demanded = true;
            from = begins() ? current : null;
        }
        if (from != null) {
            try {
                from.start(this::deliver);
            } catch (RuntimeException e) {
                LOG.debug("{}: the container takes no work any more", session.id(), e);
                synchronized (this) {
                    delivering = false;
                }
            }
        }
    }

    /** Takes a POST; the one before waits no longer. */
    void take(Post post) {
        Runnable answer;
        boolean deliver = false;
        synchronized (this) {
            if (over) {
                answer = () -> post.refuse(Refusal.gone("the session is over"));
            } else if (post.isNumbered() && post.first() > next) {
                long expected = next;
                answer = () -> post.refuse(Refusal.gap(expected, post.first()));
            } else {
                if (post.isNumbered()) {
                    post.skipTo(next);
                }
                answer = post.isEmpty() ? finishing(post) : replacing(post);
                deliver = begins();
            }
        }
        answer.run();
        if (deliver) {
            deliver();
        }
    }

    /** A second has passed. */
    void beat() {
        Runnable answer;
        synchronized (this) {
            answer = current != null && current.beat() >= waitSeconds ? displacing() : () -> {};
        }
        answer.run();
    }

    /** Nothing is taken any more. */
    void stop() {
        Post left;
        synchronized (this) {
            over = true;
            left = current;
            current = null;
        }
        if (left != null) {
            left.refuse(Refusal.gone("the session is over"));
        }
    }

    private void deliver() {
        boolean entered = gate.enter();
        try {
            for (Runnable step = step(entered); step != null; step = step(entered)) {
                step.run();
            }
        } finally {
            if (entered) {
                gate.leave();
            }
        }
    }

    /** Takes the next message out, if it is demanded; returns how to hand it over, or null if there is nothing to do now. */
    private synchronized Runnable step(boolean entered) {
        if (!entered || !demanded || current == null) {
            delivering = false;
            return null;
        }
        demanded = false;
        next++;
        Message message = current.take();
        Post from = current;
        if (!current.isEmpty()) {
            return () -> handOver(message);
        }
        current = null;
        Runnable finishing = finishing(from);
        return () -> {
            handOver(message);
            finishing.run();
        };
    }

    private void handOver(Message message) {
        try {
            session.received(message);
        } catch (RuntimeException e) {
            // The session's own code: a client that nobody looks after any more must not stay.
            LOG.error("session {}: a message was not taken", session.id(), e);
            end.accept(new CloseReason(CloseReason.INTERNAL_ERROR, ""));
        }
    }

    /** Tells whether the caller has to hand over. With the monitor. */
    private boolean begins() {
        boolean begins = demanded && current != null && !delivering;
        delivering |= begins;
        return begins;
    }

    /** Takes a POST in the place of the one before; returns what to do about that. With the monitor. */
    private Runnable replacing(Post post) {
        Runnable answer = current == null ? () -> {} : displacing();
        current = post;
        return answer;
    }

    /** Lets go of the POST that waits; returns how it is answered. With the monitor. */
    private Runnable displacing() {
        Post left = current;
        long reached = next;
        current = null;
        return () -> left.answer(reached);
    }

    /** Returns how a POST is answered that is done. With the monitor. */
    private Runnable finishing(Post post) {
        long reached = next;
        return () -> {
            post.answer(reached);
            post.close().ifPresent(end);
        };
    }
}
