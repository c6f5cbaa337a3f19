package io.fieldgate.transport.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Locale;

/**
 * Where to listen.
 *
 * @param host a name or an IP address, without brackets
 * @param port 0 for any free port
 */
record Address(String host, int port) {

    private static final int HIGHEST_PORT = 65_535;

    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException if the host is empty or the port is no port
     */
    Address {
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        host = host.toLowerCase(Locale.ROOT);
        if (host.isBlank()) {
            throw new IllegalArgumentException("host must not be empty");
        }
        if (port < 0 || port > HIGHEST_PORT) {
            throw new IllegalArgumentException("port must be 0 to 65535, is " + port);
        }
    }

    /**
     * Reads {@code HOST:PORT}; an IPv6 address stands in brackets.
     *
     * @param key what the text is called, for the message
     * @throws IllegalArgumentException if it is something else
     */
    static Address of(String key, String text) {
        int colon = text.lastIndexOf(':');
        String host = text.substring(0, Math.max(colon, 0));
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        try {
            if (colon > 0 && (bracketed || host.indexOf(':') < 0)) {
                return new Address(host, Integer.parseInt(text.substring(colon + 1)));
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new IllegalArgumentException(key + " must be HOST:PORT, is \"" + text + '"');
    }

    /** Tells whether only this machine can reach the address; an unknown host is left to {@link Port#open} to find out. */
    boolean isLoopback() {
        try {
            for (InetAddress address : InetAddress.getAllByName(host)) {
                if (!address.isLoopbackAddress()) {
                    return false;
                }
            }
        } catch (UnknownHostException e) {
            return true;
        }
        return true;
    }

    InetSocketAddress resolved() {
        return new InetSocketAddress(host, port);
    }

    /** The address for a browser. */
    String url(int localPort) {
        return "http://" + new Address(host, localPort) + '/';
    }

    /** {@code HOST:PORT}, with brackets where they are needed. */
    @Override
    public String toString() {
        return (host.indexOf(':') < 0 ? host : '[' + host + ']') + ':' + port;
    }
}
