package io.fieldgate.itest.malformed;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The text of a handshake, right (RFC 6455, 4.1) until something is changed. Characters are bytes. */
final class RequestText {

    static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

    private final List<String> headers = new ArrayList<>();
    private String line;
    private String body = "";

    RequestText(String authority, String path) {
        line = "GET " + path + " HTTP/1.1";
        headers.add("Host: " + authority);
        headers.add("Connection: Upgrade");
        headers.add("Upgrade: websocket");
        headers.add("Sec-WebSocket-Version: 13");
        headers.add("Sec-WebSocket-Key: " + KEY);
    }

    /** Takes another request line. */
    RequestText line(String other) {
        line = other;
        return this;
    }

    /** Takes a header away. */
    RequestText without(String name) {
        headers.removeIf(header -> header.startsWith(name + ':'));
        return this;
    }

    /** Gives a header another value, at the place where it is. */
    RequestText with(String name, String value) {
        headers.replaceAll(header -> header.startsWith(name + ':') ? name + ": " + value : header);
        return this;
    }

    /** Adds a line among the headers, of whatever form. */
    RequestText add(int at, String header) {
        headers.add(Math.min(at, headers.size()), header);
        return this;
    }

    RequestText add(String header) {
        headers.add(header);
        return this;
    }

    /** Adds what stands behind the empty line. */
    RequestText body(String text) {
        body = text;
        return this;
    }

    byte[] bytes() {
        return bytes("\r\n");
    }

    byte[] bytes(String lineEnd) {
        String text = line + lineEnd + String.join(lineEnd, headers) + lineEnd + lineEnd + body;
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
