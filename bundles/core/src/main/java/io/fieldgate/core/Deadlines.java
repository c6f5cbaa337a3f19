package io.fieldgate.core;

import java.time.Duration;

/** Does things when their time has come. One thread serves all; what it does must not wait. */
interface Deadlines {

    /** Something that is still to be done. */
    interface Pending {

        /** Has it not done any more, and holds it no more. */
        void cancel();
    }

    /**
     * Does something later.
     *
     * @param delay how much later
     * @param task what to do
     * @return the way to cancel it
     */
    Pending after(Duration delay, Runnable task);
}
