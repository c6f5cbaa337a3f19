package io.fieldgate.core;

/** What a session needs of the gateway around it. Called without any lock held. */
interface SessionHome {

    SocketLimits limits();

    Timer timer();

    /** A session is parked and can be adopted: by a handler that is there already, or by the next that comes. */
    void parked(Session session);

    /** The connection of a session has ended. */
    void ended(Session session);
}
