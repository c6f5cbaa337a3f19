package io.fieldgate.shell;

import io.fieldgate.api.data.SocketRequest;
import io.fieldgate.api.gateway.HandlerInfo;
import io.fieldgate.api.gateway.SessionInfo;
import io.fieldgate.api.gateway.Sessions;
import java.time.Clock;
import java.time.Instant;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Shell commands {@code fg:sessions} and {@code fg:handlers}. */
@Component(service = SessionCommands.class)
@GogoCommand(
        scope = "fg",
        function = {"sessions", "handlers"})
public final class SessionCommands {

    private final Slot<Sessions> sessions = new Slot<>("io.fieldgate.core");
    private final Clock clock;

    /** Made by the framework. */
    @Activate
    public SessionCommands() {
        this(Clock.systemUTC());
    }

    SessionCommands(Clock clock) {
        this.clock = clock;
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindSessions(Sessions service) {
        sessions.set(service);
    }

    void unbindSessions(Sessions service) {
        sessions.clear(service);
    }

    /**
     * Lists the sessions.
     *
     * @return a table
     */
    @Descriptor("list the clients that are connected, oldest first")
    public String sessions() {
        Table table = Table.of("ID", "PATH", "TRANSPORT", "USER", "ADDRESS", "AGE", "QUEUED", "BYTES", "STATE");
        Instant now = clock.instant();
        for (SessionInfo session : sessions.orFail().sessions()) {
            SocketRequest request = session.request();
            table.row(
                    session.id(),
                    request.path(),
                    request.transport(),
                    request.user().name(),
                    request.remoteAddress(),
                    Age.between(session.openedAt(), now),
                    session.queuedMessages(),
                    session.queuedBytes(),
                    session.parked() ? "parked" : "open");
        }
        return table.toString();
    }

    /**
     * Lists the handlers.
     *
     * @return a table
     */
    @Descriptor("list the handlers that serve sockets, by path; of two at one path the higher rank gets new sessions")
    public String handlers() {
        Table table = Table.of("PATH", "SUBPROTOCOLS", "RANK", "SESSIONS", "ERRORS", "BUNDLE");
        for (HandlerInfo handler : sessions.orFail().handlers()) {
            table.row(
                    handler.path(),
                    handler.subprotocols().isEmpty() ? "any" : String.join(", ", handler.subprotocols()),
                    handler.ranking(),
                    handler.sessions(),
                    handler.errors(),
                    handler.bundle());
        }
        return table.toString();
    }
}
