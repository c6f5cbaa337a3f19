package io.fieldgate.shell;

import java.time.Duration;

/** How a command that goes on until it is interrupted waits: in tests no time passes. */
interface Pause {

    /** Time itself. */
    Pause REAL = time -> Thread.sleep(time.toMillis());

    /**
     * Waits.
     *
     * @throws InterruptedException if the command is to end
     */
    void await(Duration time) throws InterruptedException;
}
