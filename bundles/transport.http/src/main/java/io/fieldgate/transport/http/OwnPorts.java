package io.fieldgate.transport.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The ports that are open. A page that came by one of them may use the others.
 *
 * <p><b>Threading.</b> Safe for use by many threads.
 */
final class OwnPorts {

    private static final Pattern FOUR = Pattern.compile("[0-9.]+");

    private volatile List<Open> open = List.of();

    /**
     * A port that is open.
     *
     * @param host what the configuration calls it
     * @param address where; it may stand for all addresses of this machine
     * @param number the port
     * @param tls whether it speaks TLS
     */
    record Open(String host, InetAddress address, int number, boolean tls) {

        /** What an origin begins with that is served there (RFC 6454, 4). */
        String scheme() {
            return tls ? "https" : "http";
        }
    }

    void follow(List<Open> now) {
        open = List.copyOf(now);
    }

    /** Tells whether there is more than one to choose from; seldom, and so asked before all else. */
    boolean areSeveral() {
        return open.size() > 1;
    }

    /** Tells whether other machines can reach one. */
    boolean areForOthers() {
        return open.stream().anyMatch(port -> !port.address().isLoopbackAddress());
    }

    /** Tells whether the configuration has this name for a port. */
    boolean isHost(String name) {
        return open.stream().anyMatch(port -> port.host().equals(name));
    }

    /**
     * The ports that a client finds who found one under a name. From one with TLS that is none without: what came without TLS may come
     * from anybody in between, under any port, and is nothing of ours.
     *
     * @param name as in the header {@code Host}, without a port; an address stands for itself, any other name for all
     * @param tls whether the client came by TLS
     */
    List<Open> at(String name, boolean tls) {
        return open.stream()
                .filter(port -> port.tls() || !tls)
                .filter(port -> isCalled(port.address(), name))
                .distinct()
                .toList();
    }

    private static boolean isCalled(InetAddress address, String name) {
        if (address.isAnyLocalAddress()) {
            return true;
        }
        if (FOUR.matcher(name).matches()) {
            return address.getHostAddress().equals(name);
        }
        try {
            return !name.startsWith("[")
                    || InetAddress.getByName(name).equals(address); // with brackets nobody is asked
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
