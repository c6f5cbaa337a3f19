package io.fieldgate.core;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What a session needs of the gateway around it. Called without any lock held, unless a method says otherwise. */
interface SessionHome {

    SocketLimits limits();

    Timer timer();

    /**
     * Has futures of messages that will not leave fail soon, on a thread where the handlers' reactions hurt nobody. May be
     * called with the session's monitor held.
     */
    void fail(List<CompletableFuture<Void>> futures);

    /** A session is parked and can be adopted: by a handler that is there already, or by the next that comes. */
    void parked(Session session);

    /** The connection of a session has ended. */
    void ended(Session session);
}
