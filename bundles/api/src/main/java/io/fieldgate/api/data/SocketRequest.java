package io.fieldgate.api.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How a client asked for a session: the HTTP request that came first, freed of its transport.
 *
 * <p>It is kept as long as the session, so it is small: names and values stay the objects that the transport gave, which may
 * be the same for many requests.
 */
public final class SocketRequest {

    private static final String[] NONE = {};

    private final String path;
    private final String query;
    private final String transport;
    private final String remoteAddress;
    private final boolean secure;
    private final User user;
    private final List<String> subprotocols;
    private final String[] headers; // name, value, name, value, … in the order of the request

    private SocketRequest(Builder builder) {
        path = builder.path;
        query = builder.query;
        transport = builder.transport;
        remoteAddress = builder.remoteAddress;
        secure = builder.secure;
        user = builder.user;
        subprotocols = builder.subprotocols;
        headers = builder.headers.toArray(NONE);
    }

    /**
     * Starts a request. Unless told otherwise it has no query, headers or subprotocols, came in plain, and its user is
     * an anonymous viewer.
     *
     * @param path the decoded path, beginning with a slash
     * @return a builder
     */
    public static Builder builder(String path) {
        return new Builder(path);
    }

    /**
     * The path that was asked for.
     *
     * @return the decoded path, beginning with a slash
     */
    public String path() {
        return path;
    }

    /**
     * What stood behind the question mark.
     *
     * @return the query as it was sent, not decoded, or empty if there was none
     */
    public Optional<String> query() {
        return Optional.ofNullable(query);
    }

    /**
     * The transport by which the client came, for people and the log; what it is makes no difference to a handler.
     *
     * @return for example {@code websocket}
     */
    public String transport() {
        return transport;
    }

    /**
     * Where the client is.
     *
     * @return its IP address and port, for example {@code 192.0.2.7:51034} or {@code [2001:db8::7]:51034}
     */
    public String remoteAddress() {
        return remoteAddress;
    }

    /**
     * Tells whether the request came over TLS.
     *
     * @return true for TLS
     */
    public boolean secure() {
        return secure;
    }

    /**
     * Who asks.
     *
     * @return the user
     */
    public User user() {
        return user;
    }

    /**
     * The subprotocols that the client offers (RFC 6455, 1.9).
     *
     * @return their names in the client's order of preference
     */
    public List<String> subprotocols() {
        return subprotocols;
    }

    /**
     * The first value of a header.
     *
     * @param name the header's name; case does not matter
     * @return the value, or empty if there is no such header
     */
    public Optional<String> header(String name) {
        for (int i = 0; i < headers.length; i += 2) {
            if (headers[i].equalsIgnoreCase(name)) {
                return Optional.of(headers[i + 1]);
            }
        }
        return Optional.empty();
    }

    /**
     * All values of a header.
     *
     * @param name the header's name; case does not matter
     * @return the values in the order of the request
     */
    public List<String> headers(String name) {
        List<String> values = new ArrayList<>(1);
        for (int i = 0; i < headers.length; i += 2) {
            if (headers[i].equalsIgnoreCase(name)) {
                values.add(headers[i + 1]);
            }
        }
        return Collections.unmodifiableList(values);
    }

    /**
     * All headers, but those that served the transport alone.
     *
     * @return an unmodifiable map from names in lower case to the values, each in the order of the request
     */
    public Map<String, List<String>> headers() {
        Map<String, List<String>> all = new TreeMap<>();
        for (int i = 0; i < headers.length; i += 2) {
            all.computeIfAbsent(headers[i].toLowerCase(Locale.ROOT), this::headers);
        }
        return Collections.unmodifiableMap(all);
    }

    /** The path and where the client is. */
    @Override
    public String toString() {
        return path + " from " + remoteAddress + " by " + transport;
    }

    /** Collects the parts of a request. Not for use by several threads. */
    public static final class Builder {

        private final String path;
        private final List<String> headers = new ArrayList<>();
        private String query;
        private String transport = "";
        private String remoteAddress = "";
        private boolean secure;
        private User user = new User(User.ANONYMOUS, Role.VIEWER);
        private List<String> subprotocols = List.of();

        private Builder(String path) {
            if (!path.startsWith("/")) {
                throw new IllegalArgumentException("a path begins with a slash, got \"" + path + '"');
            }
            this.path = path;
        }

        /**
         * Sets the query.
         *
         * @param raw what stands behind the question mark, not decoded
         * @return this builder
         */
        public Builder query(String raw) {
            query = Objects.requireNonNull(raw, "raw");
            return this;
        }

        /**
         * Sets the transport.
         *
         * @param name for example {@code websocket}
         * @return this builder
         */
        public Builder transport(String name) {
            transport = Objects.requireNonNull(name, "name");
            return this;
        }

        /**
         * Sets where the client is.
         *
         * @param address IP address and port
         * @return this builder
         */
        public Builder remoteAddress(String address) {
            remoteAddress = Objects.requireNonNull(address, "address");
            return this;
        }

        /**
         * Sets whether the request came over TLS.
         *
         * @param tls true for TLS
         * @return this builder
         */
        public Builder secure(boolean tls) {
            secure = tls;
            return this;
        }

        /**
         * Sets who asks.
         *
         * @param who the user
         * @return this builder
         */
        public Builder user(User who) {
            user = Objects.requireNonNull(who, "who");
            return this;
        }

        /**
         * Sets the subprotocols that the client offers.
         *
         * @param names in the client's order of preference
         * @return this builder
         */
        public Builder subprotocols(List<String> names) {
            subprotocols = List.copyOf(names);
            return this;
        }

        /**
         * Adds a header.
         *
         * @param name the header's name; case does not matter
         * @param value one value
         * @return this builder
         */
        public Builder header(String name, String value) {
            headers.add(Objects.requireNonNull(name, "name"));
            headers.add(Objects.requireNonNull(value, "value"));
            return this;
        }

        /**
         * Ends the request.
         *
         * @return the request
         */
        public SocketRequest build() {
            return new SocketRequest(this);
        }
    }
}
