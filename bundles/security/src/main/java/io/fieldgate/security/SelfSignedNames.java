package io.fieldgate.security;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What this machine is called and which addresses it has, as a certificate states it.
 *
 * @param names DNS names, the machine's own first
 * @param addresses IP addresses
 */
record SelfSignedNames(List<String> names, List<String> addresses) {

    private static final Path KERNEL = Path.of("/proc/sys/kernel/hostname");
    private static final Pattern DNS = Pattern.compile("[a-z0-9]([a-z0-9-]{0,62})(\\.[a-z0-9]([a-z0-9-]{0,62}))*");

    /** A machine with more than that runs containers or tunnels, whose addresses nobody types. */
    private static final int MOST_ADDRESSES = 32;

    /** Asks the system; names are not looked up. */
    static SelfSignedNames ofThisMachine() {
        Set<String> names = new LinkedHashSet<>();
        String host = host();
        if (DNS.matcher(host).matches() && host.length() <= 64) { // RFC 5280, ub-common-name
            names.add(host);
            if (host.indexOf('.') < 0) {
                names.add(host + ".local");
            }
        }
        names.add("localhost");
        return new SelfSignedNames(List.copyOf(names), usableAddresses());
    }

    /** The value of keytool's option {@code -ext} for them. */
    String extension() {
        List<String> parts = new ArrayList<>();
        names.forEach(name -> parts.add("dns:" + name));
        addresses.forEach(address -> parts.add("ip:" + address));
        return "san=" + String.join(",", parts);
    }

    private static String host() {
        try {
            return Files.readString(KERNEL).strip().toLowerCase(Locale.ROOT);
        } catch (IOException e) {
            return "";
        }
    }

    private static List<String> usableAddresses() {
        Set<String> addresses = new LinkedHashSet<>(List.of("127.0.0.1", "::1"));
        try {
            for (NetworkInterface one : Collections.list(NetworkInterface.getNetworkInterfaces())) {
                for (InetAddress address : Collections.list(one.getInetAddresses())) {
                    boolean usable = one.isUp() && !address.isLoopbackAddress() && !isOfOneLink(address);
                    if (usable && addresses.size() < MOST_ADDRESSES) {
                        addresses.add(address.getHostAddress().replaceFirst("%.*", ""));
                    }
                }
            }
        } catch (SocketException e) {
            // then it is those of this machine alone
        }
        return List.copyOf(addresses);
    }

    /** Of IPv6 every machine has such an address, and it means nothing without the interface. */
    private static boolean isOfOneLink(InetAddress address) {
        return address instanceof Inet6Address && address.isLinkLocalAddress();
    }
}
