package io.fieldgate.transport.http;

import java.net.SocketAddress;
import java.util.List;

/** Where to listen. */
sealed interface Place permits Address, SocketFile {

    /** What is to be opened, one connector each, at least one. */
    List<? extends SocketAddress> sockets();

    /** Tells whether only this machine can reach it; an unknown host is left to {@link Port#open} to find out. */
    boolean isLoopback();

    /**
     * The address for people and programs.
     *
     * @param scheme {@code http} or {@code https}; of no meaning for a Unix domain socket
     * @param localPort the port that is open; of no meaning for one either
     */
    String url(String scheme, int localPort);
}
