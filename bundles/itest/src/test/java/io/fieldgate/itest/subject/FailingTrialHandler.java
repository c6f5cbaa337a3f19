package io.fieldgate.itest.subject;

import io.fieldgate.api.data.Message;
import io.fieldgate.api.gateway.SocketSession;
import io.fieldgate.api.handler.SocketHandler;
import io.fieldgate.api.handler.SocketPath;
import org.osgi.service.component.annotations.Component;

/** Serves the path of {@link TrialHandler} and throws whatever it is called for. */
@Component
@SocketPath("/trial")
public final class FailingTrialHandler implements SocketHandler {

    @Override
    public void received(SocketSession session, Message message) {
        throw new IllegalStateException("not even a message");
    }

    @Override
    public void parked(SocketSession session) {
        throw new IllegalStateException("not even in the end");
    }
}
