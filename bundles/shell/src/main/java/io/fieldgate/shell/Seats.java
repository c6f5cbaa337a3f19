package io.fieldgate.shell;

import java.util.concurrent.Semaphore;

/** How many of a kind may be there at once. Safe for use by many threads. */
final class Seats {

    private final Semaphore free;
    private final String refusal;

    /**
     * Makes seats.
     *
     * @param count how many
     * @param refusal the line for who finds none
     */
    Seats(int count, String refusal) {
        free = new Semaphore(count);
        this.refusal = count + refusal;
    }

    /** Takes one. Returns whether there was one; then it must be given back. */
    boolean take() {
        return free.tryAcquire();
    }

    void giveBack() {
        free.release();
    }

    String refusal() {
        return refusal;
    }
}
