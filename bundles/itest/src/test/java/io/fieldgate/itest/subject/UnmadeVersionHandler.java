package io.fieldgate.itest.subject;

import io.fieldgate.api.data.Message;
import io.fieldgate.api.gateway.SocketSession;
import io.fieldgate.api.handler.SocketHandler;
import io.fieldgate.api.handler.SocketPath;
import java.util.concurrent.CountDownLatch;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Its activation never ends, at the path of {@link VersionHandler}. */
@Component
@SocketPath("/version")
public final class UnmadeVersionHandler implements SocketHandler {

    @Activate
    public UnmadeVersionHandler() throws InterruptedException {
        new CountDownLatch(1).await();
    }

    @Override
    public void received(SocketSession session, Message message) {
        session.send(message);
    }
}
