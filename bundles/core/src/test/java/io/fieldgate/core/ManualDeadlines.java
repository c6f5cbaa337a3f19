package io.fieldgate.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Time that passes only when a test says so. */
final class ManualDeadlines implements Deadlines {

    private final List<Due> due = new ArrayList<>();
    private long now;

    /** Equal to itself alone, unlike a record. */
    private static final class Due {
        private final long at;
        private final Runnable task;

        Due(long at, Runnable task) {
            this.at = at;
            this.task = task;
        }
    }

    @Override
    public synchronized Pending after(Duration delay, Runnable task) {
        Due added = new Due(now + delay.toNanos(), task);
        due.add(added);
        return () -> cancel(added);
    }

    /** Lets time pass and does what is due, in order, on the thread that calls. */
    void advance(Duration by) {
        long until = now(by);
        Optional<Due> next = poll(until);
        while (next.isPresent()) {
            next.get().task.run();
            next = poll(until);
        }
        reach(until);
    }

    private synchronized long now(Duration by) {
        return now + by.toNanos();
    }

    private synchronized void reach(long time) {
        now = time;
    }

    private synchronized void cancel(Due pending) {
        due.remove(pending);
    }

    private synchronized Optional<Due> poll(long until) {
        Optional<Due> next = due.stream()
                .filter(candidate -> candidate.at <= until)
                .min(Comparator.comparingLong(candidate -> candidate.at));
        next.ifPresent(first -> {
            now = first.at;
            cancel(first);
        });
        return next;
    }
}
