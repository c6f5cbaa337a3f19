package io.fieldgate.transport.websocket;

import io.fieldgate.api.data.SocketRequest;
import io.fieldgate.api.data.User;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a client's opening handshake (RFC 6455, 4.2.1). */
final class Handshake {

    private static final String KEY = "Sec-WebSocket-Key";
    private static final int KEY_BYTES = 16;
    /** 16 bytes in base64, with the padding that Java's decoder would do without. */
    private static final int KEY_CHARACTERS = 24;

    private static final String ACCEPT_SUFFIX = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private Handshake() {}

    /** Tells whether a request asks for a WebSocket, rightly or not. */
    static boolean isAsked(HttpServletRequest request) {
        return request.getHeader("Upgrade") != null && names(request, "Upgrade", "websocket");
    }

    /** What is wrong with a request that asks for a WebSocket. */
    static Optional<Refusal> fault(HttpServletRequest request) {
        if (!request.getMethod().equals("GET")) {
            return Optional.of(new Refusal(405, "a WebSocket is asked for with GET", Map.of("Allow", "GET")));
        }
        if (request.getProtocol().equals("HTTP/1.0")) {
            return Optional.of(Refusal.badRequest("a WebSocket needs HTTP/1.1"));
        }
        if (!names(request, "Connection", "upgrade")) {
            return Optional.of(
                    Refusal.badRequest("the header Connection does not say Upgrade; a proxy may have taken it away"));
        }
        if (!Refusal.VERSION.equals(request.getHeader("Sec-WebSocket-Version"))) {
            return Optional.of(Refusal.upgradeRequired("WebSocket version 13 is spoken here"));
        }
        if (!isKey(request.getHeader(KEY))) {
            return Optional.of(Refusal.badRequest("the header Sec-WebSocket-Key is not 16 bytes in base64"));
        }
        if (request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null) {
            // What follows the request would be taken for frames, by us but not by a proxy in front.
            return Optional.of(Refusal.badRequest("a request for a WebSocket has no body"));
        }
        if (user(request).isEmpty()) {
            return Optional.of(
                    Refusal.of(403, "the request has no user; who may come in is for transport.http to say"));
        }
        return Optional.empty();
    }

    /**
     * The request as handlers see it; only if there is no {@link #fault}. It is kept as long as the connection, and the key is
     * of no use after the handshake: that is left out.
     */
    static SocketRequest request(HttpServletRequest http, RecurringTexts texts) {
        SocketRequest.Builder request = SocketRequest.builder(texts.of(path(http)))
                .transport("websocket")
                .remoteAddress(address(http))
                .secure(http.isSecure())
                .user(user(http).orElseThrow())
                .subprotocols(list(http, "Sec-WebSocket-Protocol"));
        if (http.getQueryString() != null) {
            request.query(texts.of(http.getQueryString()));
        }
        for (Enumeration<String> names = http.getHeaderNames(); names.hasMoreElements(); ) {
            String header = names.nextElement();
            if (header.equalsIgnoreCase(KEY)) {
                continue;
            }
            for (Enumeration<String> values = http.getHeaders(header); values.hasMoreElements(); ) {
                request.header(texts.of(header), texts.of(values.nextElement()));
            }
        }
        return request.build();
    }

    /** The decoded path. */
    static String path(HttpServletRequest http) {
        String info = http.getPathInfo();
        String path = http.getServletPath() + (info == null ? "" : info);
        return path.isEmpty() ? "/" : path;
    }

    /** What proves that the server has understood the key (RFC 6455, 4.2.2). */
    static String accept(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1")
                    .digest((key + ACCEPT_SUFFIX).getBytes(StandardCharsets.ISO_8859_1));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }

    private static boolean isKey(String key) {
        if (key == null || key.strip().length() != KEY_CHARACTERS) {
            return false;
        }
        try {
            return Base64.getDecoder().decode(key.strip()).length == KEY_BYTES;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static Optional<User> user(HttpServletRequest request) {
        return request.getAttribute(User.ATTRIBUTE) instanceof User user ? Optional.of(user) : Optional.empty();
    }

    private static String address(HttpServletRequest request) {
        String host = request.getRemoteAddr();
        boolean bare = host.indexOf(':') >= 0 && !host.startsWith("[");
        return (bare ? '[' + host + ']' : host) + ':' + request.getRemotePort();
    }

    /** Tells whether a header has a token among its members, in whatever case. */
    private static boolean names(HttpServletRequest request, String header, String token) {
        for (String member : list(request, header)) {
            if (member.equalsIgnoreCase(token)) {
                return true;
            }
        }
        return false;
    }

    private static List<String> list(HttpServletRequest request, String header) {
        List<String> members = new ArrayList<>(1);
        for (Enumeration<String> values = request.getHeaders(header); values.hasMoreElements(); ) {
            for (String member : values.nextElement().split(",", -1)) {
                if (!member.isBlank()) {
                    members.add(member.strip());
                }
            }
        }
        return members;
    }
}
