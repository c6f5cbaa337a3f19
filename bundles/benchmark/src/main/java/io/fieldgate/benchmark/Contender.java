package io.fieldgate.benchmark;

import io.fieldgate.benchmark.load.Protocol;
import java.io.IOException;
import java.util.Optional;

/** A server that takes part, on a port of the loopback address; {@link Ability} says what it may be asked for. Used by one thread. */
interface Contender {

    /** What it is called in options and reports. */
    String name();

    /** Which version it is, known once it was started. */
    String version();

    /** Whether it can do something, and so takes part in the figures that need it. */
    boolean can(Ability ability);

    /** What the clients of its echo and its fan-out speak. */
    default Protocol protocol() {
        return Protocol.WEB_SOCKET;
    }

    /** Path of its file of about 1 kB. */
    default String staticPath() {
        return StaticFile.PATH;
    }

    /** Whether it runs in a Java virtual machine, which has a heap, and needs a while until it is as fast and as small as it gets. */
    default boolean isJava() {
        return true;
    }

    /**
     * Makes ready what it is started from, such as a program that must be compiled first; to ask again costs nothing.
     *
     * @return one line that says what is missing on this machine and how to get it; empty if it can be started
     * @throws IOException if the files of the benchmark cannot be written
     */
    default Optional<String> missing() throws IOException {
        return Optional.empty();
    }

    /**
     * Starts it in a process of its own, from the state that it has in normal running.
     *
     * @param extras what it needs beyond that; a peer has it all
     * @return the process, whose port is open
     * @throws IOException if it does not start
     */
    ServerProcess start(Extras extras) throws IOException;
}
