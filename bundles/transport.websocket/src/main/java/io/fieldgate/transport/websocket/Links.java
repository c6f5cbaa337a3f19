package io.fieldgate.transport.websocket;

import io.fieldgate.api.data.CloseReason;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The connections that are there.
 *
 * <p><b>Threading.</b> Safe for use by many threads.
 */
final class Links {

    private final Set<WebSocketLink> links = ConcurrentHashMap.newKeySet();
    private volatile boolean shut;

    /** Takes in a connection; false if none is taken any more. */
    boolean add(WebSocketLink link) {
        links.add(link);
        if (shut) {
            remove(link);
            return false;
        }
        return true;
    }

    void remove(WebSocketLink link) {
        if (links.remove(link) && links.isEmpty()) {
            synchronized (this) {
                notifyAll();
            }
        }
    }

    void forEach(Consumer<WebSocketLink> action) {
        links.forEach(action);
    }

    int count() {
        return links.size();
    }

    /** Takes no connection any more. */
    void shut() {
        shut = true;
    }

    /**
     * Says goodbye to all, waits until they have gone, and cuts those that have not by then.
     *
     * @param limit how long to wait at most
     */
    void closeAll(CloseReason reason, Duration limit) {
        links.forEach(link -> link.close(reason));
        long deadline = System.nanoTime() + limit.toNanos();
        synchronized (this) {
            try {
                for (long left = limit.toNanos(); left > 0 && !links.isEmpty(); left = deadline - System.nanoTime()) {
                    TimeUnit.NANOSECONDS.timedWait(this, left);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        links.forEach(WebSocketLink::cut);
    }
}
