package io.fieldgate.itest.subject;

import io.fieldgate.api.data.CloseReason;
import io.fieldgate.api.data.Message;
import io.fieldgate.api.data.SocketRequest;
import io.fieldgate.api.gateway.SocketSession;
import io.fieldgate.api.handler.Admission;
import io.fieldgate.api.handler.SocketHandler;
import io.fieldgate.api.handler.SocketNonBlocking;
import io.fieldgate.api.handler.SocketPath;
import org.osgi.service.component.annotations.Component;

/**
 * Does what {@link HoardingHandler} does on the threads that read the sockets; it clears only its thread-locals, as who does not block
 * has to.
 */
@Component
@SocketPath("/hoarding/non-blocking")
@SocketNonBlocking
public final class NonBlockingHoardingHandler implements SocketHandler {

    private final HoardingHandler hoard = new HoardingHandler();

    @Override
    public Admission admit(SocketRequest request) {
        try {
            return hoard.admit(request);
        } finally {
            HoardingHandler.clearLocal();
        }
    }

    @Override
    public void opened(SocketSession session) {
        forgetting(() -> hoard.opened(session));
    }

    @Override
    public void resumed(SocketSession session) {
        forgetting(() -> hoard.resumed(session));
    }

    @Override
    public void received(SocketSession session, Message message) {
        forgetting(() -> hoard.received(session, message));
    }

    @Override
    public void parked(SocketSession session) {
        forgetting(() -> hoard.parked(session));
    }

    @Override
    public void closed(SocketSession session, CloseReason reason) {
        forgetting(() -> hoard.closed(session, reason));
    }

    private static void forgetting(Runnable callback) {
        try {
            callback.run();
        } finally {
            HoardingHandler.clearLocal();
        }
    }
}
