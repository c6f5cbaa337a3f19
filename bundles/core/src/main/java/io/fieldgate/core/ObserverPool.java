package io.fieldgate.core;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that call observers and complete stages. What waits for them is bounded by those who use it: {@link PoolShare}
 * has no more tasks here than its share.
 */
final class ObserverPool implements Executor, AutoCloseable {

    private static final long IDLE_SECONDS = 30;

    private final int threads;
    private final AtomicInteger made = new AtomicInteger();
    // Guarded by this.
    private ThreadPoolExecutor current;
    private boolean closed;

    /** @param threads how many tasks run at once, 1 or more */
    ObserverPool(int threads) {
        this.threads = threads;
        this.current = begin();
    }

    int threads() {
        return threads;
    }

    @Override
    public synchronized void execute(Runnable task) {
        if (!closed) {
            current.execute(task);
        }
    }

    /**
     * Goes on with new threads; the old ones end with the task that they have. To be called when a bundle has gone whose code
     * ran here: it may have left values in thread locals, which would hold its class loader, or it may hang here still.
     */
    synchronized void renew() {
        if (closed) {
            return;
        }
        ThreadPoolExecutor old = current;
        current = begin();
        List<Runnable> waiting = new ArrayList<>();
        old.getQueue().drainTo(waiting);
        old.shutdown();
        waiting.forEach(current::execute);
    }

    @Override
    public synchronized void close() {
        closed = true;
        current.shutdownNow();
    }

    private ThreadPoolExecutor begin() {
        ThreadPoolExecutor executor = new ThreadPoolExecutor(
                threads,
                threads,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                task -> CleanThreads.daemon("fieldgate-observer-" + made.incrementAndGet(), task));
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }
}
