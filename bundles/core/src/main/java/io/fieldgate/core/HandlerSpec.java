package io.fieldgate.core;

import io.fieldgate.api.data.Role;
import io.fieldgate.api.handler.SocketDeflate;
import io.fieldgate.api.handler.SocketMessageMaxBytes;
import io.fieldgate.api.handler.SocketNonBlocking;
import io.fieldgate.api.handler.SocketPath;
import io.fieldgate.api.handler.SocketResumable;
import io.fieldgate.api.handler.SocketRole;
import io.fieldgate.api.handler.SocketSubprotocols;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;

/**
 * What a handler says of itself in its service properties, with their defaults.
 *
 * @param path the path that it serves, maybe with {@code /*} at its end
 * @param subprotocols those that it speaks; empty if any request fits
 * @param role what a user needs
 * @param maxMessageBytes the greatest message that it takes
 * @param deflate whether it wants compression
 * @param nonBlocking whether it has promised not to block
 * @param resumable whether its sessions can change hands
 */
record HandlerSpec(
        String path,
        List<String> subprotocols,
        Role role,
        int maxMessageBytes,
        boolean deflate,
        boolean nonBlocking,
        boolean resumable) {

    private static final int MAX_BYTES = 16_777_216;
    private static final int DEFAULT_BYTES = 65_536;
    private static final Pattern PATH = Pattern.compile("/[^*]*|(/[^*]+)?/\\*");
    /** RFC 9110, 5.6.2. */
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    /**
     * Reads the properties of a service.
     *
     * @throws IllegalArgumentException if one has a bad value; the message names key, value and what is allowed
     */
    static HandlerSpec of(ServiceReference<?> service) {
        return new HandlerSpec(
                path(service),
                subprotocols(service),
                role(service),
                maxMessageBytes(service),
                flag(service, SocketDeflate.NAME, false),
                flag(service, SocketNonBlocking.NAME, false),
                flag(service, SocketResumable.NAME, true));
    }

    /** Names the bundle of a service for people. */
    static String bundleOf(ServiceReference<?> service) {
        Bundle bundle = service.getBundle();
        return bundle == null ? "a bundle that has gone" : bundle.getSymbolicName() + " " + bundle.getVersion();
    }

    /** Tells whether a client that offers these subprotocols can be served. */
    boolean fits(List<String> offered) {
        return subprotocols.isEmpty() || firstSpoken(offered).isPresent();
    }

    /** Tells whether a session on which this subprotocol was agreed, or none, can be taken over. */
    boolean continues(Optional<String> agreed) {
        return subprotocols.isEmpty() || agreed.filter(subprotocols::contains).isPresent();
    }

    /** The first subprotocol that a client offers and the handler declares. */
    Optional<String> firstSpoken(List<String> offered) {
        return offered.stream().filter(subprotocols::contains).findFirst();
    }

    private static String path(ServiceReference<?> service) {
        Object value = service.getProperty(SocketPath.NAME);
        if (value instanceof String path && PATH.matcher(path).matches()) {
            return path;
        }
        throw bad(SocketPath.NAME, "a String like /live or /tools/*", value);
    }

    private static List<String> subprotocols(ServiceReference<?> service) {
        Object value = service.getProperty(SocketSubprotocols.NAME);
        if (value == null) {
            return List.of();
        }
        if (value instanceof String[] names
                && Arrays.stream(names)
                        .allMatch(name -> name != null && TOKEN.matcher(name).matches())) {
            return List.of(names);
        }
        throw bad(SocketSubprotocols.NAME, "a String[] of tokens (RFC 9110, 5.6.2)", value);
    }

    private static Role role(ServiceReference<?> service) {
        Object value = service.getProperty(SocketRole.NAME);
        for (Role role : Role.values()) {
            if (role.id().equals(value == null ? Role.VIEWER.id() : value)) {
                return role;
            }
        }
        throw bad(SocketRole.NAME, "viewer, operator or admin", value);
    }

    private static int maxMessageBytes(ServiceReference<?> service) {
        Object value = service.getProperty(SocketMessageMaxBytes.NAME);
        if (value == null) {
            return DEFAULT_BYTES;
        }
        if (value instanceof Integer bytes && bytes >= 1 && bytes <= MAX_BYTES) {
            return bytes;
        }
        throw bad(SocketMessageMaxBytes.NAME, "an Integer of 1 to " + MAX_BYTES, value);
    }

    private static boolean flag(ServiceReference<?> service, String key, boolean otherwise) {
        Object value = service.getProperty(key);
        if (value == null) {
            return otherwise;
        }
        if (value instanceof Boolean flag) {
            return flag;
        }
        throw bad(key, "a Boolean", value);
    }

    static int rankingOf(ServiceReference<?> service) {
        return service.getProperty(Constants.SERVICE_RANKING) instanceof Integer ranking ? ranking : 0;
    }

    static long idOf(ServiceReference<?> service) {
        return service.getProperty(Constants.SERVICE_ID) instanceof Long id ? id : Long.MAX_VALUE;
    }

    private static IllegalArgumentException bad(String key, String allowed, Object value) {
        String shown = value instanceof Object[] many ? Arrays.toString(many) : String.valueOf(value);
        return new IllegalArgumentException(key + " must be " + allowed + ", is " + shown);
    }
}
