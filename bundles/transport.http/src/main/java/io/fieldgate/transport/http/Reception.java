package io.fieldgate.transport.http;

import io.fieldgate.api.security.Authentication;
import io.fieldgate.api.security.Authenticator;
import io.fieldgate.api.security.Credentials;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;

/**
 * Finds out who makes a request, by the first credentials that it has. Bad ones are never taken for none, except the cookie of a login
 * that has ended: its owner must be able to log in again.
 */
final class Reception {

    private static final Identity NOBODY = new Identity.Nobody(false);
    private static final Identity STALE = new Identity.Nobody(true);
    private static final Identity WRONG = new Identity.Wrong();
    private static final Identity AWAY = new Identity.Away();

    private final SecurityServices security;

    Reception(SecurityServices security) {
        this.security = security;
    }

    /** Looks at a request, and returns at once; asked again it answers the same, but what was {@link Identity.Soon} is then decided. */
    Identity identify(Request request) {
        Optional<Authenticator> authenticator = security.authenticator();
        if (authenticator.isEmpty()) {
            return security.isGone() ? AWAY : unchecked(request);
        }
        Cloaked cloaked = Request.as(request, Cloaked.class);
        if (cloaked == null) {
            return byCertificate(request, authenticator.get(), NOBODY);
        }
        if (cloaked.presented().isUnreadable()) {
            return WRONG;
        }
        Optional<Credentials> credentials = cloaked.presented().credentials();
        if (credentials.isEmpty()) {
            return byCertificate(request, authenticator.get(), NOBODY);
        }
        boolean cookie = credentials.get() instanceof Credentials.Login;
        Identity identity = identity(
                cloaked.outcome(
                        credentials.get(), given -> authenticator.get().authenticate(given, Client.address(request))),
                cookie);
        return cookie && identity == WRONG ? byCertificate(request, authenticator.get(), STALE) : identity;
    }

    /** Nobody here can tell good credentials from bad ones, so none are good. A cookie is left over from better times. */
    private static Identity unchecked(Request request) {
        Cloaked cloaked = Request.as(request, Cloaked.class);
        if (cloaked == null) {
            return NOBODY;
        }
        Optional<Credentials> credentials = cloaked.presented().credentials();
        boolean none = credentials.isEmpty() || credentials.get() instanceof Credentials.Login;
        return none && !cloaked.presented().isUnreadable() ? NOBODY : WRONG;
    }

    /** Whoever made the connection has proven to own its certificate; but behind a proxy that is the proxy. */
    private static Identity byCertificate(Request request, Authenticator authenticator, Identity none) {
        Cloaked cloaked = Request.as(request, Cloaked.class);
        if (!request.isSecure() || (cloaked != null && cloaked.isProxied())) {
            return none;
        }
        EndPoint.SslSessionData tls =
                request.getConnectionMetaData().getConnection().getEndPoint().getSslSessionData();
        X509Certificate[] chain = tls == null ? null : tls.peerCertificates();
        return chain == null || chain.length == 0
                ? none
                : identity(
                        authenticator.authenticate(new Credentials.Certificate(chain[0]), Client.address(request)),
                        false);
    }

    private static Identity identity(CompletionStage<Authentication> outcome, boolean byCookie) {
        CompletableFuture<Authentication> known = outcome.toCompletableFuture();
        if (!known.isDone()) {
            return new Identity.Soon(outcome);
        }
        Authentication authentication = known.join();
        if (authentication instanceof Authentication.Known good) {
            return new Identity.Known(good.user(), byCookie);
        }
        return authentication instanceof Authentication.Later later ? new Identity.Later(later.after()) : WRONG;
    }
}
