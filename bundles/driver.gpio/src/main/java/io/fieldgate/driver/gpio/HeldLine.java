package io.fieldgate.driver.gpio;

import io.fieldgate.api.driver.DriverException;
import io.fieldgate.api.driver.DriverException.Reason;

/** A line that the kernel has given to this process. */
final class HeldLine implements Lines.Line {

    private final Lines.Chip chip;
    private final int number;
    private final int descriptor;
    private final EdgeLoop edges;
    private boolean closed; // guarded by this

    HeldLine(Lines.Chip chip, int number, int descriptor, EdgeLoop edges) {
        this.chip = chip;
        this.number = number;
        this.descriptor = descriptor;
        this.edges = edges;
    }

    @Override
    public synchronized boolean level() throws DriverException {
        return checked(closed ? -1 : Native.get(descriptor)) != 0;
    }

    @Override
    public synchronized void level(boolean level) throws DriverException {
        checked(closed ? -1 : Native.set(descriptor, level ? 1 : 0));
    }

    private int checked(int result) throws DriverException {
        if (result < 0) {
            throw new DriverException(
                    Reason.CONNECTION,
                    "line " + number + " of " + chip + (closed ? " is closed" : " does not answer, error " + -result));
        }
        return result;
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        // Without the lock: the thread that is waited for may ask for the level.
        edges.remove(descriptor);
        Native.close(descriptor);
    }
}
