package io.fieldgate.transport.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What browsers are told when a page of another origin that may asks for something (Fetch Standard, 3.2). */
final class Cors {

    private static final String MAX_AGE_SECONDS = "600";

    /** Besides those that every page may read (Fetch Standard, 2.2.2). */
    private static final String EXPOSED = "Accept-Ranges, Content-Range, ETag, Retry-After, WWW-Authenticate";

    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");
    private static final Set<String> HEADERS = Set.of(
            "accept",
            "accept-language",
            "authorization",
            "cache-control",
            "content-language",
            "content-type",
            "fieldgate-session",
            "if-match",
            "if-modified-since",
            "if-none-match",
            "last-event-id",
            "range",
            "x-requested-with");

    private Cors() {}

    /** Tells whether the browser only asks what it may do. */
    static boolean isPreflight(HttpServletRequest request) {
        return request.getMethod().equals("OPTIONS") && request.getHeader("Access-Control-Request-Method") != null;
    }

    /** The page may read the answer, and send what identifies its user. */
    static void allow(String origin, HttpServletResponse answer) {
        answer.setHeader("Access-Control-Allow-Origin", origin);
        answer.setHeader("Access-Control-Allow-Credentials", "true");
        answer.setHeader("Access-Control-Expose-Headers", EXPOSED);
    }

    /** Of what was asked for, says what is allowed; the browser draws its conclusions. */
    static void answerPreflight(HttpServletRequest request, HttpServletResponse answer) {
        answer.addHeader("Vary", "Access-Control-Request-Method, Access-Control-Request-Headers");
        String method = request.getHeader("Access-Control-Request-Method");
        if (METHODS.contains(method)) {
            answer.setHeader("Access-Control-Allow-Methods", method);
        }
        List<String> headers = new ArrayList<>();
        for (String line : Collections.list(request.getHeaders("Access-Control-Request-Headers"))) {
            for (String header : line.split(",", -1)) {
                String name = header.strip().toLowerCase(Locale.ROOT);
                if (HEADERS.contains(name)) {
                    headers.add(name);
                }
            }
        }
        if (!headers.isEmpty()) {
            answer.setHeader("Access-Control-Allow-Headers", String.join(", ", headers));
        }
        answer.setHeader("Access-Control-Max-Age", MAX_AGE_SECONDS);
        answer.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }
}
