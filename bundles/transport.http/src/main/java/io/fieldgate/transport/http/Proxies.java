package io.fieldgate.transport.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/**
 * The proxies in front of the gateway that are believed when they tell who their client is.
 *
 * <p>Whoever comes from the address of one has come through it, whether it says so or not.
 */
final class Proxies {

    static final Proxies NONE = new Proxies(List.of());

    /** What stands for a proxy at a Unix domain socket. */
    private static final String UNIX = "unix";

    private final List<Net> nets = new ArrayList<>();
    private final boolean unix;

    private record Net(InetAddress first, int bits) {

        boolean contains(byte[] other) {
            byte[] address = first.getAddress();
            if (other.length != address.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> (bit % Byte.SIZE);
                if (((address[bit / Byte.SIZE] ^ other[bit / Byte.SIZE]) & mask) != 0) {
                    return false;
                }
            }
            return true;
        }
    }

    /**
     * Checks the configuration.
     *
     * @throws IllegalArgumentException if a value is not what it should be; it names key and value
     */
    Proxies(List<String> configured) {
        boolean atSocket = false;
        for (String value : configured) {
            if (value.strip().equals(UNIX)) {
                atSocket = true;
            } else {
                nets.add(net(value.strip())
                        .orElseThrow(() -> new IllegalArgumentException(
                                "proxies must be unix, an address, or addresses like 10.0.0.0/8, is \"" + value
                                        + '"')));
            }
        }
        unix = atSocket;
    }

    /** Tells whether there are any. */
    boolean areThere() {
        return unix || !nets.isEmpty();
    }

    /** Tells whether one of them is at an address. */
    boolean trust(SocketAddress peer) {
        if (!(peer instanceof InetSocketAddress inet)) {
            return false;
        }
        if (inet.isUnresolved()) {
            return unix; // see UnixConnector
        }
        byte[] address = inet.getAddress().getAddress();
        for (Net net : nets) {
            if (net.contains(address)) {
                return true;
            }
        }
        return false;
    }

    /**
     * What one of them tells of its client: {@code Forwarded}, or if that is absent {@code X-Forwarded-For}, {@code -Proto} and
     * {@code -Host}. If both are there and tell of two clients, one is likely the client's own invention, passed on.
     *
     * @throws IllegalArgumentException if it cannot be read or believed
     */
    Forwarded told(HttpFields headers) {
        List<String> standard = headers.getValuesList(HttpHeader.FORWARDED);
        List<String> addresses = headers.getValuesList(HttpHeader.X_FORWARDED_FOR);
        Forwarded customary = Forwarded.customary(
                addresses,
                headers.getValuesList(HttpHeader.X_FORWARDED_PROTO),
                headers.getValuesList(HttpHeader.X_FORWARDED_HOST),
                this);
        if (standard.isEmpty()) {
            return customary;
        }
        Forwarded told = Forwarded.standard(standard, this);
        if (!addresses.isEmpty() && !told.address().equals(customary.address())) {
            throw new IllegalArgumentException("Forwarded and X-Forwarded-For tell of two clients");
        }
        return told;
    }

    private static Optional<Net> net(String text) {
        int slash = text.indexOf('/');
        Optional<InetAddress> address = IpLiteral.parse(slash < 0 ? text : text.substring(0, slash));
        if (address.isEmpty()) {
            return Optional.empty();
        }
        int most = address.get().getAddress().length * Byte.SIZE;
        try {
            int bits = slash < 0 ? most : Integer.parseInt(text.substring(slash + 1));
            return bits < 0 || bits > most ? Optional.empty() : Optional.of(new Net(address.get(), bits));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
