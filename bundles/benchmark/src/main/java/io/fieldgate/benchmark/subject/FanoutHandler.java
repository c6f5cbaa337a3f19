package io.fieldgate.benchmark.subject;

import io.fieldgate.api.data.CloseReason;
import io.fieldgate.api.data.Message;
import io.fieldgate.api.gateway.SocketSession;
import io.fieldgate.api.handler.SocketHandler;
import io.fieldgate.api.handler.SocketNonBlocking;
import io.fieldgate.api.handler.SocketPath;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.service.component.annotations.Component;

/** Sends what comes at {@code /fan/publish} to everyone at {@code /fan/subscribe}. */
@Component
@SocketPath("/fan/*")
@SocketNonBlocking
public final class FanoutHandler implements SocketHandler {

    private final Set<SocketSession> subscribers = ConcurrentHashMap.newKeySet();

    @Override
    public void opened(SocketSession session) {
        if (session.request().path().equals("/fan/subscribe")) {
            subscribers.add(session);
        }
    }

    @Override
    public void received(SocketSession session, Message message) {
        subscribers.forEach(subscriber -> subscriber.send(message));
    }

    @Override
    public void closed(SocketSession session, CloseReason reason) {
        subscribers.remove(session);
    }
}
