package io.fieldgate.transport.http;

import io.fieldgate.api.handler.ServletBodyMaxBytes;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.ContextHandlerCollection;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.ThreadPool;

/**
 * Takes in the bodies of requests before anybody else sees the requests. A servlet reads a body on a thread that waits for it, and there are
 * few threads: some clients that send a byte now and then would have them all. So a small body is read here as it comes, without a thread,
 * and its request goes on when it is whole. Of those with a larger body, which must say its length, only so many go on at a time that half of
 * the threads are left.
 *
 * <p>A request for a WebSocket has no body (RFC 6455, 4.1); what comes all the same is not read, and nobody waits for it.
 */
final class BodyIntake extends Handler.Wrapper {

    /** The largest body that is taken in first. */
    private static final int SMALL_MAX_BYTES = 65_536;

    private static final Problem UNSAID = new Problem(
            HttpStatus.LENGTH_REQUIRED_411, "a body of more than " + SMALL_MAX_BYTES + " bytes must say its length");
    static final Problem LATE = new Problem(HttpStatus.REQUEST_TIMEOUT_408, "the body has not come in time");

    private final Limits limits;
    private final ServletBodies servlets;
    private final WaitingRoom room;
    private final BodyBudget budget;
    private final AtomicInteger larges = new AtomicInteger();
    private final Request.Handler servlet = super::handle;
    private final Request.Handler large = this::serveLarge;

    BodyIntake(Limits limits, ServletBodies servlets, WaitingRoom room) {
        this.limits = limits;
        this.servlets = servlets;
        this.room = room;
        budget = new BodyBudget(limits);
    }

    /** Goes between a Jetty that runs and what it serves. */
    void insertInto(Server jetty) {
        ContextHandlerCollection contexts = Optional.ofNullable(jetty.getDescendant(ContextHandlerCollection.class))
                .orElseThrow(() -> new IllegalStateException("this Jetty serves no contexts"));
        Handler served = contexts.getHandlers().get(0);
        contexts.unmanage(served); // or it would be stopped when it is taken away
        setHandler(served);
        manage(served);
        contexts.setHandlers(List.of(this));
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (!hasBody(request)) {
            return serve(request, response, callback);
        }
        if (asksForWebSocket(request)) {
            return serve(new UnreadRequest(request), response, callback);
        }
        long length = request.getLength();
        if (length > maxBytes(request)) {
            ProblemAnswer.send(tooLarge(request), request, response, callback);
            return true;
        }
        if (length > SMALL_MAX_BYTES) {
            return room.pass(request, response, callback, large);
        }
        return new SmallBody(this, request, response, callback).begin();
    }

    BodyBudget budget() {
        return budget;
    }

    /** Serves a request whose body is read as its servlet asks for it, if there is a thread for that. */
    private boolean serveLarge(Request request, Response response, Callback callback) throws Exception {
        LargeBody body = new LargeBody(request);
        if (larges.incrementAndGet() > largeMax()) {
            larges.decrementAndGet();
            ProblemAnswer.send(busy("too many large bodies are being sent at once"), body, response, callback);
            return true;
        }
        Optional<WatchedConnection> connection = watched(body);
        connection.ifPresent(known -> known.begin(body));
        Request.addCompletionListener(body, failure -> {
            larges.decrementAndGet();
            connection.ifPresent(WatchedConnection::end);
        });
        return super.handle(body, response, callback);
    }

    /** Serves a request whose body is there, if it has one. */
    boolean serve(Request request, Response response, Callback callback) throws Exception {
        return room.pass(request, response, callback, servlet);
    }

    /** The connection of a request, if it is looked after. */
    static Optional<WatchedConnection> watched(Request request) {
        return Port.of(request.getConnectionMetaData().getConnector())
                .flatMap(port -> port.watch().of(request.getConnectionMetaData().getConnection()));
    }

    /** How much of a body that does not say its length is taken. */
    int smallMaxBytes(Request request) {
        return Math.min(SMALL_MAX_BYTES, maxBytes(request));
    }

    /** What is wrong with a body that is longer than that. */
    Problem tooLong(Request request) {
        return maxBytes(request) <= SMALL_MAX_BYTES ? tooLarge(request) : UNSAID;
    }

    private Problem tooLarge(Request request) {
        String key = servletsOwn(request).isPresent() ? ServletBodyMaxBytes.NAME : "body.max.bytes";
        return new Problem(
                HttpStatus.PAYLOAD_TOO_LARGE_413, "a body may have " + maxBytes(request) + " bytes (" + key + ")");
    }

    /** The largest body that is taken where a request goes. */
    private int maxBytes(Request request) {
        return servletsOwn(request).orElse(limits.now().bodyMaxBytes());
    }

    private OptionalInt servletsOwn(Request request) {
        String path = servlets.areThere() ? request.getHttpURI().getDecodedPath() : null;
        return path == null ? OptionalInt.empty() : servlets.at(path);
    }

    static Problem busy(String detail) {
        return new Problem(HttpStatus.SERVICE_UNAVAILABLE_503, detail);
    }

    private int largeMax() {
        ThreadPool threads = getServer().getThreadPool();
        return threads instanceof ThreadPool.SizedThreadPool sized ? Math.max(1, sized.getMaxThreads() / 2) : 1;
    }

    /** Tells whether a body comes with a request. */
    static boolean hasBody(Request request) {
        long length = request.getLength();
        return length > 0 || (length < 0 && request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING));
    }

    static boolean asksForWebSocket(Request request) {
        HttpField upgrade = request.getHeaders().getField(HttpHeader.UPGRADE);
        return upgrade != null && upgrade.contains("websocket");
    }
}
