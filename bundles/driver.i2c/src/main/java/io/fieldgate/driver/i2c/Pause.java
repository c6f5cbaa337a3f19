package io.fieldgate.driver.i2c;

import io.fieldgate.driver.i2c.BusException.Kind;
import java.util.concurrent.TimeUnit;

/** How one waits for a part that measures. */
interface Pause {

    /** Waits, in microseconds. */
    void micros(long micros) throws InterruptedException;

    /** Waits by sleeping. */
    Pause SLEEP = TimeUnit.MICROSECONDS::sleep;

    /** Waits for a part. */
    default void micros(Target target, long micros) throws BusException {
        try {
            micros(micros);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw target.failure(Kind.TIMEOUT, "interrupted while it measured");
        }
    }
}
