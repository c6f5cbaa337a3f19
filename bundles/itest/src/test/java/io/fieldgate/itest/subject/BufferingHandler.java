package io.fieldgate.itest.subject;

import io.fieldgate.api.data.CloseReason;
import io.fieldgate.api.data.Message;
import io.fieldgate.api.gateway.SocketSession;
import io.fieldgate.api.handler.SocketHandler;
import io.fieldgate.api.handler.SocketPath;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.service.component.annotations.Component;

/** An echo that keeps its answers in a queue without bound and gives the gateway the next one when the last has left. */
@Component
@SocketPath("/buffering")
public final class BufferingHandler implements SocketHandler {

    private final Map<String, Queue<Message>> queues = new ConcurrentHashMap<>();

    @Override
    public void received(SocketSession session, Message message) {
        Queue<Message> queue = queues.computeIfAbsent(session.id(), id -> new ArrayDeque<>());
        boolean idle;
        synchronized (queue) {
            idle = queue.isEmpty();
            queue.add(message);
        }
        if (idle) {
            send(session, queue, message);
        }
    }

    @Override
    public void closed(SocketSession session, CloseReason reason) {
        queues.remove(session.id());
    }

    private static void send(SocketSession session, Queue<Message> queue, Message message) {
        session.sendTracked(message).thenRun(() -> {
            Message next;
            synchronized (queue) {
                queue.remove();
                next = queue.peek();
            }
            if (next != null) {
                send(session, queue, next);
            }
        });
    }
}
