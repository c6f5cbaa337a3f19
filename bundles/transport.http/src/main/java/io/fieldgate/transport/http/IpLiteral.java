package io.fieldgate.transport.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads IP addresses. Nobody is ever asked for the address of a name: what clients send would make the gateway ask. */
final class IpLiteral {

    private static final String BYTE = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final Pattern FOUR = Pattern.compile(BYTE + "(?:\\." + BYTE + "){3}");
    private static final Pattern SIX = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

    private IpLiteral() {}

    /**
     * Reads an address; one of IPv4 within IPv6 becomes one of IPv4.
     *
     * @param text without brackets, zone and port
     */
    static Optional<InetAddress> parse(String text) {
        boolean six = SIX.matcher(text).matches();
        if (!six && !FOUR.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(six ? '[' + text + ']' : text));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }
}
