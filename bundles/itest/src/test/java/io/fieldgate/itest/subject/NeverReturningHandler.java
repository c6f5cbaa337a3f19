package io.fieldgate.itest.subject;

import io.fieldgate.api.data.Message;
import io.fieldgate.api.gateway.SocketSession;
import io.fieldgate.api.handler.SocketHandler;
import io.fieldgate.api.handler.SocketPath;
import java.util.concurrent.locks.LockSupport;
import org.osgi.service.component.annotations.Component;

/** Echoes, but does not come back from {@code hang}, interrupted or not. */
@Component
@SocketPath("/never-returning")
public final class NeverReturningHandler implements SocketHandler {

    @Override
    public void received(SocketSession session, Message message) {
        session.send(message);
        while (message.text().equals("hang")) {
            LockSupport.park(this);
        }
    }
}
