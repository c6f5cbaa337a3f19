package io.fieldgate.security;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;

/** Where a client is, as wrong passwords are counted. */
final class ClientAddress {

    private ClientAddress() {}

    static boolean isLoopback(String address) {
        return address.isEmpty()
                || address.startsWith("127.")
                || address.equals("::1")
                || address.equals("0:0:0:0:0:0:0:1")
                || address.equals("[::1]")
                || address.equals("[0:0:0:0:0:0:0:1]");
    }

    /** The address; of IPv6 the first half, for one customer is given the other half whole (RFC 6177). */
    static String key(String address) {
        if (address.indexOf(':') < 0) {
            return address;
        }
        String plain =
                address.startsWith("[") && address.endsWith("]") ? address.substring(1, address.length() - 1) : address;
        int zone = plain.indexOf('%');
        try {
            // A text with a colon is never looked up by name.
            InetAddress parsed = InetAddress.getByName(zone < 0 ? plain : plain.substring(0, zone));
            return parsed instanceof Inet6Address
                    ? HexFormat.of().formatHex(Arrays.copyOf(parsed.getAddress(), 8))
                    : parsed.getHostAddress();
        } catch (UnknownHostException e) {
            return address;
        }
    }
}
