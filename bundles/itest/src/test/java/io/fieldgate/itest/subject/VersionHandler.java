package io.fieldgate.itest.subject;

import io.fieldgate.api.data.Message;
import io.fieldgate.api.gateway.SocketSession;
import io.fieldgate.api.handler.SocketHandler;
import io.fieldgate.api.handler.SocketPath;
import org.osgi.service.component.annotations.Component;

/** Says which version it is, and whether it has opened the session or taken it over. */
@Component
@SocketPath("/version")
public final class VersionHandler implements SocketHandler {

    @Override
    public void opened(SocketSession session) {
        session.send(Message.text("opened " + Versioned.versionOf(VersionHandler.class)));
    }

    @Override
    public void resumed(SocketSession session) {
        session.send(Message.text("resumed " + Versioned.versionOf(VersionHandler.class)));
    }

    @Override
    public void received(SocketSession session, Message message) {
        session.send(Message.text(message.text() + ' ' + Versioned.versionOf(VersionHandler.class)));
    }
}
