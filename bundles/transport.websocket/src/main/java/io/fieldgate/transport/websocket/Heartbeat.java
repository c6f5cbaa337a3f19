package io.fieldgate.transport.websocket;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One clock and one thread for the time-outs of all connections. A connection has no timer of its own; once a second each
 * is asked what is due, which costs less than it would to keep them sorted.
 *
 * <p>A second is counted when the thread gets round to it. After the machine has stood still no client is blamed for the
 * time that it could not answer.
 */
final class Heartbeat implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);

    private final Links links;
    private final ScheduledExecutorService timer;
    private volatile int now;

    Heartbeat(Links links) {
        this.links = links;
        timer = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "fieldgate-websocket-heartbeat");
            thread.setDaemon(true);
            thread.setContextClassLoader(null);
            return thread;
        });
    }

    @SuppressWarnings("FutureReturnValueIgnored") // it beats until the timer is shut down
    void start() {
        timer.scheduleWithFixedDelay(this::beat, 1, 1, TimeUnit.SECONDS);
    }

    /** Seconds since the start. */
    int now() {
        return now;
    }

    /** Lets a second pass. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
    void beat() {
        now++;
        links.forEach(link -> {
            try {
                link.beat(now);
            } catch (RuntimeException e) {
                // An exception would end the schedule, and with it the time-outs of everybody.
                LOG.error("{}: the heartbeat failed", link, e);
            }
        });
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
