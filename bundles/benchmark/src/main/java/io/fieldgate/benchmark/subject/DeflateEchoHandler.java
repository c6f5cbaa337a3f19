package io.fieldgate.benchmark.subject;

import io.fieldgate.api.data.Message;
import io.fieldgate.api.gateway.SocketSession;
import io.fieldgate.api.handler.SocketDeflate;
import io.fieldgate.api.handler.SocketHandler;
import io.fieldgate.api.handler.SocketNonBlocking;
import io.fieldgate.api.handler.SocketPath;
import org.osgi.service.component.annotations.Component;

/** An echo that is compressed, which the shipped one is not. */
@Component
@SocketPath("/deflate")
@SocketDeflate
@SocketNonBlocking
public final class DeflateEchoHandler implements SocketHandler {

    @Override
    public void received(SocketSession session, Message message) {
        session.send(message);
    }
}
