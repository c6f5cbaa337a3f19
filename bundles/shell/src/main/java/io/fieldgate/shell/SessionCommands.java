package io.fieldgate.shell;

import io.fieldgate.api.data.SocketRequest;
import io.fieldgate.api.gateway.HandlerInfo;
import io.fieldgate.api.gateway.SessionInfo;
import io.fieldgate.api.gateway.Sessions;
import java.time.Clock;
import java.time.Instant;
import org.apache.felix.service.command.CommandSession;
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

    private static final String SESSIONS = """
            fg:sessions [PATH]
            Lists the clients that are connected, oldest first. QUEUED messages of
            BYTES in all wait for the client to take them. A session is parked while
            its handler is being replaced.
              PATH  only sessions of this path, such as /live, or below it: /tools/*""";

    private static final String HANDLERS = """
            fg:handlers
            Lists the handlers that serve sockets, by path. Of two at one path the
            one of the higher rank gets new sessions. ERRORS is how often one of its
            callbacks has thrown.""";

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
     * @param session who asks
     * @param arguments maybe a path
     * @return a table
     * @throws Exception if the arguments are wrong, or the core is not there
     */
    @Descriptor("list the clients that are connected")
    public String sessions(CommandSession session, @Descriptor(SESSIONS) String... arguments) throws Exception {
        Screen screen = Screen.of(session);
        return Usage.of(SESSIONS)
                .answer(
                        arguments,
                        given -> screen.fit(
                                list(path(given.operands().stream().findFirst().orElse("/*")))));
    }

    /**
     * Lists the handlers.
     *
     * @param session who asks
     * @param arguments none
     * @return a table
     * @throws Exception if the arguments are wrong, or the core is not there
     */
    @Descriptor("list the handlers that serve sockets")
    public String handlers(CommandSession session, @Descriptor(HANDLERS) String... arguments) throws Exception {
        Screen screen = Screen.of(session);
        return Usage.of(HANDLERS).answer(arguments, given -> screen.fit(handlers()));
    }

    private Table list(String path) {
        Table table = Table.of("ID", "PATH", "TRANSPORT", "USER", "ADDRESS", "AGE", "QUEUED", "BYTES", "STATE")
                .naming(0, 5);
        Instant now = clock.instant();
        for (SessionInfo session : sessions.orFail().sessions()) {
            SocketRequest request = session.request();
            if (path.endsWith("/*")
                    ? request.path().startsWith(path.substring(0, path.length() - 1))
                    : request.path().equals(path)) {
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
        }
        return table;
    }

    private static String path(String text) {
        if (!text.startsWith("/")) {
            throw new IllegalArgumentException(
                    "a path begins with a slash, such as /live or /tools/*, got \"" + text + '"');
        }
        return text;
    }

    private Table handlers() {
        Table table = Table.of("PATH", "SUBPROTOCOLS", "RANK", "SESSIONS", "ERRORS", "BUNDLE")
                .naming(0);
        for (HandlerInfo handler : sessions.orFail().handlers()) {
            table.row(
                    handler.path(),
                    handler.subprotocols().isEmpty() ? "any" : String.join(", ", handler.subprotocols()),
                    handler.ranking(),
                    handler.sessions(),
                    handler.errors(),
                    handler.bundle());
        }
        return table;
    }
}
