package io.fieldgate.testkit;

import io.fieldgate.api.data.Message;
import io.fieldgate.api.data.Role;
import io.fieldgate.api.handler.SocketDeflate;
import io.fieldgate.api.handler.SocketMessageMaxBytes;
import io.fieldgate.api.handler.SocketNonBlocking;
import io.fieldgate.api.handler.SocketPath;
import io.fieldgate.api.handler.SocketResumable;
import io.fieldgate.api.handler.SocketRole;
import io.fieldgate.api.handler.SocketSubprotocols;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What a handler declares. A value that is not allowed counts as not given, and is a violation. */
record HandlerProperties(Map<String, Object> properties) {

    private static final int MAX_BYTES = 16_777_216;
    private static final int DEFAULT_BYTES = 65_536;
    private static final Pattern PATH = Pattern.compile("/[^*]*|(/[^*]+)?/\\*");
    /** RFC 9110, 5.6.2. */
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    HandlerProperties {
        properties = Map.copyOf(properties);
    }

    /** A path that the handler serves: a star is filled in. */
    String examplePath() {
        return path().map(path -> path.replace("*", "example")).orElse("/");
    }

    private Optional<String> path() {
        return Optional.ofNullable(properties.get(SocketPath.NAME))
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .filter(path -> PATH.matcher(path).matches());
    }

    List<String> subprotocols() {
        return properties.get(SocketSubprotocols.NAME) instanceof String[] names ? List.of(names) : List.of();
    }

    Role role() {
        return Arrays.stream(Role.values())
                .filter(role -> role.id().equals(properties.get(SocketRole.NAME)))
                .findFirst()
                .orElse(Role.VIEWER);
    }

    int maxMessageBytes() {
        return properties.get(SocketMessageMaxBytes.NAME) instanceof Integer bytes && bytes >= 1 && bytes <= MAX_BYTES
                ? bytes
                : DEFAULT_BYTES;
    }

    boolean nonBlocking() {
        return Boolean.TRUE.equals(properties.get(SocketNonBlocking.NAME));
    }

    boolean resumable() {
        return !Boolean.FALSE.equals(properties.get(SocketResumable.NAME));
    }

    /** Each property with another value than the API allows, in words. */
    List<String> violations() {
        List<String> found = new ArrayList<>();
        if (path().isEmpty()) {
            found.add(wrong(SocketPath.NAME, "a String like /live or /tools/*"));
        }
        check(
                found,
                SocketSubprotocols.NAME,
                "a String[] of tokens (RFC 9110, 5.6.2)",
                value -> value instanceof String[] names
                        && Arrays.stream(names)
                                .allMatch(name -> TOKEN.matcher(name).matches()));
        check(
                found,
                SocketRole.NAME,
                "viewer, operator or admin",
                value -> Arrays.stream(Role.values()).anyMatch(role -> role.id().equals(value)));
        check(
                found,
                SocketMessageMaxBytes.NAME,
                "an Integer of 1 to " + MAX_BYTES,
                value -> value instanceof Integer bytes && bytes >= 1 && bytes <= MAX_BYTES);
        for (String flag : List.of(SocketDeflate.NAME, SocketNonBlocking.NAME, SocketResumable.NAME)) {
            check(found, flag, "a Boolean", Boolean.class::isInstance);
        }
        return found;
    }

    private void check(List<String> found, String key, String allowed, Predicate<Object> valid) {
        if (properties.containsKey(key) && !valid.test(properties.get(key))) {
            found.add(wrong(key, allowed));
        }
    }

    private String wrong(String key, String allowed) {
        Object value = properties.get(key);
        String shown =
                value instanceof Object[] many ? Arrays.toString(many) : value == null ? "missing" : value.toString();
        return key + " must be " + allowed + ", is " + shown;
    }

    /**
     * Messages in a form to compare and to show, whatever order they came in: a handler may answer from threads of its own.
     * Texts are as they are, of binary ones there is the size.
     */
    static List<String> sorted(List<Message> messages) {
        return messages.stream()
                .map(message -> message.isText() ? message.text() : message.toString())
                .sorted()
                .toList();
    }
}
