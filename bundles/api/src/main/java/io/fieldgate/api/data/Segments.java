package io.fieldgate.api.data;

import java.util.Objects;

/** The grammar that the ids of drivers, devices and points share. */
final class Segments {

    private static final int MAX_LENGTH = 64;

    private Segments() {}

    static void check(String what, String segment) {
        Objects.requireNonNull(segment, what);
        if (segment.isEmpty() || segment.length() > MAX_LENGTH || !isPlain(segment)) {
            throw new IllegalArgumentException(
                    what + " must be 1 to " + MAX_LENGTH + " characters of [a-z0-9_-], is \"" + segment + '"');
        }
    }

    static String[] split(String text, int count, String form) {
        String[] segments = text.split("/", -1);
        if (segments.length != count) {
            throw new IllegalArgumentException("expected " + form + ", got \"" + text + '"');
        }
        return segments;
    }

    static boolean isPlain(String segment) {
        for (int i = 0; i < segment.length(); i++) {
            char c = segment.charAt(i);
            if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-')) {
                return false;
            }
        }
        return true;
    }
}
