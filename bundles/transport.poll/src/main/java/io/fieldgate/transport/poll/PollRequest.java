package io.fieldgate.transport.poll;

import io.fieldgate.api.data.SocketRequest;
import io.fieldgate.api.data.User;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads what a request asks for.
 *
 * @param http the request
 * @param path the decoded path
 */
record PollRequest(HttpServletRequest http, String path) {

    static final String STREAM = "text/event-stream";
    static final String POLL = "application/vnd.fieldgate.poll+json";
    static final String TEXT = "text/plain";
    static final String BYTES = "application/octet-stream";

    private static final String SESSION = "Fieldgate-Session";

    /** How a client wants to hear. */
    enum Way {
        /** As a stream of events. */
        STREAM("sse", PollRequest.STREAM),
        /** By long polls. */
        POLL("poll", PollRequest.POLL);

        private final String transport;
        private final String type;

        Way(String transport, String type) {
            this.transport = transport;
            this.type = type;
        }

        /** The type of the answer. */
        String type() {
            return type;
        }
    }

    static PollRequest of(HttpServletRequest http) {
        String info = http.getPathInfo();
        String path = http.getServletPath() + (info == null ? "" : info);
        return new PollRequest(http, path.isEmpty() ? "/" : path);
    }

    /** Whether it is {@code transport.websocket} that is asked, whatever else the request says. */
    boolean asksForWebSocket() {
        return Collections.list(http.getHeaders("Upgrade")).stream()
                .flatMap(value -> Arrays.stream(value.split(",", -1)))
                .anyMatch(protocol -> protocol.strip().equalsIgnoreCase("websocket"));
    }

    /** How the client wants to hear, if this is a GET or HEAD that says so. */
    Optional<Way> way() {
        List<String> types = Collections.list(http.getHeaders("Accept")).stream()
                .flatMap(value -> Arrays.stream(value.split(",", -1)))
                .map(PollRequest::mediaType)
                .toList();
        if (types.contains(POLL)) {
            return Optional.of(Way.POLL);
        }
        return types.contains(STREAM) ? Optional.of(Way.STREAM) : Optional.empty();
    }

    /** Where the client goes on, as it says; empty if it is new. */
    Optional<String> cursor() {
        Optional<String> header = Optional.ofNullable(http.getHeader("Last-Event-ID"));
        return header.isPresent() ? header : parameter("cursor");
    }

    /** The session that the header names. */
    Optional<String> session() {
        return Optional.ofNullable(http.getHeader(SESSION));
    }

    /** The type of the body, without parameters; empty if there is none. */
    String contentType() {
        return http.getContentType() == null ? "" : mediaType(http.getContentType());
    }

    /** Who asks; empty if nobody has said so. */
    Optional<User> user() {
        return http.getAttribute(User.ATTRIBUTE) instanceof User user ? Optional.of(user) : Optional.empty();
    }

    /** The request for a session as handlers see it; only if there is a {@link #user}. */
    SocketRequest socketRequest(Way way) {
        SocketRequest.Builder request = SocketRequest.builder(path)
                .transport(way.transport)
                .remoteAddress(address())
                .secure(http.isSecure())
                .user(user().orElseThrow())
                .subprotocols(parameter("subprotocol").map(PollRequest::members).orElse(List.of()));
        if (http.getQueryString() != null) {
            request.query(http.getQueryString());
        }
        for (String header : Collections.list(http.getHeaderNames())) {
            http.getHeaders(header).asIterator().forEachRemaining(value -> request.header(header, value));
        }
        return request.build();
    }

    /** The first parameter of a name. Not asked of the container, which would read a body to find it. */
    private Optional<String> parameter(String name) {
        String query = http.getQueryString();
        return query == null
                ? Optional.empty()
                : Arrays.stream(query.split("&", -1))
                        .filter(pair -> pair.startsWith(name + '='))
                        .map(pair -> decoded(pair.substring(name.length() + 1)))
                        .findFirst();
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text; // it is no name of a subprotocol and no cursor, and so is refused
        }
    }

    private static List<String> members(String list) {
        return Arrays.stream(list.split(",", -1))
                .map(String::strip)
                .filter(member -> !member.isEmpty())
                .toList();
    }

    private static String mediaType(String value) {
        return value.replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT);
    }

    private String address() {
        String host = http.getRemoteAddr();
        boolean bare = host.indexOf(':') >= 0 && !host.startsWith("[");
        return (bare ? '[' + host + ']' : host) + ':' + http.getRemotePort();
    }
}
