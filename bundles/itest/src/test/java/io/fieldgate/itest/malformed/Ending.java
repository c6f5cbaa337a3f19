package io.fieldgate.itest.malformed;

/** What a client does when it has said all. */
enum Ending {
    /** It listens until the other side ends the connection. */
    LISTEN,
    /** It says that no more will come (FIN), and listens. */
    HALF_CLOSE,
    /** It is gone (RST). */
    RESET
}
