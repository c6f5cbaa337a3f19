package io.fieldgate.security;

import io.fieldgate.api.data.CloseReason;
import io.fieldgate.api.data.SocketRequest;
import io.fieldgate.api.data.User;
import io.fieldgate.api.gateway.HandlerInfo;
import io.fieldgate.api.gateway.SessionInfo;
import io.fieldgate.api.gateway.Sessions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Sessions that are open until somebody closes them. */
final class FakeSessions implements Sessions {

    final Map<String, CloseReason> closed = new ConcurrentHashMap<>();

    private final Map<String, SessionInfo> open = new ConcurrentHashMap<>();

    private record Session(String id, SocketRequest request) implements SessionInfo {

        @Override
        public Instant openedAt() {
            return Instant.EPOCH;
        }

        @Override
        public boolean parked() {
            return false;
        }

        @Override
        public int queuedMessages() {
            return 0;
        }

        @Override
        public long queuedBytes() {
            return 0;
        }
    }

    void open(String id, User user) {
        open.put(id, new Session(id, SocketRequest.builder("/live").user(user).build()));
    }

    Set<String> ids() {
        return Set.copyOf(open.keySet());
    }

    @Override
    public List<SessionInfo> sessions() {
        return List.copyOf(open.values());
    }

    @Override
    public List<HandlerInfo> handlers() {
        return List.of();
    }

    @Override
    public boolean close(String id, CloseReason reason) {
        closed.put(id, reason);
        return open.remove(id) != null;
    }
}
