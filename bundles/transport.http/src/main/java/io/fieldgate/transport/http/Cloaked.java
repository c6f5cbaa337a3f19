package io.fieldgate.transport.http;

import io.fieldgate.api.security.Authentication;
import io.fieldgate.api.security.Credentials;
import java.net.SocketAddress;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Request;

/** A request without what was taken off it in the {@link Cloakroom}, which the {@link Reception} alone asks for. */
final class Cloaked extends Request.Wrapper {

    private final HttpFields headers;
    private final HttpURI uri;
    private final ConnectionMetaData connection;
    private final boolean proxied;
    private final Presented presented;

    /** A ticket counts once, and a request may come by more than once. */
    private Optional<CompletionStage<Authentication>> outcome = Optional.empty();

    private Cloaked(
            Request request,
            HttpFields headers,
            HttpURI uri,
            ConnectionMetaData connection,
            boolean proxied,
            Presented presented) {
        super(request);
        this.headers = headers;
        this.uri = uri;
        this.connection = connection;
        this.proxied = proxied;
        this.presented = presented;
    }

    /** A request that has come by itself. */
    static Cloaked of(Request request, HttpFields headers, HttpURI uri, Presented presented) {
        return new Cloaked(request, headers, uri, request.getConnectionMetaData(), false, presented);
    }

    /** A request that a proxy has sent on. */
    static Cloaked from(Request request, HttpFields headers, HttpURI uri, Forwarded told, Presented presented) {
        return new Cloaked(request, headers, uri, new Beyond(request.getConnectionMetaData(), told), true, presented);
    }

    @Override
    public HttpFields getHeaders() {
        return headers;
    }

    @Override
    public HttpURI getHttpURI() {
        return uri;
    }

    @Override
    public ConnectionMetaData getConnectionMetaData() {
        return connection;
    }

    @Override
    public boolean isSecure() {
        return connection.isSecure();
    }

    /** Tells whether it has come through a proxy that is trusted. */
    boolean isProxied() {
        return proxied;
    }

    /** What the client has presented. */
    Presented presented() {
        return presented;
    }

    /** What became of the credentials; they are looked at once. */
    synchronized CompletionStage<Authentication> outcome(
            Credentials credentials, Function<Credentials, CompletionStage<Authentication>> look) {
        if (outcome.isEmpty()) {
            outcome = Optional.of(look.apply(credentials));
        }
        return outcome.get();
    }

    /** The client's connection, as the proxy tells of it. */
    private static final class Beyond extends ConnectionMetaData.Wrapper {

        private final Forwarded told;

        Beyond(ConnectionMetaData connection, Forwarded told) {
            super(connection);
            this.told = told;
        }

        @Override
        public boolean isSecure() {
            return told.scheme().map("https"::equals).orElseGet(super::isSecure);
        }

        @Override
        public SocketAddress getRemoteSocketAddress() {
            return told.client().isPresent() ? told.client().get() : super.getRemoteSocketAddress();
        }
    }
}
