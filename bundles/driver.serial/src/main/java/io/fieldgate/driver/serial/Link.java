package io.fieldgate.driver.serial;

import io.fieldgate.api.driver.DriverException;

/** A serial line that is open. One thread reads and closes, any may send. */
interface Link extends AutoCloseable {

    /** Opens links, again and again. */
    @FunctionalInterface
    interface Opener {

        Link open() throws DriverException;
    }

    /**
     * Reads what is there, or waits for it a little (100 ms).
     *
     * @return how many octets; 0 if none has come; -1 if the hardware is gone
     */
    int read(byte[] into);

    /** Sends all of it, at most for 2 s. */
    void send(byte[] octets) throws DriverException;

    @Override
    void close();
}
