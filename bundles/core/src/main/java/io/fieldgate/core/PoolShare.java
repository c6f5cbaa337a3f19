package io.fieldgate.core;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;

/**
 * What one bundle may have of a pool: at most so many tasks there at once, so that a bundle whose observers hang takes no more
 * threads than that from the others. The rest waits here in order: one task per observation, and the answers to its own calls.
 */
final class PoolShare implements Executor {

    private final Executor pool;
    private final int most;
    // Guarded by this.
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private int running;
    private boolean used;

    /**
     * Makes a share.
     *
     * @param pool where the tasks run
     * @param most how many at once, 1 or more
     */
    PoolShare(Executor pool, int most) {
        this.pool = pool;
        this.most = most;
    }

    @Override
    public void execute(Runnable task) {
        synchronized (this) {
            used = true;
            if (running >= most) {
                waiting.add(task);
                return;
            }
            running++;
        }
        pool.execute(() -> run(task));
    }

    /** Tells whether anything was ever run. */
    synchronized boolean used() {
        return used;
    }

    private void run(Runnable task) {
        try {
            task.run();
        } finally {
            next();
        }
    }

    private void next() {
        Runnable task;
        synchronized (this) {
            task = waiting.poll();
            if (task == null) {
                running--;
                return;
            }
        }
        pool.execute(() -> run(task));
    }
}
