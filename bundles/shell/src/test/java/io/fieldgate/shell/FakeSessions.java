package io.fieldgate.shell;

import io.fieldgate.api.data.CloseReason;
import io.fieldgate.api.data.Role;
import io.fieldgate.api.data.SocketRequest;
import io.fieldgate.api.data.User;
import io.fieldgate.api.gateway.HandlerInfo;
import io.fieldgate.api.gateway.SessionInfo;
import io.fieldgate.api.gateway.Sessions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Sessions of one age, and two handlers. */
final class FakeSessions implements Sessions {

    private record Session(
            String id, SocketRequest request, Instant openedAt, boolean parked, int queuedMessages, long queuedBytes)
            implements SessionInfo {}

    private record Handler(
            String path, List<String> subprotocols, String bundle, int ranking, int sessions, long errors)
            implements HandlerInfo {}

    /** What was closed, in order: id, code and reason. */
    final List<String> closed = new ArrayList<>();

    private final List<SessionInfo> sessions = new ArrayList<>();
    private final Instant openedAt;

    FakeSessions(Instant openedAt) {
        this.openedAt = openedAt;
    }

    FakeSessions with(String id, String path, boolean parked) {
        SocketRequest request = SocketRequest.builder(path)
                .transport("websocket")
                .remoteAddress("127.0.0.1")
                .user(new User("anna", Role.VIEWER))
                .build();
        sessions.add(new Session(id, request, openedAt, parked, 3, 120));
        return this;
    }

    @Override
    public List<SessionInfo> sessions() {
        return List.copyOf(sessions);
    }

    @Override
    public List<HandlerInfo> handlers() {
        return List.of(
                new Handler("/echo", List.of(), "io.fieldgate.handler.echo 1.0.0", 5, 0, 0),
                new Handler("/live", List.of("fieldgate.live.v1"), "io.fieldgate.handler.live 1.0.0", 0, 1, 2));
    }

    /** Closes any but a session whose id begins with gone, which has ended after it was listed. */
    @Override
    public boolean close(String id, CloseReason reason) {
        closed.add(id + " " + reason);
        return !id.startsWith("gone");
    }
}
