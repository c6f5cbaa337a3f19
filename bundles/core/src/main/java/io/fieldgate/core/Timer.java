package io.fieldgate.core;

import java.time.Duration;

/** Does things when their time has come, all on one thread. They are short, wait for nothing and call no foreign code. */
interface Timer {

    /** Something that is still to be done. */
    @FunctionalInterface
    interface Pending {

        /** Nothing is to be done. */
        Pending NOTHING = () -> {};

        /** Has it not done any more, and holds it no more; nothing happens if it has been done. */
        void cancel();
    }

    /** Monotonic time in nanoseconds; only differences mean anything. */
    long nanoTime();

    /**
     * Does something once.
     *
     * @param delay how long from now; zero or less for at once
     * @param task what to do
     * @return the way to cancel it
     */
    Pending after(Duration delay, Runnable task);

    /** Does nothing any more: what was to be done later is forgotten, and so is what is asked for from now on. */
    void close();
}
