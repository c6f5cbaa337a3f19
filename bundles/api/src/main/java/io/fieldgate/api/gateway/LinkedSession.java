package io.fieldgate.api.gateway;

import io.fieldgate.api.data.CloseReason;
import io.fieldgate.api.data.Message;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A session as its transport sees it.
 *
 * <p><b>Threading.</b> {@link #received} is called by one thread at a time, and so are {@link #next} and {@link #sent}.
 */
@ProviderType
public interface LinkedSession {

    /**
     * The session's id, for the log.
     *
     * @return a short text, never used twice while the gateway runs
     */
    String id();

    /**
     * Hands over the message that was demanded. Returns without waiting: the handler is called on this thread only if it has
     * promised not to block. The next demand may come before this returns.
     *
     * @param message the message, whole
     * @throws IllegalStateException if there was no demand
     */
    void received(Message message);

    /**
     * Fetches the next message to be sent. It stays in the session's account until it is reported {@link #sent}.
     *
     * @return the message, or empty if there is none now; then {@link io.fieldgate.api.transport.SocketLink#flush} is called
     *     when there is one again
     */
    Optional<Message> next();

    /** Reports that the oldest message that was fetched and not yet reported has left for the network. */
    void sent();

    /**
     * Reports that the connection has ended. To be called exactly once, and nothing after it.
     *
     * @param reason what the client said, or what the transport told it, or {@link CloseReason#ABNORMAL} if the connection
     *     just broke
     */
    void closed(CloseReason reason);
}
