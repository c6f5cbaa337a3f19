package io.fieldgate.itest.subject;

import io.fieldgate.api.data.Message;
import io.fieldgate.api.gateway.SocketSession;
import io.fieldgate.api.handler.SocketHandler;
import io.fieldgate.api.handler.SocketPath;
import io.fieldgate.api.handler.SocketResumable;
import org.osgi.service.component.annotations.Component;

/** An echo that does not hand its sessions over. */
@Component
@SocketPath("/stubborn")
@SocketResumable(false)
public final class StubbornHandler implements SocketHandler {

    @Override
    public void received(SocketSession session, Message message) {
        session.send(message);
    }
}
