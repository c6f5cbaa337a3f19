package io.fieldgate.transport.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Server;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the ports open while everything is served, where the terms say, and tells the gateway about it.
 *
 * <p><b>Threading.</b> Safe for use by many threads. The lock is held while a port is opened and announced, so that
 * announcements come in order.
 */
final class Listening {

    private static final Logger LOG = LoggerFactory.getLogger(Listening.class);

    private static final int RETRY_SECONDS = 10;

    private final Anchor anchor;
    private final Announcement announcement;
    private final OwnPorts ports;
    private final StartWatch watch = new StartWatch(this::startIsLate);

    private final Listener main = new Listener(); // guarded by this
    private final FurtherListeners further = new FurtherListeners(); // guarded by this
    private Terms terms; // guarded by this
    private boolean serving; // guarded by this
    private boolean stopped; // guarded by this
    private boolean retrying; // guarded by this
    private String mainFailure = ""; // guarded by this; the same is said once

    Listening(Anchor anchor, Announcement announcement, OwnPorts ports, Terms terms) {
        this.anchor = anchor;
        this.announcement = announcement;
        this.ports = ports;
        this.terms = terms;
    }

    /** Jetty has been asked for. If it does not come in time, that is announced as a failure. */
    void await() {
        watch.start();
    }

    /** Everything is served: the ports may open. */
    synchronized void servingBegins() {
        watch.close();
        serving = !stopped;
        retrying = false;
        open();
    }

    /** Jetty is about to stop, and its connectors with it. */
    synchronized void servingEnds() {
        serving = false;
        further.forget();
        if (main.isOpen()) {
            main.forget();
            announcement.withdraw();
        }
        ports.follow(List.of());
    }

    /** Follows other terms of the main listener, and the limits of all; only another address takes another port. */
    synchronized void follow(Terms others) {
        terms = others;
        anchor.setThreadsMax(others.limits().threadsMax());
        open();
    }

    /** Listens in one more place, or in another one than so far. */
    synchronized void follow(String pid, ListenerTerms others) {
        further.put(pid, others);
        open();
    }

    /** Takes no new connection where a further listener was. */
    synchronized void remove(String pid) {
        further.remove(pid);
        open();
    }

    /** Takes no new connection, and does not open again. */
    synchronized void stop() {
        stopped = true;
        serving = false;
        watch.close();
        announcement.withdraw();
        further.retire();
        main.retire();
    }

    /** Opens what the terms say. What was open before is closed to new clients afterwards, or stays if that fails. */
    private void open() {
        Optional<Server> jetty = anchor.server().filter(Server::isStarted);
        if (!serving || jetty.isEmpty()) {
            return;
        }
        openMain(jetty.get());
        if (!main.isOpen()) {
            return;
        }
        boolean whole = further.follow(jetty.get(), terms.limits());
        List<InetSocketAddress> open = new ArrayList<>(main.addresses());
        open.addAll(further.addresses());
        ports.follow(open);
        announcement.listening(main.url(), further.urls());
        if (!whole && !retrying) {
            retrying = true;
            jetty.get().getScheduler().schedule(this::retry, RETRY_SECONDS, TimeUnit.SECONDS);
        }
    }

    private void openMain(Server jetty) {
        try {
            refuseStrangers(terms.place());
            if (main.follow(jetty, terms)) {
                LOG.info("listening on {}", main.url());
            }
            mainFailure = "";
        } catch (IOException e) {
            failed(e, jetty);
        }
    }

    private synchronized void retry() {
        retrying = false;
        open();
    }

    private void failed(IOException cause, Server jetty) {
        if (!jetty.isStarted()) {
            // It has begun to stop meanwhile, which is nobody's fault: the next one is on its way.
            LOG.debug("not listening yet", cause);
            return;
        }
        if (!mainFailure.equals(cause.getMessage())) {
            mainFailure = cause.getMessage();
            LOG.error("{}", cause.getMessage());
            LOG.debug("the cause", cause);
        }
        if (!main.isOpen()) {
            announcement.failed(cause.getMessage());
        }
    }

    private synchronized void startIsLate() {
        if (watch.isOpen()) { // else it has been closed while this waited for its turn
            String detail = "cannot listen on " + terms.place() + ": Felix HTTP does not start";
            LOG.error("{}; its own lines in this log may say why", detail);
            announcement.failed(detail);
        }
    }

    static void refuseStrangers(Place place) throws IOException {
        if (!place.isLoopback()) {
            throw new IOException("listening on " + (place instanceof Address address ? address.host() : place)
                    + " needs the security bundle, which is not here; listen on 127.0.0.1, ::1 or localhost");
        }
    }
}
