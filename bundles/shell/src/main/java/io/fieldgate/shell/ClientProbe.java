package io.fieldgate.shell;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that a client has gone while its command says nothing, by an empty frame once a second. Its side of the connection
 * cannot tell: a client closes that as soon as it has sent the command.
 *
 * <p><b>Threading.</b> It has a thread of its own from the start to {@link #close}.
 */
final class ClientProbe {

    private static final Logger LOG = LoggerFactory.getLogger(ClientProbe.class);
    private static final long PERIOD_MS = 1000;
    private static final byte[] NOTHING = {};

    private final Frames frames;
    private final Runnable whenGone;
    private final CountDownLatch closed = new CountDownLatch(1);

    private ClientProbe(Frames frames, Runnable whenGone) {
        this.frames = frames;
        this.whenGone = whenGone;
    }

    /**
     * Begins to ask.
     *
     * @param name of the thread
     * @param frames what goes to the client
     * @param whenGone is run, once, when the client has gone
     */
    static ClientProbe start(String name, Frames frames, Runnable whenGone) {
        ClientProbe probe = new ClientProbe(frames, whenGone);
        CleanThread.start(probe::ask, name);
        return probe;
    }

    private void ask() {
        try {
            while (!closed.await(PERIOD_MS, TimeUnit.MILLISECONDS)) {
                frames.send(Frames.OUTPUT, NOTHING, 0, 0);
            }
        } catch (IOException e) {
            LOG.debug("a client of the shell has gone before its command has ended", e);
            whenGone.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Asks no more. Does not wait for a frame that is being sent. */
    void close() {
        closed.countDown();
    }
}
