package io.fieldgate.driver.sim;

import io.fieldgate.api.driver.DriverException;
import io.fieldgate.api.driver.DriverException.Reason;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Which fault is on, and the gate where calls meet it.
 *
 * <p><b>Threading.</b> Safe for use by many threads. A call that waits here holds its own thread and nothing else.
 */
final class FaultSwitch {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    // Guarded by lock.
    private FaultSetting setting;
    private boolean ended;

    FaultSwitch(FaultSetting first) {
        setting = first;
    }

    FaultSetting setting() {
        lock.lock();
        try {
            return setting;
        } finally {
            lock.unlock();
        }
    }

    /** Puts another fault in the place of the one before; calls that wait go on under the new one. */
    void set(FaultSetting next) {
        lock.lock();
        try {
            setting = next;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Ends all waiting for good. */
    void end() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Lets a call through, when the fault lets it.
     *
     * @return the fault that the answer is to have
     * @throws DriverException if the device cannot be reached
     * @throws IllegalStateException if the fault is that the driver throws
     */
    Fault pass() throws DriverException {
        lock.lock();
        try {
            await();
            if (ended) {
                throw new DriverException(Reason.CONNECTION, "the simulation has ended");
            }
            return switch (setting.fault()) {
                case GONE -> throw new DriverException(Reason.CONNECTION, FaultyDriver.GONE);
                case THROW -> throw new IllegalStateException("the simulated driver throws");
                default -> setting.fault();
            };
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DriverException(Reason.CONNECTION, "interrupted", e);
        } finally {
            lock.unlock();
        }
    }

    private void await() throws InterruptedException {
        long begun = System.nanoTime();
        while (!ended && (setting.is(Fault.NO_ANSWER) || left(begun) > 0)) {
            if (setting.is(Fault.NO_ANSWER)) {
                // A system call on a bus that hangs knows nothing of interrupts either.
                changed.awaitUninterruptibly();
            } else {
                long unused = changed.awaitNanos(left(begun));
            }
        }
    }

    private long left(long begun) {
        long whole = setting.is(Fault.SLOW) ? TimeUnit.MILLISECONDS.toNanos(setting.delayMillis()) : 0;
        return whole - (System.nanoTime() - begun);
    }
}
