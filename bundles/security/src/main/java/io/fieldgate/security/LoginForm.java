package io.fieldgate.security;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What somebody sends to log in.
 *
 * @param name the user's name
 * @param password the password
 * @param next where to go then: a path of this gateway
 */
record LoginForm(String name, String password, String next) {

    static final int MAX_BYTES = 4096;

    private static final int MAX_NEXT = 1024;

    /** Reads a form or a JSON object; empty if it is neither, or lacks something. */
    static Optional<LoginForm> read(String type, byte[] body) {
        try {
            Map<String, Object> members = type.equals(Endpoint.FORM) ? form(body) : Json.read(body);
            if (members.get("name") instanceof String name && members.get("password") instanceof String password) {
                String next = members.get("next") instanceof String path ? path : "";
                return Optional.of(new LoginForm(name, password, path(next)));
            }
            return Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty(); // no cause: a message could have a part of the password
        }
    }

    private static Map<String, Object> form(byte[] body) {
        Map<String, Object> members = new HashMap<>();
        for (String pair : new String(body, StandardCharsets.UTF_8).split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                String name = URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8);
                if (members.put(name, URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8)) != null) {
                    throw new IllegalArgumentException("a field is there twice");
                }
            }
        }
        return members;
    }

    /** A path of this gateway; the root for what a browser might take for another place. */
    static String path(String next) {
        boolean here = next.startsWith("/")
                && next.length() <= MAX_NEXT
                && !next.contains("//")
                && next.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '\\');
        return here ? next : "/";
    }

    /** Not the password, nor the name: people type the one where the other should be. */
    @Override
    public String toString() {
        return "a login form";
    }
}
