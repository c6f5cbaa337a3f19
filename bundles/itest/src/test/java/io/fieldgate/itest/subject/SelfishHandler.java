package io.fieldgate.itest.subject;

import io.fieldgate.api.data.Message;
import io.fieldgate.api.gateway.SocketSession;
import io.fieldgate.api.handler.SocketHandler;
import io.fieldgate.api.handler.SocketPath;
import org.osgi.service.component.annotations.Component;

/** An echo that serves one session at a time and waits until its answer has left. */
@Component
@SocketPath("/selfish")
public final class SelfishHandler implements SocketHandler {

    @Override
    public synchronized void received(SocketSession session, Message message) {
        session.sendTracked(message).toCompletableFuture().join();
    }
}
