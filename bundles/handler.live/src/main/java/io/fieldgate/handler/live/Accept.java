package io.fieldgate.handler.live;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The media ranges that a client takes (RFC 9110, 12.5.1). Their order of preference does not matter here: a client that names
 * event streams wants one.
 */
final class Accept {

    private final Set<String> ranges = new LinkedHashSet<>();
    private final boolean given;

    private Accept(List<String> headers) {
        given = !headers.isEmpty();
        for (String header : headers) {
            for (String range : header.toLowerCase(Locale.ROOT).split(",", -1)) {
                String[] parts = range.replace(" ", "").split(";", -1);
                boolean refused = parts.length > 1 && parts[parts.length - 1].matches("q=0(\\.0{0,3})?");
                if (!refused && !parts[0].isEmpty()) {
                    ranges.add(parts[0]);
                }
            }
        }
    }

    static Accept of(HttpServletRequest request) {
        return new Accept(Collections.list(request.getHeaders("Accept")));
    }

    /** Tells whether a type is named, not only covered by a wildcard. */
    boolean names(String type) {
        return ranges.contains(type);
    }

    /** Tells whether a type is welcome; any is if the client does not say. */
    boolean takes(String type) {
        String group = type.substring(0, type.indexOf('/')) + "/*";
        return !given || names(type) || names(group) || names("*/*");
    }
}
