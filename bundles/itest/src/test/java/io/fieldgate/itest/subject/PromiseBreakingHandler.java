package io.fieldgate.itest.subject;

import io.fieldgate.api.data.Message;
import io.fieldgate.api.gateway.SocketSession;
import io.fieldgate.api.handler.SocketHandler;
import io.fieldgate.api.handler.SocketNonBlocking;
import io.fieldgate.api.handler.SocketPath;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.osgi.service.component.annotations.Component;

/**
 * Promises not to block, and then blocks until the file is there that a message names, or a minute is over: a message could
 * not let it go, for nothing is read meanwhile.
 */
@Component
@SocketPath("/promise-breaking")
@SocketNonBlocking
public final class PromiseBreakingHandler implements SocketHandler {

    private static final long PAUSE_NANOS = 10_000_000L;
    private static final long LIMIT_NANOS = 60_000_000_000L;

    @Override
    public void received(SocketSession session, Message message) {
        session.send(Message.text("blocked"));
        Path file = Path.of(message.text());
        long end = System.nanoTime() + LIMIT_NANOS;
        while (!Files.exists(file) && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        session.send(Message.text(Files.exists(file) ? "released" : "waited in vain"));
    }
}
