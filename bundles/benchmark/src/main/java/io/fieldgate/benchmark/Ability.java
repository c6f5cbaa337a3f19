package io.fieldgate.benchmark;

/** What can be asked of a server, and so which figures can be taken of it. */
enum Ability {
    /** Sends messages back, at {@code /echo} where its protocol has paths. */
    ECHO,

    /** Speaks plain WebSocket. */
    WEB_SOCKET,

    /** Keeps clients, serves a page at {@code /}, and sends what comes at {@code /fan/publish} to {@code /fan/subscribe}. */
    FANOUT,

    /** Has an echo at {@code /deflate} that compresses. */
    DEFLATE,

    /** Serves a file of about 1 kB. */
    STATIC,

    /** Takes part where thousands talk at the same time. */
    CROWD
}
