package io.fieldgate.api.handler;

import io.fieldgate.api.data.CloseReason;
import io.fieldgate.api.data.Message;
import io.fieldgate.api.data.SocketRequest;
import io.fieldgate.api.gateway.SocketSession;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * What to do with the sessions of one path, published as an OSGi service with {@link SocketPath}.
 *
 * <p><b>Life of a session.</b>
 *
 * <ol>
 *   <li>A client asks for the path. {@link #admit} accepts or refuses it before anything is sent.
 *   <li>{@link #opened} is called. From here on the handler may send.
 *   <li>{@link #received} is called for each message, in order. The next message is read when it has returned and the
 *       session's outbound queue is at most half full: a handler that is slow, or that sends more than the client takes,
 *       slows that client down and nobody else.
 *   <li>{@link #closed} is called once, as the last, unless the session changes hands before.
 * </ol>
 *
 * <p><b>Takeover.</b> When the handler's service goes (update, stop, failure) no new callback starts, {@link #parked} is
 * called for each of its sessions, and {@code unregister} waits up to 2 s for the callbacks that run. The sessions stay
 * connected, nothing is lost, and the handler that comes next at the path gets {@link #resumed} for each, with the
 * attributes that its predecessor left. The predecessor's {@link SocketSession} objects do nothing any more. If nobody comes
 * within 30 s (configurable), or {@link SocketResumable} is false, the session closes with 1012.
 *
 * <p><b>Threading.</b> The callbacks of one session never overlap and come in order; those of different sessions run at
 * once. A callback may block, unless the handler has promised otherwise with {@link SocketNonBlocking}; one path can hold a
 * bounded share of the gateway's threads.
 *
 * <p><b>Failure.</b> When a callback throws, that session closes with 1011 and the log says why. A session that was taken over
 * within the last 30 s (configurable) waits for another handler until that time is over, and closes then: a new version that is
 * no good can be rolled back. If that version hangs in a callback and goes, and has not promised otherwise, its successor does not wait for
 * the callback; what that does to the session later has no effect.
 *
 * <p><b>Rank.</b> Of two handlers at one path the one of the higher service ranking gets new sessions; a session stays with
 * its own until that one goes.
 */
@ConsumerType
public interface SocketHandler {

    /**
     * Decides on a request before anything is sent. Path, role and subprotocol have been checked.
     *
     * @param request what the client asks
     * @return accepted, or refused with an HTTP status; unless overridden, accepted
     */
    default Admission admit(SocketRequest request) {
        return Admission.accept();
    }

    /**
     * A session is open. No message of it is read before this has returned.
     *
     * @param session the session; valid until it is closed or taken over
     */
    default void opened(SocketSession session) {}

    /**
     * A session is taken over from the handler that served it before. Unless overridden, treated like a new one.
     *
     * @param session the session; valid until it is closed or taken over
     */
    default void resumed(SocketSession session) {
        opened(session);
    }

    /**
     * A message has come.
     *
     * @param session the session it came by
     * @param message the message, whole
     */
    void received(SocketSession session, Message message);

    /**
     * This handler is about to go and the session will wait for its successor: the last moment to send, and to leave what
     * the successor must know in the session's attributes.
     *
     * @param session the session; it does nothing any more when this has returned
     */
    default void parked(SocketSession session) {}

    /**
     * The session is over. Nothing can be sent any more.
     *
     * @param session the session
     * @param reason why it ended; {@link CloseReason#ABNORMAL} if the connection just broke
     */
    default void closed(SocketSession session, CloseReason reason) {}
}
