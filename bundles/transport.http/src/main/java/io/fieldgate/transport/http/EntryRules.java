package io.fieldgate.transport.http;

import io.fieldgate.api.data.Role;
import io.fieldgate.api.data.User;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpStatus;

/**
 * Who may come in, and what an anonymous user may do.
 *
 * <p>A page of another site must not use the gateway through the browser of somebody who is near it. Two things could let
 * it: a request across origins, which the browser marks with the header {@code Origin} (RFC 6454, 7), and a name of its own
 * that it lets point to this machine ("DNS rebinding"), which shows in the header {@code Host}. A program that is no browser
 * sends no {@code Origin} and is let in.
 */
final class EntryRules {

    private static final Pattern ORIGIN = Pattern.compile("https?://(\\[[0-9a-f:.]+]|[a-z0-9.-]+)(:\\d{1,5})?");
    private static final Pattern HOST = Pattern.compile("\\[[0-9a-f:.]+]|[a-z0-9.-]+");
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|\\[::1]");
    private static final Pattern PORT = Pattern.compile(":\\d*$");

    /** The role that is nobody's: whoever gives no credentials stays outside. */
    private static final String NONE = "none";

    private final Optional<User> anonymous;
    private final Set<String> origins;
    private final Set<String> hosts;

    /**
     * Checks the configuration.
     *
     * @throws IllegalArgumentException if a value is not what it should be; it names key and value
     */
    EntryRules(String loopbackRole, List<String> originsAllowed, List<String> hostsAllowed) {
        anonymous = anonymous(loopbackRole);
        origins = checked("origins.allowed", originsAllowed, ORIGIN, "like https://panel.example:8443");
        hosts = checked("hosts.allowed", hostsAllowed, HOST, "a host name or address without a port");
    }

    /** Who a user is who gave no credentials, on this machine; empty if there is to be no such user. */
    Optional<User> anonymous() {
        return anonymous;
    }

    /** Tells whether pages of other origins may use the gateway. */
    boolean welcomeOthers() {
        return !origins.isEmpty();
    }

    /** Where a request comes from. */
    enum Origin {
        /** No page, or one of the same origin. */
        SAME,
        /** A page of another origin that may use the gateway. */
        WELCOME,
        /** A page of another origin that may not. */
        STRANGE
    }

    /** Tells why a request may not come in that calls the gateway by this name, if there is one. */
    Optional<Problem> refusal(Optional<String> host) {
        return host.isEmpty() || isKnown(host.get())
                ? Optional.empty()
                : Optional.of(
                        new Problem(
                                HttpStatus.MISDIRECTED_REQUEST_421,
                                "the gateway does not go by the name in the header Host; hosts.allowed of transport.http would add it"));
    }

    /**
     * Tells where a request comes from.
     *
     * @param scheme {@code http} or {@code https}
     * @param host the header {@code Host}, if there is one
     * @param from the headers {@code Origin}
     * @param ports the gateway's own
     */
    Origin origin(String scheme, Optional<String> host, List<String> from, OwnPorts ports) {
        if (from.isEmpty()) {
            return Origin.SAME;
        }
        if (from.size() > 1) {
            return Origin.STRANGE;
        }
        String normal = normal(from.get(0));
        if (host.isPresent() && normal.equals(normal(scheme + "://" + host.get()))) {
            return Origin.SAME;
        }
        boolean welcome = origins.contains(normal) || (host.isPresent() && isOwn(normal, scheme, host.get(), ports));
        return welcome ? Origin.WELCOME : Origin.STRANGE;
    }

    /** A header {@code Host} without the port. */
    static String name(String host) {
        return PORT.matcher(host.toLowerCase(Locale.ROOT)).replaceFirst("");
    }

    /** Tells whether a page came by another port of the gateway, under the same name. */
    private static boolean isOwn(String origin, String scheme, String host, OwnPorts ports) {
        String name = name(host);
        return ports.at(name, scheme.equals("https")).stream()
                .anyMatch(port -> origin.equals(normal(port.scheme() + "://" + name + ':' + port.number())));
    }

    private boolean isKnown(String header) {
        String name = name(header);
        return LOOPBACK.matcher(name).matches() || hosts.contains(name);
    }

    /** An origin in lower case and without the port that its scheme has anyway. */
    private static String normal(String origin) {
        String lower = origin.toLowerCase(Locale.ROOT);
        String port = lower.startsWith("https:") ? ":443" : ":80";
        return lower.endsWith(port) ? lower.substring(0, lower.length() - port.length()) : lower;
    }

    private static Optional<User> anonymous(String role) {
        if (role.equals(NONE)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new User(User.ANONYMOUS, Role.of(role)));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "loopback.role must be viewer, operator, admin or none, is \"" + role + '"', e);
        }
    }

    private static Set<String> checked(String key, List<String> values, Pattern form, String what) {
        Set<String> checked = new TreeSet<>();
        for (String value : values) {
            String lower = value.strip().toLowerCase(Locale.ROOT);
            if (!form.matcher(lower).matches()) {
                throw new IllegalArgumentException(key + " must be " + what + ", is \"" + value + '"');
            }
            checked.add(normal(lower));
        }
        return checked;
    }
}
