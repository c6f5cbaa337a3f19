package io.fieldgate.testkit;

import io.fieldgate.api.data.Reading;
import io.fieldgate.api.gateway.DriverContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * Keeps what a driver says. After {@link #stop} nothing is kept any more but the complaint that something came.
 *
 * <p><b>Threading.</b> Safe for use by many threads.
 */
public final class FakeDriverContext implements DriverContext {

    // All guarded by this.
    private final List<List<Reading>> batches = new ArrayList<>();
    private final List<Status> statuses = new ArrayList<>();
    private final List<String> late = new ArrayList<>();
    private int changes;
    private boolean stopped;

    /**
     * What a driver said of itself.
     *
     * @param connected whether the hardware can be reached
     * @param detail one line for a person, maybe empty
     */
    public record Status(boolean connected, String detail) {

        /** Refuses null. */
        public Status {
            Objects.requireNonNull(detail, "detail");
        }
    }

    /** Makes a context that works. */
    public FakeDriverContext() {}

    /**
     * What the driver has pushed.
     *
     * @return a snapshot of the readings, oldest first
     */
    public synchronized List<Reading> readings() {
        return batches.stream().flatMap(List::stream).toList();
    }

    /**
     * What the driver has pushed, as it was put together.
     *
     * @return a snapshot, one list per call, oldest first
     */
    public synchronized List<List<Reading>> batches() {
        return List.copyOf(batches);
    }

    /**
     * What the driver has said of itself.
     *
     * @return a snapshot, oldest first
     */
    public synchronized List<Status> statuses() {
        return List.copyOf(statuses);
    }

    /**
     * How often the driver has said that its devices have changed.
     *
     * @return the number of calls
     */
    public synchronized int changes() {
        return changes;
    }

    /**
     * What came after {@link #stop}, when a driver has nothing to say any more.
     *
     * @return a snapshot of the calls in words, oldest first; empty if the driver keeps the contract
     */
    public synchronized List<String> late() {
        return List.copyOf(late);
    }

    /** Listens for so long whether something comes after {@link #stop}, and tells as soon as it does. */
    synchronized List<String> lateWithin(Duration time) throws InterruptedException {
        long deadline = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); late.isEmpty() && left > 0; left = deadline - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return late();
    }

    /** From now on what comes is only complained of. A test calls it when the driver's {@code stop} has returned. */
    public synchronized void stop() {
        stopped = true;
    }

    @Override
    public synchronized void publish(List<Reading> readings) {
        List<Reading> copy = List.copyOf(readings);
        if (inTime("publish " + copy)) {
            batches.add(copy);
        }
    }

    @Override
    public synchronized void devicesChanged() {
        if (inTime("devicesChanged")) {
            changes++;
        }
    }

    @Override
    public synchronized void status(boolean connected, String detail) {
        Status status = new Status(connected, detail);
        if (inTime("status " + connected + " " + detail)) {
            statuses.add(status);
        }
    }

    private boolean inTime(String call) {
        if (stopped) {
            late.add(call);
            notifyAll();
        }
        return !stopped;
    }
}
