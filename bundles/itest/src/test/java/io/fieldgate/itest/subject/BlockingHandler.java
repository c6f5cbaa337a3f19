package io.fieldgate.itest.subject;

import io.fieldgate.api.data.Message;
import io.fieldgate.api.gateway.SocketSession;
import io.fieldgate.api.handler.SocketHandler;
import io.fieldgate.api.handler.SocketPath;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/** Blocks in every callback until somebody comes to {@code /blocking/release}, or a minute is over. */
@Component
@SocketPath("/blocking")
public final class BlockingHandler implements SocketHandler {

    static final CountDownLatch RELEASED = new CountDownLatch(1);

    @Override
    public void received(SocketSession session, Message message) {
        try {
            boolean released = RELEASED.await(60, TimeUnit.SECONDS);
            session.send(Message.text(released ? "released" : "waited in vain"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Deactivate
    void release() {
        RELEASED.countDown();
    }
}
