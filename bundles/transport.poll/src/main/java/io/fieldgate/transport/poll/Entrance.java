package io.fieldgate.transport.poll;

import io.fieldgate.api.gateway.Entry;
import io.fieldgate.api.gateway.SocketHost;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks whether a client may have a session, and attaches its stream or poll. While the answer is on its way no thread waits. */
final class Entrance {

    private static final Logger LOG = LoggerFactory.getLogger(Entrance.class);

    private final SocketHost host;
    private final PollSessions sessions;
    private final Settings settings;

    Entrance(SocketHost host, PollSessions sessions, Settings settings) {
        this.host = host;
        this.sessions = sessions;
        this.settings = settings;
    }

    /** Opens a session. */
    void open(PollRequest request, PollRequest.Way way, Exchange exchange) {
        if (request.user().isEmpty()) {
            exchange.refuse(Refusal.of(403, "the request has no user; who may come in is for transport.http to say"));
            return;
        }
        if (!sessions.reserve()) {
            exchange.refuse(Refusal.of(503, "there are as many sessions as there may be (sessions.max)"));
            return;
        }
        String user = request.user().get().name();
        host.enter(request.socketRequest(way)).whenComplete((entry, failure) -> {
            if (entry instanceof Entry.Granted granted) {
                admit(request.path(), user, way, exchange, granted);
            } else {
                sessions.release();
                exchange.refuse(
                        entry instanceof Entry.Refused refused
                                ? Refusal.of(refused.status(), refused.detail())
                                : Refusal.of(500, "the gateway could not answer"));
            }
        });
    }

    /** Goes on with a session. */
    void resume(PollLink link, Cursor from, PollRequest.Way way, Exchange exchange) {
        attach(link, from, way, exchange, Optional.empty());
    }

    private void admit(String path, String user, PollRequest.Way way, Exchange exchange, Entry.Granted granted) {
        PollLink link = new PollLink(sessions.newId(), path, user, granted.maxMessageBytes(), sessions, settings);
        try {
            link.open(granted);
        } catch (RuntimeException e) {
            sessions.release();
            LOG.error("a session could not be opened at {}", path, e);
            exchange.refuse(Refusal.of(500, "the session could not be opened"));
            return;
        }
        boolean added = sessions.add(link);
        if (added) {
            attach(
                    link,
                    new Cursor(link.id(), 0),
                    way,
                    exchange,
                    Optional.of(Greeting.of(link.id(), granted, settings)));
        } else {
            exchange.refuse(Refusal.of(503, "the transport is about to stop"));
            link.cut();
        }
        link.opened();
    }

    private void attach(
            PollLink link, Cursor from, PollRequest.Way way, Exchange exchange, Optional<Greeting> greeting) {
        try {
            link.outbound()
                    .attach(
                            way == PollRequest.Way.STREAM
                                    ? new EventStream(exchange, link.outbound(), from, greeting, settings)
                                    : new LongPoll(exchange, link.outbound(), from, greeting, settings));
        } catch (IOException e) {
            LOG.debug("{}: its client has gone before it could be answered", link, e);
            exchange.abandon();
        }
    }
}
