package io.fieldgate.transport.http;

import io.fieldgate.api.data.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which role a path needs. The first rule counts that matches.
 *
 * <p>Unlike the paths of a listener, {@code /tools/*} matches {@code /tools} too, for a servlet may: what is kept from somebody
 * is better kept whole.
 */
final class Access {

    private static final Pattern METHOD = Pattern.compile("[A-Z]+");
    private static final Pattern SLASHES = Pattern.compile("/{2,}");

    private final List<Rule> rules = new ArrayList<>();

    /** @param method empty for all */
    private record Rule(String method, String path, boolean below, Role role) {

        boolean matches(String asked, String where) {
            boolean here = where.equals(path)
                    || (below && where.startsWith(path) && (path.equals("/") || where.charAt(path.length()) == '/'));
            return here && (method.isEmpty() || method.equals(asked) || (method.equals("GET") && asked.equals("HEAD")));
        }
    }

    /**
     * Checks the configuration.
     *
     * @param configured each {@code [METHOD ]PATTERN ROLE}
     * @throws IllegalArgumentException if a value is not what it should be; it names key and value
     */
    Access(List<String> configured) {
        for (String value : configured) {
            rules.add(rule(value)
                    .orElseThrow(() -> new IllegalArgumentException(
                            "access must be like \"/tools/* operator\" or \"PUT /api/points/* admin\", is \"" + value
                                    + '"')));
        }
    }

    /**
     * The role that is needed.
     *
     * @param path decoded, without a query
     */
    Optional<Role> needed(String method, String path) {
        if (rules.isEmpty()) {
            return Optional.empty();
        }
        String where = path.contains("//") ? SLASHES.matcher(path).replaceAll("/") : path;
        for (Rule rule : rules) {
            if (rule.matches(method, where)) {
                return Optional.of(rule.role());
            }
        }
        return Optional.empty();
    }

    private static Optional<Rule> rule(String value) {
        String[] words = value.strip().split("\\s+", -1);
        if (words.length < 2 || words.length > 3) {
            return Optional.empty();
        }
        String method = words.length == 3 ? words[0] : "";
        String pattern = words[words.length - 2];
        boolean below = pattern.endsWith("/*");
        String path = below ? pattern.substring(0, Math.max(1, pattern.length() - 2)) : pattern;
        if (!path.startsWith("/")
                || path.indexOf('*') >= 0
                || path.indexOf('?') >= 0
                || !(method.isEmpty() || METHOD.matcher(method).matches())) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Rule(method, path, below, Role.of(words[words.length - 1])));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
