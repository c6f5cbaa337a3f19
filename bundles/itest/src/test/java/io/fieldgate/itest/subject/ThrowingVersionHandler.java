package io.fieldgate.itest.subject;

import io.fieldgate.api.data.Message;
import io.fieldgate.api.gateway.SocketSession;
import io.fieldgate.api.handler.SocketHandler;
import io.fieldgate.api.handler.SocketPath;
import org.osgi.service.component.annotations.Component;

/** Throws on every message, at the path of {@link VersionHandler}. */
@Component
@SocketPath("/version")
public final class ThrowingVersionHandler implements SocketHandler {

    @Override
    public void received(SocketSession session, Message message) {
        throw new IllegalStateException("this handler fails on purpose");
    }
}
