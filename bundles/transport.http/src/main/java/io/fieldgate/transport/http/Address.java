package io.fieldgate.transport.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;

/**
 * Where to listen.
 *
 * @param host a name or an IP address, without brackets
 * @param port 0 for any free port
 */
record Address(String host, int port) implements Place {

    private static final int HIGHEST_PORT = 65_535;
    private static final InetAddress FOUR = address(new byte[] {127, 0, 0, 1});
    private static final InetAddress SIX = address(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1});

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

    /** One address; for {@code localhost} that of IPv4 and, where the machine has it, that of IPv6, for browsers try both. */
    @Override
    public List<InetSocketAddress> sockets() {
        if (!host.equals("localhost")) {
            return List.of(new InetSocketAddress(host, port));
        }
        InetSocketAddress four = new InetSocketAddress(FOUR, port);
        return hasSix() ? List.of(four, new InetSocketAddress(SIX, port)) : List.of(four);
    }

    @Override
    public boolean isLoopback() {
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

    @Override
    public String url(String scheme, int localPort) {
        return scheme + "://" + new Address(host, localPort) + '/';
    }

    /** Tells whether this machine has the loopback address of IPv6. */
    static boolean hasSix() {
        try {
            return NetworkInterface.getByInetAddress(SIX) != null;
        } catch (SocketException e) {
            return false;
        }
    }

    private static InetAddress address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new AssertionError("4 or 16 bytes are an address", e);
        }
    }

    /** {@code HOST:PORT}, with brackets where they are needed. */
    @Override
    public String toString() {
        return (host.indexOf(':') < 0 ? host : '[' + host + ']') + ':' + port;
    }
}
