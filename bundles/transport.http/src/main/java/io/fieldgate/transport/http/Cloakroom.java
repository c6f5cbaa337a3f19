package io.fieldgate.transport.http;

import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes off a request what nobody behind may see, before Jetty hands it to anybody: credentials, and what is said of a client in front
 * of a proxy. From a proxy that is trusted the latter comes true: address, scheme and host are then those of the client.
 *
 * <p>So no servlet, transport or request log can show a secret that it does not get. Bean of the {@code Server}; most
 * requests have nothing to take off and pass as they are.
 */
final class Cloakroom implements HttpConfiguration.Customizer {

    private static final Logger LOG = LoggerFactory.getLogger(Cloakroom.class);

    private volatile Proxies proxies;
    private volatile boolean closed;

    Cloakroom(Proxies proxies) {
        this.proxies = proxies;
    }

    /** What the ports of one Jetty have in common. Without it secrets would be shown. */
    static Cloakroom of(Server server) {
        Cloakroom cloakroom = server.getBean(Cloakroom.class);
        if (cloakroom == null) {
            throw new IllegalStateException("this Jetty has not come by the anchor");
        }
        return cloakroom;
    }

    /** Trusts others, from the next request on. */
    void follow(Proxies others) {
        proxies = others;
    }

    /** Lets no request pass any more: soon there is nobody behind who asks whose it is. */
    void close() {
        closed = true;
    }

    @Override
    public Request customize(Request request, HttpFields.Mutable responseHeaders) {
        if (closed) {
            throw new HttpException.RuntimeException(HttpStatus.SERVICE_UNAVAILABLE_503);
        }
        Proxies trusted = proxies;
        if (trusted.areThere() && trusted.trust(request.getConnectionMetaData().getRemoteSocketAddress())) {
            return sentOn(request, trusted);
        }
        HttpURI uri = request.getHttpURI();
        if (!Presented.isIn(request.getHeaders(), uri.getQuery())) {
            return request;
        }
        Presented presented = new Presented(request.getHeaders(), request.isSecure());
        return Cloaked.of(request, presented.headers(), withoutTicket(uri, presented), presented);
    }

    private static Request sentOn(Request request, Proxies trusted) {
        Forwarded told = told(request, trusted);
        boolean secure = told.scheme().map("https"::equals).orElseGet(request::isSecure);
        Presented presented = new Presented(request.getHeaders(), secure);
        HttpURI.Mutable uri = HttpURI.build(withoutTicket(request.getHttpURI(), presented));
        told.scheme().ifPresent(uri::scheme);
        told.host().ifPresent(uri::authority);
        told.host().ifPresent(host -> presented.headers().put(HttpHeader.HOST, host));
        return Cloaked.from(request, presented.headers(), uri.asImmutable(), told, presented);
    }

    private static Forwarded told(Request request, Proxies trusted) {
        try {
            return trusted.told(request.getHeaders());
        } catch (IllegalArgumentException e) {
            LOG.debug("a proxy at {} is not understood", request.getConnectionMetaData(), e);
            throw new HttpException.RuntimeException(
                    HttpStatus.BAD_REQUEST_400, "what the proxy says of its client cannot be read");
        }
    }

    private static HttpURI withoutTicket(HttpURI uri, Presented presented) {
        String query = uri.getQuery();
        String rest = presented.withoutTicket(query);
        boolean same = rest == null ? query == null : rest.equals(query);
        return same ? uri : HttpURI.build(uri).query(rest).asImmutable();
    }
}
