package io.fieldgate.transport.poll;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does one thing after the other, on the thread of whoever finds it idle; who finds it busy leaves his thing and goes. So what
 * is used in a lane only needs no lock, and no lock is held while others are called. It is held at first, until
 * {@link #release}.
 */
final class Lane {

    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);

    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();

    /** What waits or is being done; one more while the lane is held. */
    private final AtomicInteger pending = new AtomicInteger(1);

    void run(Runnable work) {
        waiting.add(work);
        if (pending.getAndIncrement() == 0) {
            workOff();
        }
    }

    /** Begins with what waits. To be called once. */
    void release() {
        if (pending.decrementAndGet() > 0) {
            workOff();
        }
    }

    private void workOff() {
        do {
            try {
                waiting.remove().run();
            } catch (RuntimeException e) {
                // A lane that stood still would hold its session for ever.
                LOG.error("a session of a client without WebSocket: a step failed", e);
            }
        } while (pending.decrementAndGet() > 0);
    }
}
