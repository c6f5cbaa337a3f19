package io.fieldgate.shell;

import static io.fieldgate.api.data.Role.ADMIN;
import static io.fieldgate.api.data.Role.OPERATOR;
import static io.fieldgate.api.data.Role.VIEWER;

import io.fieldgate.api.data.Role;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The role that each command of the scope {@code fg} needs. What is not listed, such as all of {@code felix}, is for an administrator;
 * a test holds this table against the commands that there are.
 */
final class CommandRoles {

    private static final String SCOPE = "fg:";

    private static final Map<String, Role> NEEDED = new TreeMap<>(Map.ofEntries(
            Map.entry("fg:bundles", VIEWER),
            Map.entry("fg:devices", VIEWER),
            Map.entry("fg:handlers", VIEWER),
            Map.entry("fg:health", VIEWER),
            Map.entry("fg:points", VIEWER),
            Map.entry("fg:read", VIEWER),
            Map.entry("fg:sessions", VIEWER),
            Map.entry("fg:status", VIEWER),
            Map.entry("fg:watch", VIEWER),
            // Who did what, and from where, is not for everybody.
            Map.entry("fg:history", OPERATOR),
            Map.entry("fg:log", OPERATOR),
            Map.entry("fg:close", OPERATOR),
            Map.entry("fg:write", OPERATOR),
            Map.entry("fg:certificate", ADMIN),
            Map.entry("fg:config", ADMIN),
            Map.entry("fg:device-test", ADMIN),
            Map.entry("fg:discover", ADMIN),
            Map.entry("fg:loglevel", ADMIN),
            Map.entry("fg:passwd", ADMIN),
            Map.entry("fg:rollback", ADMIN),
            Map.entry("fg:token", ADMIN),
            Map.entry("fg:update", ADMIN),
            Map.entry("fg:user", ADMIN),
            Map.entry("fg:verify", ADMIN)));

    private CommandRoles() {}

    /** The commands that are listed, each with its scope. */
    static Set<String> listed() {
        return NEEDED.keySet();
    }

    /** The commands that a role may run, each with its scope. */
    static Set<String> of(Role role) {
        Set<String> allowed = new TreeSet<>();
        NEEDED.forEach((command, needed) -> {
            if (role.includes(needed)) {
                allowed.add(command);
            }
        });
        return allowed;
    }

    /** The name of a listed command with its scope, which may have been left out. */
    static Optional<String> named(String name) {
        return Optional.of(name.startsWith(SCOPE) ? name : SCOPE + name).filter(NEEDED::containsKey);
    }

    /** What a command needs. */
    static Role needed(String command) {
        return NEEDED.getOrDefault(command, ADMIN);
    }
}
