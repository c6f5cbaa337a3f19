package io.fieldgate.itest.subject;

import io.fieldgate.api.data.Message;
import io.fieldgate.api.gateway.SocketSession;
import io.fieldgate.api.handler.SocketHandler;
import io.fieldgate.api.handler.SocketPath;
import io.fieldgate.api.handler.SocketRole;
import org.osgi.service.component.annotations.Component;

/** Is for admins alone, and says who has come. */
@Component
@SocketPath("/admins-only")
@SocketRole("admin")
public final class AdminHandler implements SocketHandler {

    @Override
    public void opened(SocketSession session) {
        session.send(Message.text(session.request().user().name()));
    }

    @Override
    public void received(SocketSession session, Message message) {
        session.send(message);
    }
}
