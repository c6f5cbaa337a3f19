package io.fieldgate.driver.gpio;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that waits for the edges of all lines of all chips, for the C code behind it knows of one loop only. It runs while there is
 * a line. A line that hangs up, as its chip was pulled, ends the loop in C: then those who have a line are told, and the loop begins again
 * with those that are left.
 *
 * <p><b>Threading.</b> Safe for use by many threads. Listeners are called on the loop's thread; they may add lines, but not close them.
 */
final class EdgeLoop {

    private static final Logger LOG = LoggerFactory.getLogger(EdgeLoop.class);
    private static final int RISING = 1;
    private static final long END_MS = 1_000;

    // Guarded by this.
    private final Map<Integer, Chips.Edges> listeners = new HashMap<>();
    private Run run;

    /** The loop, from its first line to its last. */
    private final class Run {

        private final int epoll;
        private final CountDownLatch begun = new CountDownLatch(1);
        private final Thread thread = new Thread(this::run, "fieldgate-gpio-edges");
        private volatile boolean stopped;

        Run(int epoll) {
            this.epoll = epoll;
            thread.setDaemon(true);
            thread.setContextClassLoader(null);
        }

        private void run() {
            begun.countDown();
            while (!stopped) {
                NativeCalls.loop(epoll, this::changed);
                if (!stopped) {
                    LOG.info("a line has hung up: its chip has gone, or the kernel has taken it back");
                    hungUp();
                }
            }
        }

        private void changed(int line, int edge, long epochMillis, long nanos) {
            Chips.Edges listener;
            synchronized (EdgeLoop.this) {
                listener = listeners.get(line);
            }
            if (listener != null) {
                try {
                    listener.changed(edge == RISING, nanos);
                } catch (RuntimeException e) {
                    // Thrown through C code, it would end the loop for all.
                    LOG.error("an edge could not be dealt with", e);
                }
            }
        }

        private void hungUp() {
            Map<Integer, Chips.Edges> gone = new HashMap<>();
            synchronized (EdgeLoop.this) {
                for (int line : List.copyOf(listeners.keySet())) {
                    if (NativeCalls.get(line) < 0) {
                        NativeCalls.remove(epoll, line);
                        gone.put(line, listeners.remove(line));
                    }
                }
                stopped |= listeners.isEmpty() && run != this;
            }
            gone.values().forEach(Chips.Edges::lost);
            if (gone.isEmpty()) {
                // A line that hangs up and can be read: not again at once, or this would be a loop at full speed.
                pause();
            }
        }

        private void pause() {
            try {
                Thread.sleep(END_MS);
            } catch (InterruptedException e) {
                stopped = true;
            }
        }

        void stop() throws IOException {
            try {
                if (!begun.await(END_MS, TimeUnit.MILLISECONDS)) {
                    throw new IOException("the thread of the edges has not begun");
                }
                stopped = true;
                // C waits for the loop to have ended; one that is about to begin it sees the descriptor closed.
                NativeCalls.stop(epoll);
                thread.interrupt();
                thread.join(END_MS);
                if (thread.isAlive()) {
                    throw new IOException("the thread of the edges does not end");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Has a line watched. */
    synchronized void add(int line, Chips.Edges listener) throws IOException {
        if (run == null) {
            int epoll = NativeCalls.epoll();
            if (epoll < 0) {
                throw new IOException("there are no edges to be had: error " + epoll);
            }
            run = new Run(epoll);
            run.thread.start();
        }
        listeners.put(line, listener);
        int error = NativeCalls.add(run.epoll, line);
        if (error < 0) {
            listeners.remove(line);
            throw new IOException("the line tells of no edges: error " + -error);
        }
    }

    /** Has a line not watched any more; ends the loop with the last one. */
    void remove(int line) {
        Run last = null;
        synchronized (this) {
            if (listeners.remove(line) != null) {
                NativeCalls.remove(run.epoll, line);
            }
            if (listeners.isEmpty() && run != null) {
                last = run;
                run = null;
            }
        }
        if (last != null && Thread.currentThread() != last.thread) {
            try {
                last.stop();
            } catch (IOException e) {
                LOG.error("edges: {}", e.getMessage());
            }
        }
    }
}
