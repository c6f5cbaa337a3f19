package io.fieldgate.itest.subject;

import io.fieldgate.api.data.Message;
import io.fieldgate.api.gateway.SocketSession;
import io.fieldgate.api.handler.SocketHandler;
import io.fieldgate.api.handler.SocketPath;
import java.util.concurrent.locks.LockSupport;
import org.osgi.service.component.annotations.Component;

/** An echo with a thread that nobody ever stops. */
@Component
@SocketPath("/leaking")
public final class LeakingHandler implements SocketHandler {

    private final Thread timer = new Thread(LeakingHandler::tick, "leaking");

    public LeakingHandler() {
        timer.setDaemon(true);
        timer.start();
    }

    @Override
    public void received(SocketSession session, Message message) {
        session.send(message);
    }

    private static void tick() {
        while (!Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(1_000_000_000);
        }
    }
}
