package io.fieldgate.transport.http;

/** A body that a client is sending. */
interface Incoming {

    /**
     * Tells whether it comes too slowly.
     *
     * @param now in nanoseconds, as {@link System#nanoTime}
     */
    boolean isTooSlow(long now, Bounds bounds);

    /** Gives it up, and its connection. It may have come whole meanwhile; then nothing happens. */
    void giveUp();
}
