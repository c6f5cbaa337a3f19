package io.fieldgate.transport.http;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Notices that Felix HTTP has not started in time: when it fails it only writes to the log. */
final class StartWatch implements AutoCloseable {

    private static final int LIMIT_SECONDS = 10;

    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread thread;

    /** @param late runs on a thread of its own, once, unless the watch is closed before */
    StartWatch(Runnable late) {
        thread = new Thread(() -> watch(late), "fieldgate-http-start");
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
    }

    void start() {
        thread.start();
    }

    boolean isOpen() {
        return done.getCount() > 0;
    }

    /** Ends the watch. A second call does nothing. */
    @Override
    public void close() {
        done.countDown();
    }

    private void watch(Runnable late) {
        try {
            if (!done.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                late.run();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
