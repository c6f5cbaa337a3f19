package io.fieldgate.launcher;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The form {@code HOST:PORT}; an IPv6 address stands in brackets (RFC 3986, 3.2.2). */
final class HostAndPort {

    private static final Pattern FORM = Pattern.compile("(\\[[0-9A-Fa-f:.%]+]|[^\\s:\\[\\]]+):(\\d{1,5})");
    private static final int MAX_PORT = 65_535;

    private HostAndPort() {}

    /** Whether a text is of this form, and the port one that there can be. */
    static boolean matches(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches() && Integer.parseInt(matcher.group(2)) <= MAX_PORT;
    }
}
