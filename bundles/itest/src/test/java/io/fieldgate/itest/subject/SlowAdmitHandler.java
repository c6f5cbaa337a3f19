package io.fieldgate.itest.subject;

import io.fieldgate.api.data.Message;
import io.fieldgate.api.data.SocketRequest;
import io.fieldgate.api.gateway.SocketSession;
import io.fieldgate.api.handler.Admission;
import io.fieldgate.api.handler.SocketHandler;
import io.fieldgate.api.handler.SocketPath;
import java.util.concurrent.locks.LockSupport;
import org.osgi.service.component.annotations.Component;

/** Takes 3 s to make up its mind. */
@Component
@SocketPath("/slow-admit")
public final class SlowAdmitHandler implements SocketHandler {

    private static final long NANOS = 3_000_000_000L;

    @Override
    public Admission admit(SocketRequest request) {
        long end = System.nanoTime() + NANOS;
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
        return Admission.accept();
    }

    @Override
    public void received(SocketSession session, Message message) {
        session.send(message);
    }
}
