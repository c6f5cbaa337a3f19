package io.fieldgate.itest.subject;

import io.fieldgate.api.data.Message;
import io.fieldgate.api.gateway.SocketSession;
import io.fieldgate.api.handler.SocketDeflate;
import io.fieldgate.api.handler.SocketHandler;
import io.fieldgate.api.handler.SocketPath;
import org.osgi.service.component.annotations.Component;

/** Echoes, and says in front how long the message was when it came; wants its messages compressed. */
@Component
@SocketPath("/deflate-echo")
@SocketDeflate
public final class DeflateEchoHandler implements SocketHandler {

    @Override
    public void received(SocketSession session, Message message) {
        session.send(Message.text(message.size() + " " + message.text()));
    }
}
