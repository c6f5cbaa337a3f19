package io.fieldgate.itest.subject;

import io.fieldgate.api.data.Message;
import io.fieldgate.api.gateway.SocketSession;
import io.fieldgate.api.handler.SocketHandler;
import io.fieldgate.api.handler.SocketPath;
import org.osgi.service.component.annotations.Component;

/** Echoes, and has not promised that it never blocks: its callbacks run on threads of the pool. */
@Component
@SocketPath("/pooled-echo")
public final class PooledEchoHandler implements SocketHandler {

    @Override
    public void received(SocketSession session, Message message) {
        session.send(message);
    }
}
