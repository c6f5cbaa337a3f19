package io.fieldgate.benchmark.load;

import java.io.IOException;

/** What the clients of a {@link Load} do, and how much of it has been done. Used by one thread. */
public interface Traffic extends Receiver {

    /**
     * Does what is due by itself, not in answer to a message.
     *
     * @throws IOException if the load cannot go on
     */
    default void step() throws IOException {}

    /**
     * How much has been done: round trips, deliveries, samples or handshakes.
     *
     * @return a number that only grows
     */
    long count();

    /** Begins nothing new; what is under way still comes. */
    void stop();

    /**
     * Tells whether nothing is under way any more.
     *
     * @return true if all that was asked for has come
     */
    boolean isDone();
}
