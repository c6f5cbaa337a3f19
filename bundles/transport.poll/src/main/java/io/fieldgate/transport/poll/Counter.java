package io.fieldgate.transport.poll;

import com.fasterxml.jackson.core.JsonFactory;
import io.fieldgate.api.data.CloseReason;
import io.fieldgate.api.data.Message;
import io.fieldgate.api.gateway.SocketHost;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/** Tells which requests are for this transport, and deals with them. All others it leaves alone. */
final class Counter {

    private static final String METHODS = "GET, HEAD, POST, DELETE, OPTIONS";
    private static final CloseReason LEFT = CloseReason.normal();

    private final SocketHost host;
    private final PollSessions sessions;
    private final Settings settings;
    private final Entrance entrance;
    private final BodyBudget budget;
    private final JsonFactory json;

    Counter(SocketHost host, PollSessions sessions, Settings settings) {
        this.host = host;
        this.sessions = sessions;
        this.settings = settings;
        entrance = new Entrance(host, sessions, settings);
        budget = new BodyBudget(settings.postsMaxBytes());
        json = Json.reader(settings.postMaxBytes());
    }

    /** Deals with a request if it is for this transport; false if not. */
    boolean serve(HttpServletRequest http, HttpServletResponse response) throws IOException {
        PollRequest request = PollRequest.of(http);
        if (!isOurs(request)) {
            return false;
        }
        switch (http.getMethod()) {
            case "GET" -> listen(request, response);
            case "HEAD" -> Exchange.describe(request.way().orElseThrow().type(), response);
            case "POST" -> speak(request, response);
            case "DELETE" -> leave(request, response);
            default -> explain(response);
        }
        return true;
    }

    private boolean isOurs(PollRequest request) {
        boolean form = switch (request.http().getMethod()) {
            case "GET", "HEAD" -> request.way().isPresent();
            case "POST" ->
                request.session().isPresent() || request.contentType().equals(PollRequest.POLL);
            case "DELETE" -> request.session().isPresent();
            case "OPTIONS" -> true;
            default -> false;
        };
        return form && !request.asksForWebSocket() && isHere(request);
    }

    /** A session is here as long as it is parked, though its handler may not be. */
    private boolean isHere(PollRequest request) {
        return host.serves(request.path())
                || request.session()
                        .or(() -> request.cursor().flatMap(Cursor::parse).map(Cursor::session))
                        .flatMap(sessions::find)
                        .isPresent();
    }

    private void listen(PollRequest request, HttpServletResponse response) throws IOException {
        PollRequest.Way way = request.way().orElseThrow();
        Optional<String> text = request.cursor();
        if (text.isEmpty()) {
            entrance.open(request, way, Exchange.of(request.http(), response));
            return;
        }
        Optional<Cursor> cursor = Cursor.parse(text.get());
        if (cursor.isEmpty()) {
            Refusal.badRequest("the cursor is not of the form session.number").send(response);
            return;
        }
        Found found = find(cursor.get().session(), request);
        if (found.refusal() != null) {
            found.refusal().send(response);
        } else {
            entrance.resume(found.link(), cursor.get(), way, Exchange.of(request.http(), response));
        }
    }

    private void speak(PollRequest request, HttpServletResponse response) throws IOException {
        Optional<String> named = request.session();
        Optional<Found> found = named.map(id -> find(id, request));
        Refusal wrong = refusal(request, found);
        if (wrong != null) {
            wrong.send(response);
            return;
        }
        Exchange exchange = Exchange.of(request.http(), response);
        String type = request.contentType();
        request.http()
                .getInputStream()
                .setReadListener(new BodyReader(
                        request.http().getInputStream(),
                        exchange,
                        settings.postMaxBytes(),
                        budget,
                        (body, done) -> take(request, found, type, body, exchange, done)));
    }

    private Refusal refusal(PollRequest request, Optional<Found> found) {
        if (found.isPresent() && found.get().refusal() != null) {
            return found.get().refusal();
        }
        boolean known = switch (request.contentType()) {
            case PollRequest.POLL, PollRequest.TEXT, PollRequest.BYTES -> true;
            default -> false;
        };
        if (!known) {
            return Refusal.of(
                    415, "the body must be " + PollRequest.POLL + ", " + PollRequest.TEXT + " or " + PollRequest.BYTES);
        }
        return request.http().getContentLengthLong() > settings.postMaxBytes()
                ? BodyReader.tooLarge(settings.postMaxBytes())
                : null;
    }

    private void take(
            PollRequest request, Optional<Found> named, String type, byte[] body, Exchange exchange, Runnable done) {
        try {
            PostBody post = parse(type, body);
            Found found = named.or(() -> post.session().map(id -> find(id, request)))
                    .orElseThrow(() -> new PostBody.Wrong(
                            400, "neither the header Fieldgate-Session nor the body names a session"));
            if (found.refusal() == null) {
                boolean limited = settings.limits(request.http().getRemoteAddr());
                found.link().take(new Post(exchange, post, done), post, limited);
            } else {
                exchange.refuse(found.refusal());
                done.run();
            }
        } catch (PostBody.Wrong e) {
            exchange.refuse(e.refusal());
            done.run();
        }
    }

    private PostBody parse(String type, byte[] body) throws PostBody.Wrong {
        return switch (type) {
            case PollRequest.TEXT -> PostBody.text(body);
            case PollRequest.BYTES -> PostBody.single(Message.binary(body));
            default -> PostBody.read(json, body);
        };
    }

    private void leave(PollRequest request, HttpServletResponse response) throws IOException {
        Found found = find(request.session().orElseThrow(), request);
        if (found.refusal() != null) {
            found.refusal().send(response);
        } else {
            found.link().end(LEFT);
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
        }
    }

    private static void explain(HttpServletResponse response) {
        response.setHeader("Allow", METHODS);
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }

    /**
     * A session, or why the client cannot have it.
     *
     * @param link the session, or null
     * @param refusal why not, or null
     */
    private record Found(PollLink link, Refusal refusal) {}

    private Found find(String id, PollRequest request) {
        Optional<PollLink> link = sessions.find(id).filter(known -> known.isAt(request.path()));
        if (link.isEmpty()) {
            return new Found(null, Refusal.gone("the session is unknown or over"));
        }
        if (request.user().filter(user -> link.get().isOf(user.name())).isEmpty()) {
            return new Found(null, Refusal.of(403, "the session is another user's"));
        }
        return new Found(link.get(), null);
    }
}
