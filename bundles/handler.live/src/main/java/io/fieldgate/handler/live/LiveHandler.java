package io.fieldgate.handler.live;

import io.fieldgate.api.data.CloseReason;
import io.fieldgate.api.data.Message;
import io.fieldgate.api.gateway.SocketSession;
import io.fieldgate.api.handler.SocketHandler;
import io.fieldgate.api.handler.SocketMessageMaxBytes;
import io.fieldgate.api.handler.SocketPath;
import io.fieldgate.api.handler.SocketSubprotocols;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * The points as a live stream and as commands: {@code docs/protocol.md} has the protocol.
 *
 * <p>When it goes, its sessions' subscriptions wait in their attributes, and the next version continues each with the sample
 * after the last that was sent.
 */
@Component
@SocketPath("/live")
@SocketSubprotocols("fieldgate.live.v1")
@SocketMessageMaxBytes(Request.MAX_BYTES)
public final class LiveHandler implements SocketHandler {

    private final Fanout fanout;
    private final Writes writes;
    private final Map<String, LiveSession> sessions = new ConcurrentHashMap<>();

    @Activate
    public LiveHandler(@Reference Fanout fanout, @Reference Writes writes) {
        this.fanout = fanout;
        this.writes = writes;
    }

    @Override
    public void opened(SocketSession session) {
        sessions.put(session.id(), new LiveSession(session, fanout, writes));
    }

    @Override
    public void resumed(SocketSession session) {
        LiveSession live = new LiveSession(session, fanout, writes);
        sessions.put(session.id(), live);
        live.resume();
    }

    @Override
    public void received(SocketSession session, Message message) {
        LiveSession live = sessions.get(session.id());
        if (live != null) {
            live.received(message);
        }
    }

    @Override
    public void parked(SocketSession session) {
        LiveSession live = sessions.remove(session.id());
        if (live != null) {
            live.park();
        }
    }

    @Override
    public void closed(SocketSession session, CloseReason reason) {
        LiveSession live = sessions.remove(session.id());
        if (live != null) {
            live.leave();
        }
    }
}
