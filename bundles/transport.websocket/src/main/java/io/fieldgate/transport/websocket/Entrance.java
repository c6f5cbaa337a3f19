package io.fieldgate.transport.websocket;

import io.fieldgate.api.gateway.Entry;
import io.fieldgate.api.gateway.SocketHost;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks whether a client may come in and then tells it, with a 101 or a problem. While the answer is on its way the request
 * waits without a thread.
 *
 * <p>With the 101 Jetty gets a connection of ours, to which it hands the end point over when the 101 has left, together with
 * what the client has sent behind its request.
 */
final class Entrance {

    private static final Logger LOG = LoggerFactory.getLogger(Entrance.class);

    private final SocketHost host;
    private final Shared shared;
    private final Semaphore pending;

    Entrance(SocketHost host, Shared shared) {
        this.host = host;
        this.shared = shared;
        pending = new Semaphore(shared.settings().pendingMax());
    }

    /** Deals with a request that has no fault. */
    void ask(HttpServletRequest request, HttpServletResponse response) throws IOException {
        CompletionStage<Entry> stage = host.enter(Handshake.request(request, shared.texts()));
        CompletableFuture<Entry> answer = stage.toCompletableFuture();
        if (answer.isDone()) {
            tell(request, response, answer.join());
        } else if (pending.tryAcquire()) {
            AsyncContext later = request.startAsync();
            later.setTimeout(0); // the host answers within 10 s
            stage.whenComplete((entry, failure) -> {
                pending.release();
                tellLater(request, response, entry);
                later.complete();
            });
        } else {
            Refusal.of(503, "too many clients wait to come in").send(response);
        }
    }

    private void tellLater(HttpServletRequest request, HttpServletResponse response, Entry entry) {
        try {
            tell(request, response, entry);
        } catch (IOException e) {
            LOG.debug("{} has gone before it could be answered", request.getRemoteAddr(), e);
        } catch (RuntimeException e) {
            // Nobody above would log it: the stage's own thread calls here.
            LOG.error("a client could not be answered at {}", request.getRequestURI(), e);
            response.setStatus(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
        }
    }

    private void tell(HttpServletRequest request, HttpServletResponse response, Entry entry) throws IOException {
        if (entry instanceof Entry.Granted granted) {
            admit(request, response, granted);
        } else if (entry instanceof Entry.Refused refused) {
            Refusal.of(refused.status(), refused.detail()).send(response);
        } else {
            throw new IllegalStateException("an answer of an unknown kind: " + entry);
        }
    }

    private void admit(HttpServletRequest request, HttpServletResponse response, Entry.Granted granted)
            throws IOException {
        DeflateTerms deflate = granted.deflate()
                ? DeflateOffer.accept(request.getHeaders("Sec-WebSocket-Extensions"))
                : DeflateTerms.NONE;
        ServletContextRequest inner = ServletContextRequest.getServletContextRequest(request);
        boolean limited = shared.settings().limits(request.getRemoteAddr());
        WebSocketConnection connection =
                connection(inner, new SessionTerms(granted.maxMessageBytes(), deflate, limited));
        if (!connection.open(granted)) {
            Refusal.of(503, "the transport is about to stop").send(response);
            return;
        }
        try {
            Request.addCompletionListener(inner, failure -> {
                if (failure != null) {
                    connection.abandon();
                }
            });
            response.setStatus(HttpServletResponse.SC_SWITCHING_PROTOCOLS);
            response.setHeader("Upgrade", "websocket");
            response.setHeader("Connection", "Upgrade");
            response.setHeader("Sec-WebSocket-Accept", Handshake.accept(request.getHeader("Sec-WebSocket-Key")));
            granted.subprotocol().ifPresent(name -> response.setHeader("Sec-WebSocket-Protocol", name));
            if (deflate.agreed()) {
                response.setHeader("Sec-WebSocket-Extensions", deflate.answer());
            }
            inner.setAttribute(HttpStream.UPGRADE_CONNECTION_ATTRIBUTE, connection);
        } catch (RuntimeException e) {
            connection.abandon();
            throw e;
        }
    }

    private WebSocketConnection connection(ServletContextRequest inner, SessionTerms terms) {
        ConnectionMetaData http = inner.getConnectionMetaData();
        Connector connector = http.getConnector();
        EndPoint endPoint = http.getConnection().getEndPoint();
        return new WebSocketConnection(endPoint, connector.getExecutor(), connector.getByteBufferPool(), shared, terms);
    }
}
