package io.fieldgate.api.gateway;

import io.fieldgate.api.data.CloseReason;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Who is connected and who serves them: for the shell and for health checks. A service; safe for use by many threads. */
@ProviderType
public interface Sessions {

    /**
     * Lists the sessions that are there now.
     *
     * @return a snapshot, oldest first
     */
    List<SessionInfo> sessions();

    /**
     * Lists the handlers that are there now, and those that are overdue in being made.
     *
     * @return a snapshot, by path and then by rank, the highest first
     */
    List<HandlerInfo> handlers();

    /**
     * Ends a session as {@link SocketSession#close} does.
     *
     * @param id the session's id
     * @param reason what the client is told
     * @return false if there is no such session
     */
    boolean close(String id, CloseReason reason);
}
