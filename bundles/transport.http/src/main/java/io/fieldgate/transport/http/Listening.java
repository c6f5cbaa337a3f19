package io.fieldgate.transport.http;

import java.io.IOException;
import java.util.Optional;
import org.eclipse.jetty.server.Server;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the port open while everything is served, where the terms say, and tells the gateway about it.
 *
 * <p><b>Threading.</b> Safe for use by many threads. The lock is held while a port is opened and announced, so that
 * announcements come in order.
 */
final class Listening {

    private static final Logger LOG = LoggerFactory.getLogger(Listening.class);

    private final Anchor anchor;
    private final Announcement announcement;
    private final StartWatch watch = new StartWatch(this::startIsLate);

    private Terms terms; // guarded by this
    private Optional<Port> port = Optional.empty(); // guarded by this
    private boolean serving; // guarded by this
    private boolean stopped; // guarded by this

    Listening(Anchor anchor, Announcement announcement, Terms terms) {
        this.anchor = anchor;
        this.announcement = announcement;
        this.terms = terms;
    }

    /** Jetty has been asked for. If it does not come in time, that is announced as a failure. */
    void await() {
        watch.start();
    }

    /** Everything is served: the port may open. */
    synchronized void servingBegins() {
        watch.close();
        serving = !stopped;
        open();
    }

    /** Jetty is about to stop, and its connectors with it. */
    synchronized void servingEnds() {
        serving = false;
        if (port.isPresent()) {
            port = Optional.empty();
            announcement.withdraw();
        }
    }

    /** Follows other terms; only another address takes another port. */
    synchronized void follow(Terms others) {
        terms = others;
        anchor.setThreadsMax(others.threadsMax());
        if (port.isPresent() && port.get().isAt(others.address())) {
            port.get().adjust(others);
        } else {
            open();
        }
    }

    /** Takes no new connection, and does not open again. */
    synchronized void stop() {
        stopped = true;
        serving = false;
        watch.close();
        announcement.withdraw();
        retirePort();
    }

    /** Opens what the terms say. What was open before is closed to new clients afterwards, or stays if that fails. */
    private void open() {
        Optional<Server> jetty = anchor.server().filter(Server::isStarted);
        if (!serving || jetty.isEmpty()) {
            return;
        }
        try {
            refuseStrangers(terms.address());
            Port opened = Port.open(jetty.get(), terms);
            retirePort();
            port = Optional.of(opened);
            announcement.listening(opened.url());
            LOG.info("listening on {}", opened.url());
        } catch (IOException e) {
            failed(e, jetty.get());
        }
    }

    private void failed(IOException cause, Server jetty) {
        if (!jetty.isStarted()) {
            // It has begun to stop meanwhile, which is nobody's fault: the next one is on its way.
            LOG.debug("not listening yet", cause);
            return;
        }
        LOG.error("{}", cause.getMessage());
        LOG.debug("the cause", cause);
        if (port.isEmpty()) {
            announcement.failed(cause.getMessage());
        }
    }

    private void retirePort() {
        port.ifPresent(Port::retire);
        port = Optional.empty();
    }

    private synchronized void startIsLate() {
        if (watch.isOpen()) { // else it has been closed while this waited for its turn
            String detail = "cannot listen on " + terms.address() + ": Felix HTTP does not start";
            LOG.error("{}; its own lines in this log may say why", detail);
            announcement.failed(detail);
        }
    }

    private static void refuseStrangers(Address address) throws IOException {
        if (!address.isLoopback()) {
            throw new IOException("listening on " + address.host()
                    + " needs the security bundle, which is not here; listen on 127.0.0.1, ::1 or localhost");
        }
    }
}
