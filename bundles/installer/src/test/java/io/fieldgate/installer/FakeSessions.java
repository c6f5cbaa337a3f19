package io.fieldgate.installer;

import io.fieldgate.api.data.CloseReason;
import io.fieldgate.api.data.SocketRequest;
import io.fieldgate.api.gateway.HandlerInfo;
import io.fieldgate.api.gateway.SessionInfo;
import io.fieldgate.api.gateway.Sessions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Handlers in the states that a test puts them in, and perhaps a session that waits for one. */
final class FakeSessions implements Sessions {

    private final List<HandlerInfo> handlers = new ArrayList<>();
    private final List<SessionInfo> sessions = new ArrayList<>();

    private record Handler(
            String path, List<String> subprotocols, String bundle, int ranking, int sessions, long errors, int overdue)
            implements HandlerInfo {}

    private record Session(
            String id, SocketRequest request, Instant openedAt, boolean parked, int queuedMessages, long queuedBytes)
            implements SessionInfo {}

    FakeSessions handler(String bundle, String path, long errors, int overdue) {
        handlers.add(new Handler(path, List.of(), bundle, 0, 0, errors, overdue));
        return this;
    }

    FakeSessions parked() {
        sessions.add(new Session("1", SocketRequest.builder("/pump").build(), Instant.EPOCH, true, 0, 0));
        return this;
    }

    @Override
    public List<SessionInfo> sessions() {
        return sessions;
    }

    @Override
    public List<HandlerInfo> handlers() {
        return handlers;
    }

    @Override
    public boolean close(String id, CloseReason reason) {
        throw new UnsupportedOperationException();
    }
}
