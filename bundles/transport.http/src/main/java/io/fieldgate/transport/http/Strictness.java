package io.fieldgate.transport.http;

import java.util.List;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.PreEncodedHttpField;

/** Headers that tell browsers to be strict: defaults for every answer; a servlet may set others. */
final class Strictness {

    static final String POLICY = "default-src 'self'; frame-ancestors 'self'; base-uri 'none'; object-src 'none'";

    private static final String CSP = "Content-Security-Policy";
    private static final HttpField PLAIN_POLICY = new PreEncodedHttpField(CSP, POLICY);
    private static final List<HttpField> ALWAYS = List.of(
            new PreEncodedHttpField("X-Content-Type-Options", "nosniff"),
            new PreEncodedHttpField("Referrer-Policy", "same-origin"),
            new PreEncodedHttpField("Cross-Origin-Opener-Policy", "same-origin"));

    /** No other site gets at pictures and scripts either. Pages of origins that are allowed do, and of a picture no browser tells the origin. */
    private static final HttpField SAME_SITE = new PreEncodedHttpField("Cross-Origin-Resource-Policy", "same-site");

    private static final HttpField VARY = new PreEncodedHttpField("Vary", "Origin");

    private Strictness() {}

    /**
     * For an answer that has no headers yet.
     *
     * @param others whether pages of other origins may use the gateway
     */
    static void apply(HttpFields.Mutable headers, boolean others) {
        for (int i = 0; i < ALWAYS.size(); i++) {
            headers.add(ALWAYS.get(i));
        }
        if (!others) {
            headers.add(SAME_SITE);
        }
        headers.add(PLAIN_POLICY);
        headers.add(VARY);
    }

    /** A page may connect to other ports of the gateway as well. */
    static void allowConnections(HttpFields.Mutable headers, String sources) {
        headers.put(CSP, POLICY + "; connect-src 'self'" + sources);
    }

    /** For an answer that the container gives. */
    static void applyIfAbsent(HttpFields.Mutable headers) {
        for (HttpField field : ALWAYS) {
            putIfAbsent(headers, field);
        }
        putIfAbsent(headers, PLAIN_POLICY);
    }

    private static void putIfAbsent(HttpFields.Mutable headers, HttpField field) {
        if (!headers.contains(field.getName())) {
            headers.put(field);
        }
    }
}
