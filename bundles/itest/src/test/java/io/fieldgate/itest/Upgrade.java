package io.fieldgate.itest;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a client says to be let in: the request of RFC 6455, 4.1, with any header changed. */
final class Upgrade {

    /** The example key of RFC 6455, 1.3. */
    static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

    /** What the server must make of {@link #KEY}. */
    static final String ACCEPT = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

    private final URI gateway;
    private final String path;
    private final Map<String, String> headers = new LinkedHashMap<>();

    private Upgrade(URI gateway, String path) {
        this.gateway = gateway;
        this.path = path;
        headers.put("Host", gateway.getAuthority());
        headers.put("Connection", "Upgrade");
        headers.put("Upgrade", "websocket");
        headers.put("Sec-WebSocket-Version", "13");
        headers.put("Sec-WebSocket-Key", KEY);
    }

    static Upgrade to(URI gateway, String path) {
        return new Upgrade(gateway, path);
    }

    Upgrade header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    Upgrade subprotocol(String name) {
        return header("Sec-WebSocket-Protocol", name);
    }

    Upgrade origin(String origin) {
        return header("Origin", origin);
    }

    String host() {
        return gateway.getHost();
    }

    int port() {
        return gateway.getPort();
    }

    byte[] request() {
        StringBuilder text = new StringBuilder("GET ").append(path).append(" HTTP/1.1\r\n");
        headers.forEach(
                (name, value) -> text.append(name).append(": ").append(value).append("\r\n"));
        return text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }
}
