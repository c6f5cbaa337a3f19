package io.fieldgate.transport.http;

import java.util.List;

/**
 * Which paths a listener serves: {@code /live} is one path, {@code /tools/*} everything below, {@code /*} everything.
 *
 * @param patterns at least one
 */
record Paths(List<String> patterns) {

    static final Paths ALL = new Paths(List.of("/*"));

    /**
     * Checks the patterns.
     *
     * @throws IllegalArgumentException if there is none, or one is no pattern
     */
    Paths {
        patterns = patterns.stream().map(String::strip).toList();
        if (patterns.isEmpty()) {
            throw new IllegalArgumentException("paths must not be empty; /* is all");
        }
        for (String pattern : patterns) {
            String fixed = pattern.endsWith("/*") ? pattern.substring(0, pattern.length() - 1) : pattern;
            if (!fixed.startsWith("/") || fixed.indexOf('*') >= 0 || fixed.indexOf('?') >= 0) {
                throw new IllegalArgumentException("paths must be like /live or /tools/*, is \"" + pattern + '"');
            }
        }
    }

    /** Tells whether a path is served, decoded and without a query. */
    boolean cover(String path) {
        for (String pattern : patterns) {
            if (pattern.endsWith("/*")
                    ? path.startsWith(pattern.substring(0, pattern.length() - 1))
                    : path.equals(pattern)) {
                return true;
            }
        }
        return false;
    }
}
