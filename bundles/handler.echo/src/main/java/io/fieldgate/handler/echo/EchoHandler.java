package io.fieldgate.handler.echo;

import io.fieldgate.api.data.Message;
import io.fieldgate.api.gateway.SocketSession;
import io.fieldgate.api.handler.SocketHandler;
import io.fieldgate.api.handler.SocketNonBlocking;
import io.fieldgate.api.handler.SocketPath;
import org.osgi.service.component.annotations.Component;

/** Sends every message back as it came. */
@Component
@SocketPath("/echo")
@SocketNonBlocking
public final class EchoHandler implements SocketHandler {

    @Override
    public void received(SocketSession session, Message message) {
        session.send(message);
    }
}
