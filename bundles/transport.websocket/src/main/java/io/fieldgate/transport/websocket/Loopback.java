package io.fieldgate.transport.websocket;

import java.util.Set;

/** Knows an address of this machine itself when it sees one. */
final class Loopback {

    /** Version 6 in both forms, and what {@code transport.http} calls a client at a Unix domain socket. */
    private static final Set<String> OTHERS = Set.of("::1", "0:0:0:0:0:0:0:1", "unix");

    private Loopback() {}

    /**
     * Tells whether a client is on this machine.
     *
     * @param address as the request has it, with or without brackets
     */
    static boolean is(String address) {
        boolean bracketed = address.startsWith("[") && address.endsWith("]");
        String bare = bracketed ? address.substring(1, address.length() - 1) : address;
        return bare.startsWith("127.") || OTHERS.contains(bare);
    }
}
