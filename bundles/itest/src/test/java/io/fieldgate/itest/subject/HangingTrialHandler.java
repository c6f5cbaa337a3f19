package io.fieldgate.itest.subject;

import io.fieldgate.api.data.Message;
import io.fieldgate.api.gateway.SocketSession;
import io.fieldgate.api.handler.SocketHandler;
import io.fieldgate.api.handler.SocketPath;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves the path of {@link TrialHandler} and blocks in each message, for longer than any test. */
@Component
@SocketPath("/trial")
public final class HangingTrialHandler implements SocketHandler {

    private static final Logger LOG = LoggerFactory.getLogger(HangingTrialHandler.class);

    private final CountDownLatch never = new CountDownLatch(1);

    @Override
    public void received(SocketSession session, Message message) {
        LOG.info("session {} blocks for ever", session.id());
        try {
            if (!never.await(5, TimeUnit.MINUTES)) {
                throw new IllegalStateException("nobody ends this");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
