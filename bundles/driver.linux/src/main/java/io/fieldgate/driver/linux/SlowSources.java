package io.fieldgate.driver.linux;

import io.fieldgate.api.data.Value;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What takes long to read, on a thread of its own that goes round from one to the next; whoever asks hears what was read last. The thread runs
 * while there is something to read, until {@link #stop}.
 */
final class SlowSources {

    private static final long PAUSE_MS = 1_000;
    private static final long END_MS = 1_000;

    // All guarded by this.
    private final Map<String, Slow> sources = new LinkedHashMap<>();
    private Thread thread;

    /** Something that takes long, and what came of it last. */
    private static final class Slow implements Source {

        private final Source source;
        private Value value;
        private IOException failure = UnreadableException.waiting();

        Slow(Source source) {
            this.source = source;
        }

        void look() {
            Value now = null;
            IOException problem = null;
            try {
                now = source.read();
            } catch (IOException e) {
                problem = e;
            }
            synchronized (this) {
                value = now;
                failure = problem;
            }
        }

        @Override
        public synchronized Value read() throws IOException {
            if (failure != null) {
                throw failure;
            }
            return value;
        }
    }

    /** Has something read again and again; the one that is known by that name goes on. */
    synchronized Source of(String name, Source source) {
        if (thread == null) {
            thread = new Thread(this::run, "fieldgate-linux-slow");
            thread.setDaemon(true);
            thread.setContextClassLoader(null);
            thread.start();
        }
        return sources.computeIfAbsent(name, unknown -> new Slow(source));
    }

    /** Forgets all but these. */
    synchronized void keep(Collection<String> names) {
        sources.keySet().retainAll(names);
    }

    private synchronized List<Slow> all() {
        return List.copyOf(sources.values());
    }

    private void run() {
        try {
            while (true) {
                for (Slow slow : all()) {
                    slow.look();
                    if (Thread.interrupted()) {
                        return;
                    }
                }
                TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
            }
        } catch (InterruptedException e) {
            // The driver stops.
            return;
        }
    }

    /** Ends the thread. */
    void stop() {
        Thread ending;
        synchronized (this) {
            ending = thread;
            thread = null;
            sources.clear();
        }
        if (ending != null) {
            ending.interrupt();
            try {
                ending.join(END_MS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
