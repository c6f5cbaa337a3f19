package io.fieldgate.transport.poll;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a client is: {@code <session>.<n>}.
 *
 * @param session the id of its session, a secret
 * @param number the last message that it has
 */
record Cursor(String session, long number) {

    private static final Pattern FORM = Pattern.compile("([A-Za-z0-9_-]{22})\\.(\\d{1,15})");

    static Optional<Cursor> parse(String text) {
        Matcher form = FORM.matcher(text);
        return form.matches()
                ? Optional.of(new Cursor(form.group(1), Long.parseLong(form.group(2))))
                : Optional.empty();
    }

    /** Hides the secret. */
    @Override
    public String toString() {
        return "message " + number;
    }
}
