package io.fieldgate.transport.http;

import io.fieldgate.api.security.TlsIdentity;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Begins TLS connections with the certificate that is in force. Another certificate counts for connections that are made from then on;
 * those that are open keep what they have agreed on.
 *
 * <p>To make a certificate takes seconds, so it is asked for on a thread of its own, and only when a listener wants it. Once there is
 * one it stays until there is another, also while the security bundle is being replaced.
 *
 * <p><b>Threading.</b> Safe for use by many threads.
 */
final class TlsDoor {

    /** The suites of TLS 1.3, and of those of TLS 1.2 the ones with forward secrecy and authenticated encryption (RFC 9325, 4.2). */
    private static final String[] SUITES = {
        "TLS_AES_128_GCM_SHA256",
        "TLS_CHACHA20_POLY1305_SHA256",
        "TLS_AES_256_GCM_SHA384",
        "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
        "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
        "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
        "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
        "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
        "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"
    };

    /** A client may resume without another handshake; Java would remember 20,480 of them for a day. */
    private static final int SESSIONS = 1024;

    private static final int SESSION_SECONDS = 3600;

    private static final Duration ARRIVAL = Duration.ofSeconds(3);
    private static final Duration MAKING = Duration.ofSeconds(90);
    private static final Logger LOG = LoggerFactory.getLogger(TlsDoor.class);

    private final Runnable changed;

    private Optional<TlsIdentity> identity = Optional.empty(); // guarded by this
    private boolean wanted; // guarded by this
    private boolean asking; // guarded by this
    private boolean askAgain; // guarded by this
    private String failure = ""; // guarded by this

    private volatile Optional<SslConnectionFactory> connections = Optional.empty();

    /** @param changed runs on a thread of its own after a certificate was asked for, whether there is one or not */
    TlsDoor(Runnable changed) {
        this.changed = changed;
    }

    /** Takes the certificate of another identity, or that of the same one anew. Returns at once. */
    synchronized void follow(TlsIdentity other) {
        identity = Optional.of(other);
        if (wanted) {
            ask();
        }
    }

    /** Goes on with the certificate that there is. */
    synchronized void forget(TlsIdentity gone) {
        identity = identity.filter(there -> there != gone);
    }

    /**
     * Returns if connections can be begun. If they cannot yet, asks for a certificate.
     *
     * @param place where it is wanted, for the message
     * @throws IOException if there is none; {@link NotYet} if one may come
     */
    synchronized void prepare(Place place) throws IOException {
        wanted = true;
        if (connections.isPresent()) {
            return;
        }
        if (identity.isEmpty()) {
            throw new NotYet("TLS on " + place + " needs the security bundle, which is not here", ARRIVAL);
        }
        if (!asking && !failure.isEmpty()) {
            String told = failure;
            failure = ""; // the next one who comes asks again
            throw new IOException("cannot listen on " + place + " with TLS: " + told);
        }
        ask();
        throw new NotYet("cannot listen on " + place + " with TLS: the certificate takes too long", MAKING);
    }

    /** Begins a connection; {@link #prepare} has returned before. */
    Connection newConnection(Connector connector, EndPoint endPoint) {
        return connections.orElseThrow().newConnection(connector, endPoint);
    }

    private void ask() {
        askAgain = true;
        if (!asking) {
            asking = true;
            Thread thread = new Thread(this::answer, "fieldgate-http-certificate");
            thread.setDaemon(true);
            thread.setContextClassLoader(null);
            thread.start();
        }
    }

    private void answer() {
        Optional<TlsIdentity> asked = next();
        while (asked.isPresent()) {
            take(asked.get());
            asked = next();
        }
        changed.run();
    }

    private synchronized Optional<TlsIdentity> next() {
        Optional<TlsIdentity> next = askAgain ? identity : Optional.empty();
        askAgain = false;
        asking = next.isPresent();
        return next;
    }

    private void take(TlsIdentity from) {
        String problem = "";
        try {
            connections = Optional.of(connections(from));
        } catch (RuntimeException e) { // of another bundle
            problem = String.valueOf(e.getMessage());
            LOG.debug("no certificate", e);
        }
        synchronized (this) {
            failure = problem;
        }
    }

    private static SslConnectionFactory connections(TlsIdentity identity) {
        SslContextFactory.Server terms = new SslContextFactory.Server();
        terms.setSslContext(identity.context());
        terms.setIncludeProtocols("TLSv1.3", "TLSv1.2");
        terms.setExcludeCipherSuites();
        terms.setIncludeCipherSuites(SUITES);
        terms.setUseCipherSuitesOrder(true);
        terms.setRenegotiationAllowed(false);
        terms.setSslSessionCacheSize(SESSIONS);
        terms.setSslSessionTimeout(SESSION_SECONDS);
        TlsIdentity.ClientCertificate client = identity.clientCertificate();
        terms.setWantClientAuth(client == TlsIdentity.ClientCertificate.WANTED);
        terms.setNeedClientAuth(client == TlsIdentity.ClientCertificate.NEEDED);
        SslConnectionFactory made = new SslConnectionFactory(terms, "http/1.1");
        LifeCycle.start(made);
        return made;
    }
}
