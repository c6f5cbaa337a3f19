package io.fieldgate.transport.http;

import java.util.Comparator;

/**
 * A pattern of the Servlet Whiteboard in its context. Of several that match a path the first in order serves it: the longer path of a
 * context, then as the servlet specification has it (Servlet 6.0, 12.1).
 *
 * @param context the path of the context, empty for the root
 * @param kind what the text means
 * @param text the path that is matched or that a path begins with, with that of the context; or the end of a path
 */
record PathPattern(String context, Kind kind, String text) implements Comparable<PathPattern> {

    private static final Comparator<PathPattern> ORDER = Comparator.comparing(
                    (PathPattern pattern) -> pattern.context.length(), Comparator.reverseOrder())
            .thenComparing(PathPattern::kind)
            .thenComparing(pattern -> pattern.text.length(), Comparator.reverseOrder());

    /** In the order in which they are looked for. */
    enum Kind {
        EXACT,
        PREFIX,
        EXTENSION,
        DEFAULT
    }

    /** Reads a pattern; one that is none matches what it says. */
    static PathPattern of(String context, String pattern) {
        if (pattern.isEmpty()) {
            return new PathPattern(context, Kind.EXACT, context + '/');
        }
        if (pattern.equals("/")) {
            return new PathPattern(context, Kind.DEFAULT, context);
        }
        if (pattern.endsWith("/*")) {
            return new PathPattern(context, Kind.PREFIX, context + pattern.substring(0, pattern.length() - 2));
        }
        return pattern.startsWith("*.")
                ? new PathPattern(context, Kind.EXTENSION, pattern.substring(1))
                : new PathPattern(context, Kind.EXACT, context + pattern);
    }

    /** Tells whether it matches a path, decoded. */
    boolean matches(String path) {
        return switch (kind) {
            case EXACT -> path.equals(text);
            case EXTENSION -> isBelow(path, context) && path.endsWith(text);
            default -> isBelow(path, text);
        };
    }

    /** Two are equal in order, though they are not the same, if they come at one place. */
    @Override
    public int compareTo(PathPattern other) {
        return ORDER.compare(this, other);
    }

    private static boolean isBelow(String path, String prefix) {
        return path.startsWith(prefix) && (path.length() == prefix.length() || path.charAt(prefix.length()) == '/');
    }
}
