package io.fieldgate.itest.subject;

import io.fieldgate.api.data.Message;
import io.fieldgate.api.gateway.SocketSession;
import io.fieldgate.api.handler.SocketHandler;
import io.fieldgate.api.handler.SocketMessageMaxBytes;
import io.fieldgate.api.handler.SocketNonBlocking;
import io.fieldgate.api.handler.SocketPath;
import org.osgi.service.component.annotations.Component;

/** Sends every message back as it came, up to a size that takes eight bytes to tell. */
@Component
@SocketPath("/exact")
@SocketNonBlocking
@SocketMessageMaxBytes(70_000)
public final class ExactEchoHandler implements SocketHandler {

    @Override
    public void received(SocketSession session, Message message) {
        session.send(message);
    }
}
