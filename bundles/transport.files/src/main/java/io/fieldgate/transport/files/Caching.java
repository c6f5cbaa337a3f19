package io.fieldgate.transport.files;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** How long a browser may keep a file without asking. */
final class Caching {

    /** A hash in the name: at least eight hexadecimal digits, with a letter, or it may be a date, and a digit, or it may be a word. */
    static final String HASHED = "(.*[.-])?(?=[0-9a-f]*[a-f])(?=[0-9a-f]*[0-9])[0-9a-f]{8,64}\\.[^/]+";

    private static final int MAX_AGE_MAX_SECONDS = 31_536_000;
    private static final String FOREVER = "max-age=" + MAX_AGE_MAX_SECONDS + ", immutable";

    private final Pattern immutable;
    private final String others;

    /**
     * Checks the configuration.
     *
     * @param maxAgeSeconds 0 to 31,536,000, for files without a hash in their name
     * @param immutablePattern what a name looks like that has a hash in it; empty for none
     */
    Caching(int maxAgeSeconds, String immutablePattern) {
        if (maxAgeSeconds < 0 || maxAgeSeconds > MAX_AGE_MAX_SECONDS) {
            throw new IllegalArgumentException(
                    "max.age.s must be 0 to " + MAX_AGE_MAX_SECONDS + ", is " + maxAgeSeconds);
        }
        try {
            immutable = Pattern.compile(immutablePattern);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "immutable.pattern must be a regular expression, is \"" + immutablePattern + '"', e);
        }
        others = maxAgeSeconds == 0 ? "no-cache" : "max-age=" + maxAgeSeconds;
    }

    /** What {@code Cache-Control} says of a file (RFC 9111, 5.2.2; RFC 8246). */
    String control(String fileName) {
        return immutable.matcher(fileName).matches() ? FOREVER : others;
    }
}
