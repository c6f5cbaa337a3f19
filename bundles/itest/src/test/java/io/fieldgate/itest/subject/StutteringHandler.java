package io.fieldgate.itest.subject;

import io.fieldgate.api.data.Message;
import io.fieldgate.api.gateway.SocketSession;
import io.fieldgate.api.handler.SocketHandler;
import io.fieldgate.api.handler.SocketPath;
import org.osgi.service.component.annotations.Component;

/** An echo that says its last word again when it takes a session over. */
@Component
@SocketPath("/stuttering")
public final class StutteringHandler implements SocketHandler {

    private static final String LAST = "last";

    @Override
    public void resumed(SocketSession session) {
        session.attribute(LAST).ifPresent(text -> session.send(Message.text(text)));
    }

    @Override
    public void received(SocketSession session, Message message) {
        session.setAttribute(LAST, message.text());
        session.send(message);
    }
}
