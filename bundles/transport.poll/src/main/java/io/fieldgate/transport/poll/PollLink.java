package io.fieldgate.transport.poll;

import io.fieldgate.api.data.CloseReason;
import io.fieldgate.api.data.Message;
import io.fieldgate.api.gateway.Entry;
import io.fieldgate.api.gateway.LinkedSession;
import io.fieldgate.api.transport.SocketLink;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One client without a connection of its own: requests come and go, the session stays.
 *
 * <p><b>How it ends.</b> Whoever is first gives the reason: the session, the client, a message that is too great, or nobody
 * hearing for too long. The client is told through the outlet that it has, and the session is over when it has been told, or
 * at once if nothing was on its way. After that the link stays for a while to tell a client that comes back.
 */
final class PollLink implements SocketLink {

    private static final CloseReason AWAY = new CloseReason(CloseReason.GOING_AWAY, "no stream or poll");

    private final String id;
    private final String path;
    private final String user;
    private final int maxMessageBytes;
    private final PollSessions sessions;
    private final Lane lane = new Lane();
    private final Gate gate = new Gate(this::over);
    private final Outbound outbound;
    private final Inbound inbound;
    private final MessageRate rate;
    private final AtomicReference<CloseReason> ending = new AtomicReference<>();
    private volatile LinkedSession session;

    /**
     * @param id the secret by which its client is known
     * @param path where it was opened, and nowhere else can it be used
     * @param user whose it is
     */
    PollLink(String id, String path, String user, int maxMessageBytes, PollSessions sessions, Settings settings) {
        this.id = id;
        this.path = path;
        this.user = user;
        this.maxMessageBytes = maxMessageBytes;
        this.sessions = sessions;
        outbound = new Outbound(lane, gate, settings, sessions.budget(), this::expire);
        rate = new MessageRate(Math.max(1, settings.messagesPerSecond()), System::nanoTime);
        inbound = new Inbound(gate, settings.postWaitSeconds(), this::end);
    }

    String id() {
        return id;
    }

    boolean isAt(String asked) {
        return path.equals(asked);
    }

    boolean isOf(String name) {
        return user.equals(name);
    }

    Outbound outbound() {
        return outbound;
    }

    /** Tells whether its session is over, and it only stays to say so. */
    boolean isOver() {
        return gate.isShut();
    }

    /** Makes the session. What it says is held back until an outlet is attached. */
    void open(Entry.Granted granted) {
        session = granted.open(this);
        outbound.open(session);
        inbound.open(session);
    }

    /** Lets out what was held back. */
    void opened() {
        lane.release();
    }

    @Override
    public void demand() {
        inbound.demand();
    }

    @Override
    public void flush() {
        outbound.flush();
    }

    @Override
    public void close(CloseReason reason) {
        end(reason);
    }

    /** Ends without waiting until the client was told. */
    void cut() {
        inbound.stop();
        outbound.cut();
    }

    /**
     * Takes what the client says, or refuses it.
     *
     * @param limited whether the client is held to a rate
     */
    void take(Post post, PostBody body, boolean limited) {
        if (limited && !rate.take(Math.max(1, body.messages().size()))) {
            post.refuse(Refusal.of(429, "too many messages a second (messages.per.s)"));
            return;
        }
        if (body.ack().isPresent() && body.ack().getAsLong() > outbound.last()) {
            post.refuse(Refusal.badRequest(
                    "\"ack\" is " + body.ack().getAsLong() + ", but the last message was " + outbound.last()));
            return;
        }
        body.ack().ifPresent(outbound::acknowledge);
        if (body.messages().stream().mapToInt(Message::size).anyMatch(size -> size > maxMessageBytes)) {
            String detail = "a message may have " + maxMessageBytes + " bytes";
            post.refuse(Refusal.of(413, detail));
            end(new CloseReason(CloseReason.TOO_BIG, detail));
        } else {
            inbound.take(post);
        }
    }

    /** Ends for a reason, if it has not ended for another. */
    void end(CloseReason reason) {
        if (ending.compareAndSet(null, reason)) {
            inbound.stop();
            outbound.end(reason);
        }
    }

    /** A second has passed. */
    void beat() {
        inbound.beat();
        outbound.beat();
    }

    private void expire() {
        end(AWAY);
        cut();
        sessions.forget(this);
    }

    private void over() {
        CloseReason reason = ending.get();
        session.closed(reason == null ? new CloseReason(CloseReason.ABNORMAL, "") : reason);
        sessions.over();
    }

    /** The session's id for the log, which is not the secret. */
    @Override
    public String toString() {
        LinkedSession now = session;
        return now == null ? "a session not yet open" : "session " + now.id();
    }
}
