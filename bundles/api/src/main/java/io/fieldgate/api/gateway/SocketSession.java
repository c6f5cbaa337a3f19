package io.fieldgate.api.gateway;

import io.fieldgate.api.data.CloseReason;
import io.fieldgate.api.data.Message;
import io.fieldgate.api.data.SocketRequest;
import io.fieldgate.api.data.User;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/**
 * One client, as its handler sees it.
 *
 * <p>The object belongs to one handler. When the session changes hands it is revoked: nothing is sent through it any more and
 * the successor has one of its own, equal in {@link #id}. The same holds when the session has closed.
 *
 * <p><b>Sending.</b> What is sent is queued, in order, and never waits. The queue is bounded in messages and bytes; a client
 * that does not take what it is sent fills it, and is then closed with 1013 and the reason logged. A broadcaster avoids this
 * with {@link #sendLatest}.
 *
 * <p><b>Threading.</b> Safe for use by many threads.
 */
@ProviderType
public interface SocketSession {

    /**
     * The session's id, for the log and the shell.
     *
     * @return a short text, never used twice while the gateway runs; it survives a takeover
     */
    String id();

    /**
     * How the client asked for the session.
     *
     * @return the request
     */
    SocketRequest request();

    /**
     * Who the client is.
     *
     * @return the user of the request
     */
    default User user() {
        return request().user();
    }

    /**
     * The subprotocol that is spoken.
     *
     * @return its name, or empty if none was agreed
     */
    Optional<String> subprotocol();

    /**
     * Tells whether something can be sent through this object.
     *
     * @return false if the session has closed or belongs to another handler
     */
    boolean isOpen();

    /**
     * Reads what a handler, this one or its predecessor, has noted of the session.
     *
     * @param key the name of the note
     * @return the note, or empty if there is none
     */
    Optional<String> attribute(String key);

    /**
     * Notes something of the session; it survives a takeover.
     *
     * @param key the name of the note, at most 256 characters
     * @param value the note, at most 64 Ki characters; an empty one removes it
     * @throws IllegalArgumentException if a text is too long, or it would be the 65th note
     */
    void setAttribute(String key, String value);

    /**
     * Queues a message.
     *
     * @param message the message
     * @return false if nothing was queued, for this object is revoked, or the session has closed or closes now because its
     *     queue is full
     */
    boolean send(Message message);

    /**
     * Queues a message and tells when it has left for the network. What has left may still be lost on the way: only an
     * answer of the client's own says that it has arrived.
     *
     * <p>The stages of one handler complete one at a time, those of one session in the order of their messages, on a thread of
     * the gateway that is for this handler alone until it returns; what blocks there delays the handler's other stages. Only
     * if the handler has promised not to block, success comes on the thread that writes, where nothing may block.
     *
     * @param message the message
     * @return a stage that completes when the message has left, or exceptionally with an {@link IllegalStateException} if it
     *     will not, if this object is revoked before, or if 65,536 stages of the handler wait to complete
     */
    CompletionStage<Void> sendTracked(Message message);

    /**
     * Queues a message in the place of an unsent one of the same key, or at the end if there is none.
     *
     * @param key names what the message is about; at most 1,024 keys of a session are unsent at a time
     * @param message the newest about it
     * @return false if nothing was queued, as with {@link #send}
     */
    boolean sendLatest(String key, Message message);

    /**
     * Ends the session: what is queued goes out first, for up to 5 s. Nothing can be queued any more.
     *
     * @param reason what the client is told
     * @throws IllegalArgumentException if the code cannot be sent, see {@link CloseReason#sendable}
     */
    void close(CloseReason reason);
}
