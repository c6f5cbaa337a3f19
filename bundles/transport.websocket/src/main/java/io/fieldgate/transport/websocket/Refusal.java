package io.fieldgate.transport.websocket;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.eclipse.jetty.http.HttpStatus;

/**
 * Why a client does not get its connection; told as a problem of RFC 9457.
 *
 * @param status HTTP status
 * @param detail one line for a person
 * @param headers what the status asks for besides
 */
record Refusal(int status, String detail, Map<String, String> headers) {

    /** The only version of the protocol that is spoken (RFC 6455, 4.2.1). */
    static final String VERSION = "13";

    /** When a client that was told 503 may ask again: a handler that is replaced is back by then. */
    private static final String RETRY_SECONDS = "2";

    static Refusal badRequest(String detail) {
        return of(HttpStatus.BAD_REQUEST_400, detail);
    }

    /** A refusal that says what is spoken here instead (RFC 9110, 15.5.22; RFC 6455, 4.2.2). */
    static Refusal upgradeRequired(String detail) {
        return new Refusal(
                HttpStatus.UPGRADE_REQUIRED_426,
                detail,
                Map.of("Sec-WebSocket-Version", VERSION, "Upgrade", "websocket", "Connection", "Upgrade"));
    }

    /** A refusal with the headers that its status asks for in general. */
    static Refusal of(int status, String detail) {
        boolean retry = status == HttpStatus.SERVICE_UNAVAILABLE_503;
        return new Refusal(status, detail, retry ? Map.of("Retry-After", RETRY_SECONDS) : Map.of());
    }

    void send(HttpServletResponse response) throws IOException {
        String json = "{\"type\":\"about:blank\",\"title\":" + quoted(HttpStatus.getMessage(status)) + ",\"status\":"
                + status + ",\"detail\":" + quoted(detail) + "}";
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        headers.forEach(response::setHeader);
        response.setContentType("application/problem+json");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
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
