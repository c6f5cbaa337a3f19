package io.fieldgate.transport.http;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpStatus;

/**
 * An error over HTTP (RFC 9457).
 *
 * @param status HTTP status
 * @param detail one line for a person
 */
record Problem(int status, String detail) {

    static final String MEDIA_TYPE = "application/problem+json";

    /** The problem in JSON. */
    byte[] json() {
        String json = "{\"type\":\"about:blank\",\"title\":" + quoted(HttpStatus.getMessage(status)) + ",\"status\":"
                + status + ",\"detail\":" + quoted(detail) + "}";
        return json.getBytes(StandardCharsets.UTF_8);
    }

    /** Answers with it. */
    void send(HttpServletResponse response) throws IOException {
        byte[] json = json();
        response.setStatus(status);
        response.setContentType(MEDIA_TYPE);
        response.setContentLength(json.length);
        response.getOutputStream().write(json);
    }

    private static String quoted(String text) {
        StringBuilder json = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ') {
                json.append(String.format("\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }
}
