package io.fieldgate.core;

import java.time.Duration;

/** When to poll and when to give up waiting. Tasks are short and call no foreign code. */
interface PointTimer {

    /** A task that has not run yet. */
    @FunctionalInterface
    interface Task {

        /** Forgets the task; nothing happens if it has run. */
        void cancel();
    }

    /** Monotonic time in nanoseconds; only differences mean anything. */
    long nanoTime();

    /**
     * Runs a task once.
     *
     * @param delay how long from now; zero or less for at once
     * @param work the task
     */
    Task after(Duration delay, Runnable work);
}
