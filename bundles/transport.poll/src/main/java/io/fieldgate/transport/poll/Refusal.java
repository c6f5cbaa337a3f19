package io.fieldgate.transport.poll;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Why a client does not get what it asks for; told as a problem of RFC 9457.
 *
 * @param status HTTP status
 * @param detail one line for a person
 * @param next the number of the message that is expected, where that is what went wrong
 */
record Refusal(int status, String detail, OptionalLong next) {

    private static final int TOO_MANY_REQUESTS = 429;

    /** When a client that was told 503 or 429 may ask again: a handler that is replaced is back by then. */
    private static final String RETRY_SECONDS = "2";

    private static final Map<Integer, String> TITLES = Map.ofEntries(
            Map.entry(400, "Bad Request"),
            Map.entry(401, "Unauthorized"),
            Map.entry(403, "Forbidden"),
            Map.entry(404, "Not Found"),
            Map.entry(409, "Conflict"),
            Map.entry(410, "Gone"),
            Map.entry(413, "Content Too Large"),
            Map.entry(415, "Unsupported Media Type"),
            Map.entry(429, "Too Many Requests"),
            Map.entry(500, "Internal Server Error"),
            Map.entry(503, "Service Unavailable"));

    static Refusal of(int status, String detail) {
        return new Refusal(status, detail, OptionalLong.empty());
    }

    static Refusal badRequest(String detail) {
        return of(400, detail);
    }

    static Refusal gone(String detail) {
        return of(410, detail + ": open a new session");
    }

    static Refusal gap(long next, long got) {
        return new Refusal(409, "message " + next + " is expected next, this is " + got, OptionalLong.of(next));
    }

    void send(HttpServletResponse response) throws IOException {
        StringBuilder json = new StringBuilder("{\"type\":\"about:blank\",\"title\":")
                .append(Json.quoted(TITLES.getOrDefault(status, "HTTP status " + status)))
                .append(",\"status\":")
                .append(status)
                .append(",\"detail\":")
                .append(Json.quoted(detail));
        next.ifPresent(number -> json.append(",\"next\":").append(number));
        byte[] body = json.append('}').toString().getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.setHeader("Cache-Control", "no-store");
        if (status == HttpServletResponse.SC_SERVICE_UNAVAILABLE || status == TOO_MANY_REQUESTS) {
            response.setHeader("Retry-After", RETRY_SECONDS);
        }
        response.setContentType("application/problem+json");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
