package io.fieldgate.security;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/** An answer over HTTP, complete with its body, which is so small that it never waits for the client. */
final class Reply {

    private static final Map<Integer, String> TITLES = Map.of(
            400, "Bad Request",
            401, "Unauthorized",
            403, "Forbidden",
            405, "Method Not Allowed",
            413, "Content Too Large",
            415, "Unsupported Media Type",
            429, "Too Many Requests",
            503, "Service Unavailable");

    private final int status;
    private final String type;
    private final byte[] body;
    private final Map<String, String> headers;

    private Reply(int status, String type, byte[] body, Map<String, String> headers) {
        this.status = status;
        this.type = type;
        this.body = body;
        this.headers = headers;
    }

    static Reply nothing() {
        return new Reply(204, "", new byte[0], Map.of());
    }

    static Reply json(Json.Part members) {
        return new Reply(200, "application/json", Json.object(members), Map.of());
    }

    /** Sends a browser on with GET (RFC 9110, 15.4.4). */
    static Reply seeOther(String path) {
        return new Reply(303, "", new byte[0], Map.of("Location", path));
    }

    /** A problem of RFC 9457. */
    static Reply problem(int status, String detail) {
        byte[] body = Json.object(json -> {
            json.writeStringField("type", "about:blank");
            json.writeStringField("title", TITLES.getOrDefault(status, "Error"));
            json.writeNumberField("status", status);
            json.writeStringField("detail", detail);
        });
        return new Reply(status, "application/problem+json", body, Map.of());
    }

    Reply with(String header, String value) {
        Map<String, String> more = new TreeMap<>(headers);
        more.put(header, value);
        return new Reply(status, type, body, more);
    }

    void send(HttpServletResponse response) throws IOException {
        response.setStatus(status);
        response.setHeader("Cache-Control", "no-store");
        headers.forEach(response::setHeader);
        if (!type.isEmpty()) {
            response.setContentType(type);
            response.getOutputStream().write(body);
        }
    }
}
