package io.fieldgate.transport.http;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.AbstractNetworkConnector;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A port that is open, on a connector of our own: without a thread that only accepts, with one selector, and with its
 * failure where somebody can act on it.
 */
final class Port {

    private static final Logger LOG = LoggerFactory.getLogger(Port.class);
    private static final int BUFFER_BYTES = 4096;
    private static final int RETIRED_CHECK_SECONDS = 10;

    private final Server server;
    private final SocketAddress at;
    private final String name;
    private final AbstractNetworkConnector connector;
    private final HttpConfiguration http = new HttpConfiguration();
    private final SecureRequests secure = new SecureRequests();
    private final Watch watch;

    private volatile Paths paths = Paths.ALL;
    private volatile Speech speech = new Speech.Plain();

    private Port(Server server, TlsDoor door, Terms terms, SocketAddress at, int number) {
        this.server = server;
        this.at = at;
        name = name(terms.place(), at);
        watch = new Watch(Seats.of(server).limits());
        http.setSendServerVersion(false);
        http.setOutputBufferSize(BUFFER_BYTES);
        http.setResponseHeaderSize(BUFFER_BYTES);
        http.addCustomizer(secure);
        http.addCustomizer(Cloakroom.of(server));
        HttpConnectionFactory factory = new StrictHttp(http);
        factory.setInputBufferSize(BUFFER_BYTES / 2);
        factory.addEventListener(watch);
        connector = connector(door, terms, number, factory);
        connector.addBean(this);
        adjust(terms);
    }

    /**
     * Opens a port. The backlog is a matter of this moment; the rest can be adjusted later.
     *
     * @param door begins connections, if the port is to speak TLS
     * @param at one of the sockets of the terms' place
     * @param number the port, 0 for any; of no meaning for a Unix domain socket
     * @throws IOException if that cannot be; its message is one line that names the address and the cause
     */
    static Port open(Server server, TlsDoor door, Terms terms, SocketAddress at, int number) throws IOException {
        Anchor.sizePool(server, terms.limits().threadsMax(), server.getConnectors().length + 1);
        Port port = new Port(server, door, terms, at, number);
        port.start();
        return port;
    }

    /** The port that a request has come by. */
    static Optional<Port> of(Connector connector) {
        return Optional.ofNullable(connector.getBean(Port.class));
    }

    /** Looks after those who are connected here. */
    Watch watch() {
        return watch;
    }

    /** Follows the terms that can change while the port is open: paths at once, the rest for connections that are made from now on. */
    void adjust(Terms terms) {
        speech = terms.speech();
        secure.remember(terms.limits().hstsSeconds());
        paths = terms.paths();
        http.setRequestHeaderSize(terms.limits().headerMaxBytes());
        connector.setIdleTimeout(TimeUnit.SECONDS.toMillis(terms.limits().idleSeconds()));
    }

    /** Where everybody is sent who comes here, if nothing is served here. */
    Optional<Speech.Redirect> redirect() {
        return speech instanceof Speech.Redirect redirect ? Optional.of(redirect) : Optional.empty();
    }

    /** Tells whether a path is served here. */
    boolean serves(String path) {
        return paths.cover(path);
    }

    /** What was asked for, whatever port that has become. */
    SocketAddress at() {
        return at;
    }

    /** The number of the port that is open; nothing of interest for a Unix domain socket. */
    int number() {
        return connector.getLocalPort();
    }

    /** Takes no new connection, and closes when the last one has gone that is there. */
    void retire() {
        connector.setAccepting(false);
        connector.close();
        try {
            // Stopping to accept is not enough: the kernel would go on.
            ((Closeable) connector.getTransport()).close();
        } catch (IOException e) {
            LOG.warn("{} may still take connections", name, e);
        }
        closeWhenUnused();
    }

    /** What people call it: of two that one place has, the address tells which. */
    private static String name(Place place, SocketAddress at) {
        return place.sockets().size() > 1 && at instanceof InetSocketAddress inet
                ? new Address(inet.getAddress().getHostAddress(), inet.getPort()).toString()
                : place.toString();
    }

    private AbstractNetworkConnector connector(TlsDoor door, Terms terms, int number, HttpConnectionFactory factory) {
        if (terms.place() instanceof SocketFile file) {
            return new UnixConnector(server, file, terms.limits().backlog(), factory);
        }
        InetSocketAddress inet = (InetSocketAddress) at;
        ServerConnector connector =
                new SeatedConnector(server, new TlsOrHttp(() -> speech.isTls(), door, factory), factory);
        connector.setHost(
                inet.isUnresolved() ? inet.getHostString() : inet.getAddress().getHostAddress());
        connector.setPort(number);
        connector.setAcceptQueueSize(terms.limits().backlog());
        return connector;
    }

    private void closeWhenUnused() {
        if (connector.getConnectedEndPoints().isEmpty()) {
            close();
        } else {
            connector.getScheduler().schedule(this::closeWhenUnused, RETIRED_CHECK_SECONDS, TimeUnit.SECONDS);
        }
    }

    /** Closes the port and every connection that came by it. */
    void close() {
        server.removeConnector(connector);
        try {
            connector.stop();
        } catch (Exception e) { // declared so by Jetty
            LOG.warn("{} was not closed in order", name, e);
        }
    }

    private void start() throws IOException {
        try {
            connector.open();
            server.addConnector(connector);
            connector.start();
            watch.start(connector);
        } catch (Exception e) { // declared so by Jetty
            close();
            throw new IOException("cannot listen on " + name + ": " + cause(e), e);
        }
    }

    private String cause(Exception failure) {
        if (at instanceof InetSocketAddress inet && inet.isUnresolved()) {
            return "unknown host";
        }
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String text = root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
        return text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
    }
}
