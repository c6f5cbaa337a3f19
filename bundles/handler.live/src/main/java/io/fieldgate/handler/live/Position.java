package io.fieldgate.handler.live;

/**
 * How far a client has got in its subscription.
 *
 * @param last sequence number of the last sample that was sent to it; 0 if there was none
 * @param snapshot true if it still waits for a snapshot, or for the rest of one
 */
record Position(long last, boolean snapshot) {

    /** A client that has nothing yet. */
    static final Position START = new Position(0, true);

    /** A client that has everything up to a sample, be it from another connection. */
    static Position after(long last) {
        return new Position(last, false);
    }
}
