package io.fieldgate.transport.http;

import java.io.IOException;
import java.time.Duration;
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

    private static final Duration RETRY = Duration.ofSeconds(10);

    /** How often to look for what may come at any moment. */
    private static final Duration SOON = Duration.ofMillis(250);

    private final Anchor anchor;
    private final Announcement announcement;
    private final OwnPorts ports;
    private final ListenPermit permit;
    private final StartWatch watch = new StartWatch(this::startIsLate);

    private final Listener main; // guarded by this
    private final Listener redirect; // guarded by this; a plain port that sends everybody to the main one
    private final FurtherListeners further; // guarded by this
    private Terms terms; // guarded by this
    private boolean serving; // guarded by this
    private boolean stopped; // guarded by this
    private boolean retrying; // guarded by this
    private final Patience patience = new Patience(); // guarded by this; the main one's
    private String mainFailure = ""; // guarded by this; the same is said once
    private String redirectFailure = ""; // guarded by this; likewise

    Listening(Anchor anchor, Announcement announcement, OwnPorts ports, ListenPermit permit, Terms terms) {
        this.anchor = anchor;
        this.announcement = announcement;
        this.ports = ports;
        this.permit = permit;
        this.terms = terms;
        main = new Listener(permit.door());
        redirect = new Listener(permit.door());
        further = new FurtherListeners(permit);
        permit.whenChanged(this::review);
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
        redirect.forget();
        if (main.isOpen()) {
            main.forget();
            announcement.withdraw();
        }
        ports.follow(List.of());
    }

    /** Follows other terms of the main listener, and the limits of all; only another address takes another port. */
    synchronized void follow(Terms others) {
        terms = others;
        patience.end();
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
        redirect.retire();
        main.retire();
    }

    /** Opens what the terms say. What was open before is closed to new clients afterwards, or stays if that fails. */
    private void open() {
        Optional<Server> jetty = anchor.server().filter(Server::isStarted);
        if (!serving || jetty.isEmpty()) {
            return;
        }
        boolean whole = openMain(jetty.get());
        if (main.isOpen()) {
            whole &= openRedirect(jetty.get());
            whole &= further.follow(jetty.get(), terms);
            List<OwnPorts.Open> open = new ArrayList<>(main.addresses());
            open.addAll(further.addresses());
            ports.follow(open);
            announcement.listening(main.url(), further.urls());
        }
        if (!whole && !retrying) {
            retrying = true;
            Duration wait = patience.isTested() ? SOON : RETRY;
            jetty.get().getScheduler().schedule(this::retry, wait.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Tells whether the main one is open as it should be. */
    private boolean openMain(Server jetty) {
        try {
            permit.check(terms);
            if (main.follow(jetty, terms)) {
                LOG.info("listening on {}", main.url());
            }
            patience.end();
            mainFailure = "";
            return true;
        } catch (NotYet e) {
            if (!patience.covers(e)) {
                failed(e, jetty);
            }
        } catch (IOException e) {
            patience.end();
            failed(e, jetty);
        }
        return false;
    }

    /** Tells whether the plain port beside the main one is as it should be; without it the main one goes on. */
    private boolean openRedirect(Server jetty) {
        if (!(terms.speech() instanceof Speech.Tls tls)
                || tls.redirectPort() == Speech.Tls.NO_PORT
                || !(terms.place() instanceof Address address)) {
            redirect.retire();
            return true;
        }
        try {
            Address plain = new Address(address.host(), tls.redirectPort());
            if (redirect.follow(
                    jetty, new Terms(plain, new Speech.Redirect(main.number()), Paths.ALL, terms.limits()))) {
                LOG.info("listening on {} to send clients to {}", redirect.url(), main.url());
            }
            redirectFailure = "";
            return true;
        } catch (IOException e) {
            if (jetty.isStarted() && !redirectFailure.equals(e.getMessage())) {
                redirectFailure = e.getMessage();
                LOG.error("redirect.port: {}; it is tried again", e.getMessage());
                LOG.debug("the cause", e);
            }
            return false;
        }
    }

    /** What was missing may be there now. */
    private synchronized void review() {
        open();
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
}
