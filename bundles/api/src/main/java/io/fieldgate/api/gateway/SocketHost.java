package io.fieldgate.api.gateway;

import io.fieldgate.api.data.SocketRequest;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Where transports bring their clients. A service; its implementation is the core.
 *
 * <p><b>Threading.</b> Safe for use by many threads.
 */
@ProviderType
public interface SocketHost {

    /**
     * Asks whether a client may have a session. Checks path, role and subprotocol, then asks the handler.
     *
     * <p>Returns at once. The stage completes when the handler has answered; when the handler of the path has just gone it
     * waits up to 10 s for the successor. It never completes exceptionally. It may complete on any thread, also before this
     * method returns.
     *
     * @param request what the client asks
     * @return the answer: {@link Entry.Granted}, or {@link Entry.Refused} with 400 (no subprotocol in common), 403 (the role
     *     is not enough), 404 (nobody serves the path), 500 (the handler failed), 503 (the handler has gone, or has all the
     *     threads it may have), or the handler's own status
     */
    CompletionStage<Entry> enter(SocketRequest request);

    /**
     * Tells whether a handler serves a path now, or did until a moment ago.
     *
     * @param path the decoded path, beginning with a slash
     * @return true if {@link #enter} would not answer 404
     */
    boolean serves(String path);
}
