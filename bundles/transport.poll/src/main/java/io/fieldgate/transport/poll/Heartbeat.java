package io.fieldgate.transport.poll;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One thread for the time-outs of all sessions, which are asked once a second what is due. */
final class Heartbeat implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);

    private final PollSessions sessions;
    private final ScheduledExecutorService timer;

    Heartbeat(PollSessions sessions) {
        this.sessions = sessions;
        timer = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "fieldgate-poll-heartbeat");
            thread.setDaemon(true);
            thread.setContextClassLoader(null);
            return thread;
        });
    }

    @SuppressWarnings("FutureReturnValueIgnored") // it beats until the timer is shut down
    void start() {
        timer.scheduleWithFixedDelay(this::beat, 1, 1, TimeUnit.SECONDS);
    }

    private void beat() {
        try {
            sessions.beat();
        } catch (RuntimeException e) {
            // An exception would end the schedule, and with it the time-outs of everybody.
            LOG.error("the heartbeat of the clients without WebSocket failed", e);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
