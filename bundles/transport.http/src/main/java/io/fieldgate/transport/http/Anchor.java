package io.fieldgate.transport.http;

import java.util.Optional;
import java.util.function.Supplier;
import org.apache.felix.http.jetty.ConnectorFactory;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds on to the Jetty that Felix HTTP has started, and keeps it from opening a port of its own.
 *
 * <p>Felix asks for connectors before it serves anything, and gives up if there is none. So it gets one that never opens;
 * the real one comes when everything is served, see {@code docs/adr/0002-one-port-by-preprocessors.md}.
 */
final class Anchor implements ConnectorFactory {

    private static final Logger LOG = LoggerFactory.getLogger(Anchor.class);
    private static final int THREADS_MIN = 2;

    private final Seats seats;
    private final Cloakroom cloakroom;
    private final Supplier<BodyIntake> intake;

    private volatile int threadsMax;
    private volatile Optional<Server> server = Optional.empty();

    /** @param intake stands before what a Jetty serves; each has its own */
    Anchor(int threadsMax, Seats seats, Cloakroom cloakroom, Supplier<BodyIntake> intake) {
        this.seats = seats;
        this.cloakroom = cloakroom;
        this.intake = intake;
        this.threadsMax = threadsMax;
    }

    /** The Jetty that Felix asked for last. */
    Optional<Server> server() {
        return server;
    }

    /** Changes the size of the thread pool, now and for any Jetty to come. */
    void setThreadsMax(int threads) {
        threadsMax = threads;
        server.ifPresent(jetty -> sizePool(jetty, threads, jetty.getConnectors().length));
    }

    @Override
    public Connector createConnector(Server jetty) {
        for (Connector own : jetty.getConnectors()) {
            remove(jetty, own);
        }
        sizePool(jetty, threadsMax, 0);
        jetty.setErrorHandler(new ServerErrors());
        for (ServletContextHandler context : jetty.getDescendants(ServletContextHandler.class)) {
            context.setErrorHandler(new ContextErrors());
        }
        jetty.addBean(seats);
        intake.get().insertInto(jetty);
        jetty.addBean(cloakroom);
        server = Optional.of(jetty);
        return new NeverOpen(jetty);
    }

    /** A selector takes a thread for itself. Two connectors count as none: the anchor has none, and one is part of the configured size. */
    static void sizePool(Server jetty, int threadsMax, int connectors) {
        if (jetty.getThreadPool() instanceof QueuedThreadPool pool) {
            pool.setMinThreads(THREADS_MIN);
            pool.setMaxThreads(threadsMax + Math.max(0, connectors - 2));
        }
    }

    private static void remove(Server jetty, Connector own) {
        jetty.removeConnector(own);
        try {
            own.stop();
        } catch (Exception e) { // declared so by Jetty
            LOG.warn("a connector that is not wanted was not closed in order: {}", own, e);
        }
    }

    /** A connector without a socket. */
    private static final class NeverOpen extends ServerConnector {

        NeverOpen(Server jetty) {
            super(jetty, Runnable::run, null, null, 0, 1, new HttpConnectionFactory());
            setHost("127.0.0.1"); // without a host Felix lists the addresses of all interfaces
        }

        @Override
        public void open() {
            // never
        }

        @Override
        public void close() {
            // it was never open
        }

        @Override
        protected void doStart() {
            // it has nothing to start, and must count as started
        }

        @Override
        protected void doStop() {
            // it has nothing to stop
        }
    }
}
