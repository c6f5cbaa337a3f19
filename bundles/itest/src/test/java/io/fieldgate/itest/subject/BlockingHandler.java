package io.fieldgate.itest.subject;

import io.fieldgate.api.data.CloseReason;
import io.fieldgate.api.data.Message;
import io.fieldgate.api.gateway.SocketSession;
import io.fieldgate.api.handler.SocketHandler;
import io.fieldgate.api.handler.SocketPath;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/**
 * Blocks in the callback that the client has named, until somebody comes to {@code /blocking/release}, this component goes, or a
 * minute is over. A client names {@code opened} in its query and the others by a message: {@code received} blocks at once,
 * {@code parked}, {@code resumed} and {@code closed} when their time comes. Whoever can still be told is told before.
 */
@Component
@SocketPath("/blocking")
public final class BlockingHandler implements SocketHandler {

    private static final String WHERE = "where";
    private static final AtomicInteger BLOCKED = new AtomicInteger();
    private static volatile CountDownLatch release = new CountDownLatch(1);

    /** Begins to block, also if a predecessor of the same class has let everybody go. */
    @Activate
    public BlockingHandler() {
        blockAgain();
    }

    @Deactivate
    void stop() {
        letGo();
    }

    /** Lets everybody go on who is blocked now, or will be until {@link #blockAgain}. */
    static void letGo() {
        release.countDown();
    }

    static void blockAgain() {
        release = new CountDownLatch(1);
    }

    /** How many callbacks are blocked now. */
    static int blocked() {
        return BLOCKED.get();
    }

    @Override
    public void opened(SocketSession session) {
        if (session.request().query().orElse("").equals("opened")) {
            block(session, "opened");
        }
    }

    @Override
    public void received(SocketSession session, Message message) {
        session.setAttribute(WHERE, message.text());
        if (message.text().equals("received")) {
            block(session, "received");
        } else {
            session.send(message);
        }
    }

    @Override
    public void parked(SocketSession session) {
        blockIfNamed(session, "parked");
    }

    @Override
    public void resumed(SocketSession session) {
        blockIfNamed(session, "resumed");
    }

    @Override
    public void closed(SocketSession session, CloseReason reason) {
        blockIfNamed(session, "closed");
    }

    private static void blockIfNamed(SocketSession session, String callback) {
        if (session.attribute(WHERE).orElse("").equals(callback)) {
            block(session, callback);
        }
    }

    private static void block(SocketSession session, String callback) {
        CountDownLatch awaited = release;
        session.send(Message.text("blocked in " + callback));
        BLOCKED.incrementAndGet();
        try {
            boolean released = awaited.await(60, TimeUnit.SECONDS);
            session.send(Message.text(released ? "released" : "waited in vain"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            BLOCKED.decrementAndGet();
        }
    }
}
