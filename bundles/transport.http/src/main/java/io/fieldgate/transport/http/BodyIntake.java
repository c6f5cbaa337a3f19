package io.fieldgate.transport.http;

import java.util.List;
import java.util.Optional;
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
    private final BodyBudget budget;
    private final AtomicInteger large = new AtomicInteger();

    BodyIntake(Limits limits) {
        this.limits = limits;
        budget = new BodyBudget(limits);
    }

    /** Goes between a Jetty that runs and what it serves. */
    void insertInto(Server jetty) {
        Optional.ofNullable(jetty.getDescendant(ContextHandlerCollection.class)).ifPresent(contexts -> {
            Handler served = contexts.getHandlers().get(0);
            contexts.unmanage(served); // or it would be stopped when it is taken away
            setHandler(served);
            manage(served);
            contexts.setHandlers(List.of(this));
        });
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        long length = request.getLength();
        if (length == 0 || (length < 0 && !request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING))) {
            return super.handle(request, response, callback);
        }
        if (asksForWebSocket(request)) {
            return super.handle(new UnreadRequest(request), response, callback);
        }
        if (length > limits.now().bodyMaxBytes()) {
            ProblemAnswer.send(tooLarge(limits.now()), request, response, callback);
            return true;
        }
        if (length > SMALL_MAX_BYTES) {
            return serveLarge(new LargeBody(request), response, callback);
        }
        return new SmallBody(this, request, response, callback).begin();
    }

    BodyBudget budget() {
        return budget;
    }

    /** Serves a request whose body is read as its servlet asks for it, if there is a thread for that. */
    private boolean serveLarge(LargeBody body, Response response, Callback callback) throws Exception {
        if (large.incrementAndGet() > largeMax()) {
            large.decrementAndGet();
            ProblemAnswer.send(busy("too many large bodies are being sent at once"), body, response, callback);
            return true;
        }
        Optional<WatchedConnection> connection = watched(body);
        connection.ifPresent(known -> known.begin(body));
        Request.addCompletionListener(body, failure -> {
            large.decrementAndGet();
            connection.ifPresent(WatchedConnection::end);
        });
        return super.handle(body, response, callback);
    }

    /** Serves a request whose body is there. */
    boolean serve(Request request, Response response, Callback callback) throws Exception {
        return super.handle(request, response, callback);
    }

    /** The connection of a request, if it is looked after. */
    static Optional<WatchedConnection> watched(Request request) {
        return Port.of(request.getConnectionMetaData().getConnector())
                .flatMap(port -> port.watch().of(request.getConnectionMetaData().getConnection()));
    }

    /** How much of a body that does not say its length is taken. */
    int smallMaxBytes() {
        return Math.min(SMALL_MAX_BYTES, limits.now().bodyMaxBytes());
    }

    /** What is wrong with a body that is longer than that. */
    Problem tooLong() {
        Bounds bounds = limits.now();
        return bounds.bodyMaxBytes() <= SMALL_MAX_BYTES ? tooLarge(bounds) : UNSAID;
    }

    static Problem tooLarge(Bounds bounds) {
        return new Problem(
                HttpStatus.PAYLOAD_TOO_LARGE_413,
                "a body may have " + bounds.bodyMaxBytes() + " bytes (body.max.bytes)");
    }

    static Problem busy(String detail) {
        return new Problem(HttpStatus.SERVICE_UNAVAILABLE_503, detail);
    }

    private int largeMax() {
        ThreadPool threads = getServer().getThreadPool();
        return threads instanceof ThreadPool.SizedThreadPool sized ? Math.max(1, sized.getMaxThreads() / 2) : 1;
    }

    private static boolean asksForWebSocket(Request request) {
        HttpField upgrade = request.getHeaders().getField(HttpHeader.UPGRADE);
        return upgrade != null && upgrade.contains("websocket");
    }
}
