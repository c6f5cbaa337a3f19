package io.fieldgate.core;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Clock and timer that go on when the test says so. Tasks run on the thread of the test. */
final class ManualTime extends Clock implements Timer {

    private static final class Entry {

        private final long at;
        private final Runnable work;

        private Entry(long at, Runnable work) {
            this.at = at;
            this.work = work;
        }
    }

    private final List<Entry> entries = new ArrayList<>();
    private long nanos;

    @Override
    public synchronized long nanoTime() {
        return nanos;
    }

    @Override
    public synchronized Pending after(Duration delay, Runnable work) {
        Entry entry = new Entry(nanos + Math.max(0, delay.toNanos()), work);
        entries.add(entry);
        return () -> cancel(entry);
    }

    private synchronized void cancel(Entry entry) {
        entries.remove(entry);
    }

    /** Goes on, and runs what falls due, each task at its own time. */
    void advance(Duration duration) {
        long end = nanoTime() + duration.toNanos();
        for (Runnable work = next(end); work != null; work = next(end)) {
            work.run();
        }
        synchronized (this) {
            nanos = end;
        }
    }

    private synchronized Runnable next(long end) {
        Entry first = entries.stream()
                .filter(entry -> entry.at <= end)
                .min(Comparator.comparingLong(entry -> entry.at))
                .orElse(null);
        if (first == null) {
            return null;
        }
        cancel(first);
        nanos = Math.max(nanos, first.at);
        return first.work;
    }

    @Override
    public synchronized void close() {
        entries.clear();
    }

    synchronized int waiting() {
        return entries.size();
    }

    @Override
    public Instant instant() {
        return Instant.EPOCH.plusNanos(nanoTime());
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
