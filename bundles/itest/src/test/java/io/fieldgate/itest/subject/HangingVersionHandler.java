package io.fieldgate.itest.subject;

import io.fieldgate.api.data.Message;
import io.fieldgate.api.gateway.SocketSession;
import io.fieldgate.api.handler.SocketHandler;
import io.fieldgate.api.handler.SocketPath;
import java.util.concurrent.locks.LockSupport;
import org.osgi.service.component.annotations.Component;

/** Never comes back from a message, interrupted or not, at the path of {@link VersionHandler}. */
@Component
@SocketPath("/version")
public final class HangingVersionHandler implements SocketHandler {

    @Override
    public void received(SocketSession session, Message message) {
        while (!message.isText() || !message.text().isEmpty()) {
            LockSupport.park(this);
        }
    }
}
