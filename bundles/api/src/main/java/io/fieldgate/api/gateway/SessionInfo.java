package io.fieldgate.api.gateway;

import io.fieldgate.api.data.SocketRequest;
import java.time.Instant;
import org.osgi.annotation.versioning.ProviderType;

/** A session at one moment. */
@ProviderType
public interface SessionInfo {

    /**
     * The session's id.
     *
     * @return a short text
     */
    String id();

    /**
     * How the client asked for the session: path, transport, user, address.
     *
     * @return the request
     */
    SocketRequest request();

    /**
     * When the session opened.
     *
     * @return the time by the gateway's clock
     */
    Instant openedAt();

    /**
     * Tells whether the session waits for its next handler.
     *
     * @return true while it is parked
     */
    boolean parked();

    /**
     * What waits to be sent.
     *
     * @return the number of messages
     */
    int queuedMessages();

    /**
     * What waits to be sent.
     *
     * @return bytes of payload
     */
    long queuedBytes();
}
