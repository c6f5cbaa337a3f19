package io.fieldgate.itest.subject;

import io.fieldgate.api.data.Message;
import io.fieldgate.api.gateway.SocketSession;
import io.fieldgate.api.handler.SocketHandler;
import io.fieldgate.api.handler.SocketPath;
import org.osgi.service.component.annotations.Component;

/** Lets the callbacks of {@link BlockingHandler} go on. */
@Component
@SocketPath("/blocking/release")
public final class ReleaseHandler implements SocketHandler {

    @Override
    public void received(SocketSession session, Message message) {
        BlockingHandler.RELEASED.countDown();
        session.send(Message.text("done"));
    }
}
