package io.fieldgate.itest.subject;

import io.fieldgate.api.data.CloseReason;
import io.fieldgate.api.data.Message;
import io.fieldgate.api.gateway.SocketSession;
import io.fieldgate.api.handler.SocketHandler;
import io.fieldgate.api.handler.SocketPath;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/**
 * Sends, when a client says {@code messages bytes}, so many messages of that size to all clients, one every 5 ms. They are numbered
 * from 0 and on from one time to the next.
 */
@Component
@SocketPath("/broadcast")
public final class BroadcastHandler implements SocketHandler {

    private static final long PAUSE_NANOS = 5_000_000;

    private final Set<SocketSession> sessions = ConcurrentHashMap.newKeySet();
    private final ExecutorService sender = Executors.newSingleThreadExecutor();
    private int number; // used by the sender's thread only

    @Deactivate
    void stop() {
        sender.shutdownNow();
    }

    @Override
    public void opened(SocketSession session) {
        sessions.add(session);
    }

    @Override
    public void received(SocketSession session, Message message) {
        String[] words = message.text().split(" ", 2);
        int messages = Integer.parseInt(words[0]);
        String padding = "x".repeat(Integer.parseInt(words[1]));
        sender.execute(() -> broadcast(messages, padding));
    }

    @Override
    public void closed(SocketSession session, CloseReason reason) {
        sessions.remove(session);
    }

    private void broadcast(int messages, String padding) {
        for (int i = 0; i < messages && !Thread.currentThread().isInterrupted(); i++) {
            Message message = Message.text(number++ + " " + System.currentTimeMillis() + ' ' + padding);
            sessions.forEach(session -> session.send(message));
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
