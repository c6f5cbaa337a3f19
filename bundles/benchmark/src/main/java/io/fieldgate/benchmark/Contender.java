package io.fieldgate.benchmark;

import java.io.IOException;

/**
 * A server that takes part. It serves a page at {@code /}, an echo at {@code /echo}, and sends what comes at
 * {@code /fan/publish} to everyone at {@code /fan/subscribe}, all on one port of the loopback address. Used by one thread.
 */
interface Contender {

    /** What it is called in options and reports. */
    String name();

    /** Which version it is, known once it was started. */
    String version();

    /**
     * Starts it in a process of its own, from the state that it has in normal running.
     *
     * @param extras what it needs beyond that; a peer has it all
     * @return the process, whose port is open
     * @throws IOException if it does not start
     */
    ServerProcess start(Extras extras) throws IOException;
}
