package io.fieldgate.core;

/** One going of a handler: the sessions that it leaves behind know by it how long they may wait. */
final class Departure {

    private volatile boolean over;

    /** Says that the time for a successor is up. */
    void expire() {
        over = true;
    }

    boolean isOver() {
        return over;
    }
}
