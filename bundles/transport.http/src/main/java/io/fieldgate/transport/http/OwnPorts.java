package io.fieldgate.transport.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
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

    private volatile List<InetSocketAddress> open = List.of();

    void follow(List<InetSocketAddress> now) {
        open = List.copyOf(now);
    }

    /** Tells whether there is more than one to choose from; seldom, and so asked before all else. */
    boolean areSeveral() {
        return open.size() > 1;
    }

    /**
     * The ports that a client finds who found one under a name.
     *
     * @param name as in the header {@code Host}, without a port; an address stands for itself, any other name for all
     */
    List<Integer> at(String name) {
        return open.stream()
                .filter(address -> isCalled(address.getAddress(), name))
                .map(InetSocketAddress::getPort)
                .distinct()
                .toList();
    }

    private static boolean isCalled(InetAddress address, String name) {
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
