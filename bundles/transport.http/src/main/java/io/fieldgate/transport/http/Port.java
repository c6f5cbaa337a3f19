package io.fieldgate.transport.http;

import java.io.Closeable;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
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
    private final Address address;
    private final ServerConnector connector;
    private final HttpConfiguration http;

    private Port(Server server, Address address, HttpConfiguration http, ServerConnector connector) {
        this.server = server;
        this.address = address;
        this.http = http;
        this.connector = connector;
    }

    /**
     * Opens a port. The backlog is a matter of this moment; the rest can be adjusted later.
     *
     * @throws IOException if that cannot be; its message is one line that names the address and the cause
     */
    static Port open(Server server, Terms terms) throws IOException {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setOutputBufferSize(BUFFER_BYTES);
        http.setResponseHeaderSize(BUFFER_BYTES);
        HttpConnectionFactory factory = new HttpConnectionFactory(http);
        factory.setInputBufferSize(BUFFER_BYTES / 2);
        ServerConnector connector = new ServerConnector(server, null, null, null, 0, 1, factory);
        connector.setHost(terms.address().host());
        connector.setPort(terms.address().port());
        connector.setAcceptQueueSize(terms.backlog());
        Port port = new Port(server, terms.address(), http, connector);
        port.adjust(terms);
        port.start();
        return port;
    }

    /** Follows the terms that can change while the port is open, for connections that are made from now on. */
    void adjust(Terms terms) {
        http.setRequestHeaderSize(terms.headerMaxBytes());
        connector.setIdleTimeout(TimeUnit.SECONDS.toMillis(terms.idleSeconds()));
    }

    /** Tells whether the port is open where somebody wants it, whatever he calls the host. */
    boolean isAt(Address wanted) {
        return address.resolved().equals(wanted.resolved());
    }

    /** The address for a browser. */
    String url() {
        return address.url(connector.getLocalPort());
    }

    /** Takes no new connection, and closes when the last one has gone that is there. */
    void retire() {
        connector.setAccepting(false);
        try {
            // Stopping to accept is not enough: the kernel would go on.
            ((Closeable) connector.getTransport()).close();
        } catch (IOException e) {
            LOG.warn("{} may still take connections", address, e);
        }
        closeWhenUnused();
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
            LOG.warn("{} was not closed in order", address, e);
        }
    }

    private void start() throws IOException {
        try {
            connector.open();
            server.addConnector(connector);
            connector.start();
        } catch (Exception e) { // declared so by Jetty
            close();
            throw new IOException("cannot listen on " + address + ": " + cause(e), e);
        }
    }

    private String cause(Exception failure) {
        if (address.resolved().isUnresolved()) {
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
