package io.fieldgate.transport.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a proxy tells of a client.
 *
 * @param client its address, port 0 if that is not told; empty if the proxy does not say
 * @param scheme {@code http} or {@code https}, if it says
 * @param host what the client calls the gateway, if it says
 */
record Forwarded(Optional<InetSocketAddress> client, Optional<String> scheme, Optional<String> host) {

    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";

    /** {@code name=value} (RFC 7239, 4), and what ends it. IPv6 must be quoted, but not everybody does. */
    private static final Pattern PAIR = Pattern.compile("[ \\t]*(" + TOKEN + ")=(?:\"((?:[^\"\\\\]|\\\\.)*)\"|(["
            + "!#$%&'*+.^_`|~0-9A-Za-z:\\[\\]-]*))[ \\t]*(;|,|$)");
    /** A node (RFC 7239, 6): an address of IPv4, one of IPv6 in brackets, or something else; and a port. */
    private static final Pattern NODE =
            Pattern.compile("(?:\\[([^\\]]+)]|([^:\\[\\]]+))(?::(\\d{1,5}|_[A-Za-z0-9._-]+))?");

    private static final Pattern HOST = Pattern.compile("(?:\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]+)(?::\\d{1,5})?");

    private static final int HIGHEST_PORT = 65_535;

    /**
     * Reads the headers {@code Forwarded} (RFC 7239). Each proxy adds its element behind the others, so the last is believed, and the
     * one before it if it was told to a proxy that is trusted as well.
     *
     * @throws IllegalArgumentException if one cannot be read
     */
    static Forwarded standard(List<String> lines, Proxies trusted) {
        List<Map<String, String>> elements = new ArrayList<>();
        lines.forEach(line -> elements.addAll(elements(line)));
        int at = elements.size() - 1;
        Optional<InetSocketAddress> client = node(elements.get(at).getOrDefault("for", "unknown"));
        while (at > 0 && client.isPresent() && trusted.trust(client.get())) {
            at--;
            client = node(elements.get(at).getOrDefault("for", "unknown"));
        }
        return of(
                client,
                Optional.ofNullable(elements.get(at).get("proto")),
                Optional.ofNullable(elements.get(at).get("host")));
    }

    /**
     * Reads the headers that were common before the standard. Of the protocol and the host the last one counts.
     *
     * @throws IllegalArgumentException if what counts of one cannot be read
     */
    static Forwarded customary(List<String> addresses, List<String> schemes, List<String> hosts, Proxies trusted) {
        List<String> nodes = members(addresses);
        Optional<InetSocketAddress> client = Optional.empty();
        for (int at = nodes.size() - 1; at >= 0; at--) {
            client = customaryNode(nodes.get(at));
            if (client.isEmpty() || !trusted.trust(client.get())) {
                break;
            }
        }
        return of(client, last(members(schemes)), last(members(hosts)));
    }

    /** The client's address without its port. */
    Optional<InetAddress> address() {
        return client.map(InetSocketAddress::getAddress);
    }

    private static Forwarded of(Optional<InetSocketAddress> client, Optional<String> scheme, Optional<String> host) {
        Optional<String> lower = scheme.map(given -> given.toLowerCase(Locale.ROOT));
        lower.ifPresent(given -> require(given.equals("http") || given.equals("https"), given));
        host.ifPresent(given -> require(HOST.matcher(given).matches(), given));
        return new Forwarded(client, lower, host);
    }

    private static List<Map<String, String>> elements(String line) {
        List<Map<String, String>> elements = new ArrayList<>();
        Map<String, String> element = new HashMap<>();
        Matcher pair = PAIR.matcher(line);
        int at = 0;
        boolean more = true;
        while (more) {
            require(pair.find(at) && pair.start() == at, line);
            String value = pair.group(2) == null ? pair.group(3) : pair.group(2).replaceAll("\\\\(.)", "$1");
            String before = element.put(pair.group(1).toLowerCase(Locale.ROOT), value);
            require(before == null, line);
            at = pair.end();
            more = !pair.group(4).isEmpty();
            if (!pair.group(4).equals(";")) {
                elements.add(element);
                element = new HashMap<>();
            }
        }
        return elements;
    }

    /** Some write the address of IPv6 without brackets. */
    private static Optional<InetSocketAddress> customaryNode(String text) {
        Optional<InetAddress> bare = IpLiteral.parse(text);
        return bare.isPresent() ? bare.map(address -> new InetSocketAddress(address, 0)) : node(text);
    }

    /** An address, or nothing for one who is not to be known. */
    private static Optional<InetSocketAddress> node(String text) {
        Matcher node = NODE.matcher(text);
        require(node.matches(), text);
        String name = node.group(1) == null ? node.group(2) : node.group(1);
        if (node.group(1) == null && (name.equalsIgnoreCase("unknown") || name.startsWith("_"))) {
            return Optional.empty();
        }
        Optional<InetAddress> address = IpLiteral.parse(name);
        require(address.isPresent() && name.indexOf(':') >= 0 == (node.group(1) != null), text);
        String port = node.group(3);
        int number = port == null || port.startsWith("_") ? 0 : Integer.parseInt(port);
        require(number <= HIGHEST_PORT, text);
        return Optional.of(new InetSocketAddress(address.orElseThrow(), number));
    }

    private static List<String> members(List<String> lines) {
        List<String> members = new ArrayList<>();
        for (String line : lines) {
            for (String member : line.split(",", -1)) {
                members.add(member.strip());
            }
        }
        return members;
    }

    private static Optional<String> last(List<String> members) {
        return members.isEmpty() ? Optional.empty() : Optional.of(members.get(members.size() - 1));
    }

    private static void require(boolean condition, String text) {
        if (!condition) {
            throw new IllegalArgumentException("a proxy has forwarded what cannot be read: " + text);
        }
    }
}
