package io.fieldgate.transport.files;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Why there is no file, as a problem of RFC 9457. None of its texts has a character that JSON escapes.
 *
 * @param status HTTP status
 * @param title what the status means
 * @param detail one line for a person
 */
record Problem(int status, String title, String detail) {

    static final Problem METHOD = new Problem(405, "Method Not Allowed", "a file can be read, and nothing else");
    static final Problem PRECONDITION =
            new Problem(412, "Precondition Failed", "the file is not what the request expects");
    static final Problem RANGE =
            new Problem(416, "Range Not Satisfiable", "the file has nothing of what the request asks for");
    static final Problem AWAY =
            new Problem(503, "Service Unavailable", "the folder of this path is not there; the log names it");

    void send(HttpServletResponse response) throws IOException {
        byte[] body = "{\"type\":\"about:blank\",\"title\":\"%s\",\"status\":%d,\"detail\":\"%s\"}"
                .formatted(title, status, detail)
                .getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.setHeader("Cache-Control", "no-cache");
        response.setContentType("application/problem+json");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
