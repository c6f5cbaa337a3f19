package io.fieldgate.testkit;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** What a client says to be let in: the request of RFC 6455, 4.1, with any header changed. */
public final class Upgrade {

    /** The example key of RFC 6455, 1.3. */
    public static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

    /** What the server must make of {@link #KEY}. */
    public static final String ACCEPT = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

    private final URI gateway;
    private final String path;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private Optional<SSLContext> tls = Optional.empty();

    private Upgrade(URI gateway, String path) {
        this.gateway = gateway;
        this.path = path;
        headers.put("Host", gateway.getAuthority());
        headers.put("Connection", "Upgrade");
        headers.put("Upgrade", "websocket");
        headers.put("Sec-WebSocket-Version", "13");
        headers.put("Sec-WebSocket-Key", KEY);
    }

    /**
     * A request for a path of a gateway, with all headers that it needs.
     *
     * @param gateway address of the gateway, {@code http://host:port/}
     * @param path the path, which begins with a slash; it is sent as it is
     * @return a request that can be changed
     */
    public static Upgrade to(URI gateway, String path) {
        return new Upgrade(gateway, path);
    }

    /**
     * Sets a header, in place of one of the same spelling.
     *
     * @param name name of the header
     * @param value its value; it is sent as it is
     * @return this
     */
    public Upgrade header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    /**
     * Offers a subprotocol (RFC 6455, 1.9).
     *
     * @param name its name, or several with commas between them
     * @return this
     */
    public Upgrade subprotocol(String name) {
        return header("Sec-WebSocket-Protocol", name);
    }

    /**
     * Says which page the client is, as a browser does (RFC 6454, 7).
     *
     * @param origin for example {@code https://example.org}
     * @return this
     */
    public Upgrade origin(String origin) {
        return header("Origin", origin);
    }

    /**
     * Offers compression (RFC 7692) in which no message knows of another, as {@link Frame#deflated()} has it.
     *
     * @return this
     */
    public Upgrade deflate() {
        return header(
                "Sec-WebSocket-Extensions",
                "permessage-deflate; client_no_context_takeover; server_no_context_takeover");
    }

    /**
     * Has the client speak TLS.
     *
     * @param trust knows the server's certificate
     * @return this
     */
    public Upgrade tls(SSLContext trust) {
        tls = Optional.of(trust);
        return this;
    }

    Optional<SSLContext> tls() {
        return tls;
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
