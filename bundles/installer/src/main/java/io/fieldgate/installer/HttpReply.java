package io.fieldgate.installer;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/** An answer over HTTP, complete with its body. */
final class HttpReply {

    private final int status;
    private final String type;
    private final byte[] body;
    private final Map<String, String> headers;

    private HttpReply(int status, String type, byte[] body, Map<String, String> headers) {
        this.status = status;
        this.type = type;
        this.body = body;
        this.headers = headers;
    }

    static HttpReply json(int status, UpdateJson.Part members) {
        return new HttpReply(status, "application/json", UpdateJson.object(members), Map.of());
    }

    /** A problem of RFC 9457. */
    static HttpReply problem(int status, UpdateJson.Part members) {
        return new HttpReply(status, "application/problem+json", UpdateJson.object(members), Map.of());
    }

    HttpReply with(String header, String value) {
        Map<String, String> more = new TreeMap<>(headers);
        more.put(header, value);
        return new HttpReply(status, type, body, more);
    }

    /** Hands the answer over, without waiting for the client: the buffer takes it whole, and is sent when the request is complete. */
    void send(HttpServletResponse response) throws IOException {
        response.setStatus(status);
        response.setHeader("Cache-Control", "no-store");
        headers.forEach(response::setHeader);
        response.setContentType(type);
        response.setBufferSize(body.length + 1);
        response.getOutputStream().write(body);
    }
}
