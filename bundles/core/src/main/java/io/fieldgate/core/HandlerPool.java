package io.fieldgate.core;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that foreign code runs on. Each {@link Share} holds a bounded number of them, so one handler that blocks takes
 * no thread that another may have.
 *
 * <p>No thread outlives the foreign code that ran on it: {@link #renew} replaces them all as they become idle, for foreign
 * code may have left something in a thread's variables that would keep its class loader. A thread that is not given back
 * when its share closes is written off and replaced, as long as no more than the pool's size are lost that way.
 */
final class HandlerPool {

    private static final Logger LOG = LoggerFactory.getLogger(HandlerPool.class);

    private final String name;
    private final int size;

    private final Object lock = new Object();
    // guarded by lock
    private final Set<Worker> workers = new HashSet<>();
    private final ArrayDeque<Job> ready = new ArrayDeque<>(); // at most the sum of all shares' limits
    private int writtenOff;
    private int generation;
    private boolean stopped;

    HandlerPool(String name, int size) {
        this.name = name;
        this.size = size;
        refill();
    }

    /** Something to be done on a thread of the pool. */
    interface Task {

        /** Does it. */
        void run();

        /** It will not be done: the share was closed. Unless overridden, nobody minds. */
        default void dropped() {}
    }

    private record Job(Share share, Task task) {}

    /** The part of the pool that belongs to one handler. */
    final class Share {

        private final int limit;
        // guarded by lock
        private final ArrayDeque<Task> waiting = new ArrayDeque<>();
        private int admitted;
        private boolean closed;

        private Share(int limit) {
            this.limit = limit;
        }

        /** Has a task run as soon as there is a thread for it; tasks begin in order. */
        void submit(Task task) {
            if (!offer(task)) {
                task.dropped();
            }
        }

        /** As {@link #submit}, but calls nothing if the share is closed: then it is false. */
        boolean offer(Task task) {
            synchronized (lock) {
                if (closed || stopped) {
                    return false;
                }
                if (admitted == limit) {
                    waiting.add(task);
                } else {
                    admitted++;
                    ready(task);
                }
                return true;
            }
        }

        /** Takes back a task that has not begun; false if it has, or never was here. */
        boolean withdraw(Task task) {
            synchronized (lock) {
                return waiting.remove(task);
            }
        }

        /** Drops what has not begun and writes off the threads that still run a task of this share. */
        void close() {
            List<Task> dropped;
            int kept = 0;
            synchronized (lock) {
                closed = true;
                dropped = new ArrayList<>(waiting);
                waiting.clear();
                ready.removeIf(job -> job.share == this && dropped.add(job.task));
                for (Worker worker : workers) {
                    if (worker.job != null && worker.job.share == this) {
                        kept += worker.writeOff() ? 0 : 1;
                    }
                }
            }
            if (kept > 0) {
                LOG.error(
                        "{} threads of {} are held by handlers that have gone; restart the gateway", kept + size, name);
            }
            try {
                refill();
            } finally {
                dropped.forEach(Task::dropped); // also if the machine has no thread to give
            }
        }

        private void ready(Task task) {
            ready.add(new Job(this, task));
            lock.notify();
        }

        private void done() {
            Task next = waiting.poll();
            if (next == null) {
                admitted--;
            } else {
                ready(next);
            }
        }
    }

    /** Makes a share that can hold this many threads at once. */
    Share share(int limit) {
        return new Share(limit);
    }

    /** Replaces every thread as soon as it has nothing to do. */
    void renew() {
        synchronized (lock) {
            generation++;
            lock.notifyAll();
        }
    }

    /** Takes no tasks any more, and ends the threads when they have done what there is. */
    void stop() {
        synchronized (lock) {
            stopped = true;
            lock.notifyAll();
        }
    }

    private void refill() {
        for (Worker worker = hire(); worker != null; worker = hire()) {
            worker.start();
        }
    }

    private Worker hire() {
        synchronized (lock) {
            if (stopped || workers.size() - writtenOff >= size) {
                return null;
            }
            int number = 1;
            while (isTaken(number)) {
                number++;
            }
            Worker worker = new Worker(number, generation);
            workers.add(worker);
            return worker;
        }
    }

    private boolean isTaken(int number) {
        return workers.stream().anyMatch(worker -> worker.number == number);
    }

    private final class Worker implements Runnable {

        private final int number;
        private final int born;
        private final Thread thread;
        // guarded by lock
        private Job job;
        private boolean lost;

        Worker(int number, int born) {
            this.number = number;
            this.born = born;
            thread = CleanThreads.daemon(name + "-" + number, this);
        }

        void start() {
            thread.start();
        }

        @Override
        public void run() {
            while (next()) {
                try {
                    job.task.run();
                } catch (Throwable e) { // foreign code may throw anything, and the thread must live on
                    LOG.error("a task of {} failed", name, e);
                }
                Thread.interrupted(); // an interrupt that foreign code left behind is not for whoever comes next
            }
            refill();
        }

        boolean writeOff() {
            if (!lost && writtenOff < size) {
                lost = true;
                writtenOff++;
            }
            return lost;
        }

        private boolean next() {
            synchronized (lock) {
                if (job != null && !lost) {
                    job.share.done();
                }
                job = null;
                while (!lost && (stopped || born == generation)) {
                    job = ready.poll();
                    if (job != null || stopped) {
                        break;
                    }
                    try {
                        lock.wait();
                    } catch (InterruptedException e) {
                        // Nobody asks this thread for anything by an interrupt.
                    }
                }
                if (job == null) {
                    workers.remove(this);
                    writtenOff -= lost ? 1 : 0;
                }
                return job != null;
            }
        }
    }
}
