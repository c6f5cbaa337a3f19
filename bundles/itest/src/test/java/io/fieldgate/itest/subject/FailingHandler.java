package io.fieldgate.itest.subject;

import io.fieldgate.api.data.Message;
import io.fieldgate.api.gateway.SocketSession;
import io.fieldgate.api.handler.SocketHandler;
import io.fieldgate.api.handler.SocketPath;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Cannot be activated. */
@Component(immediate = true)
@SocketPath("/failing")
public final class FailingHandler implements SocketHandler {

    @Activate
    public FailingHandler() {
        throw new IllegalStateException("this component fails on purpose");
    }

    @Override
    public void received(SocketSession session, Message message) {
        session.send(message);
    }
}
