package io.fieldgate.itest.subject;

import io.fieldgate.api.data.Message;
import io.fieldgate.api.gateway.SocketSession;
import io.fieldgate.api.handler.SocketHandler;
import io.fieldgate.api.handler.SocketPath;
import org.osgi.service.component.annotations.Component;

/** Echoes, but throws on {@code throw}. */
@Component
@SocketPath("/throwing")
public final class ThrowingHandler implements SocketHandler {

    @Override
    public void received(SocketSession session, Message message) {
        if (message.text().equals("throw")) {
            throw new IllegalStateException("as I was told");
        }
        session.send(message);
    }
}
