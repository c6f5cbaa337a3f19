package io.fieldgate.core;

import io.fieldgate.api.data.CloseReason;
import io.fieldgate.api.data.Message;
import io.fieldgate.api.data.SocketRequest;
import io.fieldgate.api.gateway.LinkedSession;
import io.fieldgate.api.gateway.SessionInfo;
import io.fieldgate.api.transport.SocketLink;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client, from the moment it is let in to the end of its connection: what comes from it and what goes to it. Its
 * {@link SessionLife} says who may do so.
 *
 * <p><b>Threading.</b> Its own monitor guards what is not final, its life and its tenures too. The monitor is never held
 * while the link, a handler or the home is called: what a change entails comes back as an effect, a {@code Runnable} to be
 * run when the monitor has been left.
 */
final class Session implements LinkedSession {

    static final Runnable NOTHING = () -> {};

    private static final Logger LOG = LoggerFactory.getLogger(Session.class);
    private static final CloseReason FULL = new CloseReason(CloseReason.TRY_AGAIN_LATER, "queue full");

    private final String id;
    private final SocketRequest request;
    private final Optional<String> subprotocol;
    private final SocketLink link;
    private final SessionHome home;
    private final long openedAtMillis;
    private final SessionLife life;

    // guarded by this
    private final InboundQueue inbound = new InboundQueue();
    private final OutboundQueue outbound;
    private final Farewell farewell;
    private final SessionNotes notes = new SessionNotes();
    private boolean demanded;
    private boolean fetching; // flush was called, and next has not answered "none" since

    /** Makes a session that nobody holds yet: it waits to be {@link SessionLife#open opened}. */
    Session(
            String id,
            SocketRequest request,
            Optional<String> subprotocol,
            String pattern,
            SocketLink link,
            long openedAtMillis,
            SessionHome home) {
        this.id = id;
        this.request = request;
        this.subprotocol = subprotocol;
        this.link = link;
        this.openedAtMillis = openedAtMillis;
        this.home = home;
        outbound =
                new OutboundQueue(home.limits().queueMessages(), home.limits().queueBytes());
        farewell = new Farewell(this, outbound, link, home);
        life = new SessionLife(this, pattern, home);
    }

    /** A session at one moment. */
    private record Snapshot(
            String id, SocketRequest request, Instant openedAt, boolean parked, int queuedMessages, long queuedBytes)
            implements SessionInfo {}

    @Override
    public String id() {
        return id;
    }

    SocketRequest request() {
        return request;
    }

    Optional<String> subprotocol() {
        return subprotocol;
    }

    long openedAtMillis() {
        return openedAtMillis;
    }

    SessionLife life() {
        return life;
    }

    synchronized SessionInfo info() {
        return new Snapshot(
                id,
                request,
                Instant.ofEpochMilli(openedAtMillis),
                life.isParked(),
                outbound.messages(),
                outbound.bytes());
    }

    // ---- what comes in: the transport calls

    @Override
    public void received(Message message) {
        Tenure now;
        boolean mine;
        boolean demand;
        synchronized (this) {
            if (!demanded) {
                throw new IllegalStateException("session " + id + " has not asked for a message");
            }
            demanded = false;
            if (life.isOver()) {
                return;
            }
            inbound.add(message);
            now = life.tenure();
            if (now == null) {
                return; // it is for the successor
            }
            mine = now.begin();
            if (!mine) {
                now.wake();
            }
            demand = !mine && now.takesMessages() && claimDemand(now);
        }
        if (mine) {
            now.run();
        } else if (demand) {
            link.demand();
        }
    }

    @Override
    public void closed(CloseReason why) {
        Runnable failing;
        synchronized (this) {
            if (life.isClosed()) {
                return;
            }
            farewell.end(why);
            failing = fail(outbound.clear());
            if (life.tenure() == null) {
                inbound.clear();
            }
            life.ended(why);
        }
        LOG.debug("session {} at {} has ended: {}", id, request.path(), why);
        home.ended(this);
        failing.run();
    }

    // ---- what goes out: the transport fetches

    @Override
    public Optional<Message> next() {
        Runnable effect;
        synchronized (this) {
            Message message = farewell.isSaid() ? null : outbound.fetch();
            if (message != null) {
                return Optional.of(message);
            }
            fetching = false;
            effect = life.isClosing() ? farewell.sayWhenDrained() : NOTHING;
        }
        effect.run();
        return Optional.empty();
    }

    @Override
    public void sent() {
        Runnable completing;
        boolean demand;
        Runnable effect;
        synchronized (this) {
            completing = complete(outbound.sent());
            Tenure now = life.tenure();
            demand = !demanded && now != null && now.takesMessages() && claimDemand(now);
            effect = life.isClosing() ? farewell.sayWhenDrained() : NOTHING;
        }
        completing.run();
        if (demand) {
            link.demand();
        }
        effect.run();
    }

    // ---- what the handler does, through the facade that it was given

    synchronized boolean isOpenFor(SessionFacade facade) {
        return life.isOpen() && life.isHeldThrough(facade);
    }

    synchronized Optional<String> attribute(SessionFacade facade, String key) {
        return life.isHeldThrough(facade) ? notes.get(key) : Optional.empty();
    }

    synchronized void setAttribute(SessionFacade facade, String key, String value) {
        if (life.isHeldThrough(facade)) {
            notes.put(key, value);
        }
    }

    /**
     * Queues a message; false if it was not queued.
     *
     * @param key replaces the unsent message of this key; null for none
     * @param left completes when the message has left; null if nobody asks
     */
    boolean send(SessionFacade facade, Message message, String key, CompletableFuture<Void> left) {
        Runnable effect = NOTHING;
        boolean queued;
        boolean flush;
        synchronized (this) {
            if (!isOpenFor(facade) || (left != null && !reactions().hasRoom())) {
                return false;
            }
            queued = queue(message, key, left);
            if (!queued) {
                effect = overflow(message);
            }
            flush = queued
                    && (!fetching || outbound.isAboveHalf()); // a link may hold back what it has to say, up to this
            fetching |= flush;
        }
        if (flush) {
            link.flush();
        }
        effect.run();
        return queued;
    }

    void close(SessionFacade facade, CloseReason why) {
        Runnable effect;
        synchronized (this) {
            effect = isOpenFor(facade) ? beginClose(why, true) : NOTHING;
        }
        effect.run();
    }

    // ---- what the gateway does

    /** Closes the session when what is queued has gone out. */
    void close(CloseReason why) {
        Runnable effect;
        synchronized (this) {
            effect = beginClose(why, true);
        }
        effect.run();
    }

    /** Closes the session at once, and tells its handler without waiting for the link: the gateway goes. */
    void shutDown(CloseReason why) {
        Runnable effect;
        synchronized (this) {
            effect = life.isClosing() ? farewell.sayNow() : beginClose(why, false);
            inbound.clear();
            if (life.tenure() != null) {
                life.tenure().end(why);
            }
        }
        effect.run();
    }

    /** Asks for a message that was claimed. Without the monitor. */
    void demand() {
        link.demand();
    }

    // ---- for the life and the tenures, with the monitor held

    CloseReason reason() {
        return farewell.reason();
    }

    boolean hasMessage() {
        return !inbound.isEmpty();
    }

    Message takeMessage() {
        return inbound.poll();
    }

    List<CompletableFuture<Void>> untrack() {
        return outbound.untrack();
    }

    /** Tells whether to ask for a message now, and if so notes that it is asked for. */
    boolean claimDemand(Tenure by) {
        if (demanded || !life.isOpen() || life.tenure() != by || outbound.isAboveHalf()) {
            return false;
        }
        SocketLimits limits = home.limits();
        demanded = by.route().spec().nonBlocking()
                ? inbound.isEmpty()
                : inbound.hasRoom(limits.readAhead(), limits.queueBytes());
        return demanded;
    }

    /**
     * Begins to close; nothing can be queued any more.
     *
     * @param drain whether what is queued goes out first
     * @return the effect
     */
    Runnable beginClose(CloseReason why, boolean drain) {
        inbound.clear();
        if (life.isOver()) {
            return NOTHING;
        }
        life.closing();
        return farewell.begin(why, drain);
    }

    /** Has the stages of messages that will not leave fail; returns the effect. */
    Runnable fail(List<CompletableFuture<Void>> lost) {
        return lost.isEmpty() ? NOTHING : reactions().fail(lost);
    }

    /** A handler that does not block learns at once what has left; returns the effect. */
    private Runnable complete(CompletableFuture<Void> left) {
        if (left == null) {
            return NOTHING;
        }
        return life.tenure().route().spec().nonBlocking()
                ? () -> left.complete(null)
                : reactions().succeed(left);
    }

    /** Somebody holds the session whenever a message is tracked. */
    private Reactions reactions() {
        return life.tenure().route().reactions();
    }

    private boolean queue(Message message, String key, CompletableFuture<Void> left) {
        if (key != null) {
            return outbound.put(key, message);
        }
        return left == null ? outbound.add(message) : outbound.add(message, left);
    }

    private Runnable overflow(Message message) {
        String queued = outbound.messages() + " messages, " + outbound.bytes() + " bytes";
        HandlerRoute route = life.tenure().route();
        Runnable closing = beginClose(FULL, false);
        return () -> {
            LOG.warn(
                    "session {} at {} closes with {}: its client does not take what it is sent; {} are queued and {} more"
                            + " bytes do not fit (number {} of this handler)",
                    id,
                    request.path(),
                    FULL,
                    queued,
                    message.size(),
                    route.overflowed());
            closing.run();
        };
    }
}
