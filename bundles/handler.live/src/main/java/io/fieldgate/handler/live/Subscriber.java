package io.fieldgate.handler.live;

import io.fieldgate.api.data.Sample;
import io.fieldgate.api.gateway.Points;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One client's place in the stream of its {@link Group}.
 *
 * <p>A client that keeps up is <i>in step</i>: it gets the group's updates as they come, encoded once for all. It falls
 * <i>behind</i> when too much of what it was sent has not left yet. Then the group's updates are only counted; each time that
 * the last message has left it gets one more, made of what it lacks at that moment, until it lacks nothing and is in step
 * again. A newcomer, or one that resumes, starts behind: so its first messages are a snapshot or a continuation, and the
 * change to the group's updates leaves nothing out. Whatever happens, no sample is sent unless its sequence number is higher
 * than that of the one before.
 *
 * <p><b>Threading.</b> Safe for use by many threads. Never waits; catching up, which costs time, is done by the worker. The
 * points are never asked, and no thread is called back, with the lock held; only the outlet is, so that nothing is sent
 * after {@link #stop} has returned.
 */
final class Subscriber {

    /** How much may be under way to a client that still counts as in step: messages, and bytes. */
    static final int WINDOW_MESSAGES = 8;

    static final long WINDOW_BYTES = 256 * 1024;

    /** How many samples of the ring are taken at a time when each sample is wanted. */
    static final int RING_SAMPLES = 4096;

    private final Points points;
    private final Group group;
    private final Outlet outlet;
    private final Executor worker;

    // What is under way. Counted without the lock, for it is a foreign thread that says what has left.
    private final AtomicInteger messages = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicBoolean queued = new AtomicBoolean();
    private volatile boolean behind = true;

    // All guarded by this.
    private final Queue<Update> pass = new ArrayDeque<>();
    private long last;
    // What waits in the pass goes up to here.
    private long covered;
    private boolean snapshot;
    private boolean stopped;
    // What was left out since it fell behind. Stale: there is something to be fetched, all of it after staleAfter.
    private boolean stale = true;
    private long staleAfter;
    private long skipped;
    private long skippedTo;

    Subscriber(Points points, Group group, Position position, Outlet outlet, Executor worker) {
        this.points = points;
        this.group = group;
        this.outlet = outlet;
        this.worker = worker;
        this.last = position.last();
        this.snapshot = position.snapshot();
    }

    Group group() {
        return group;
    }

    /** Begins to send. To be called once, when the group knows this subscriber. */
    void start() {
        schedule();
    }

    /** Ends it: nothing is sent after this has returned. Says how far the client has got. */
    synchronized Position stop() {
        stopped = true;
        pass.clear();
        return new Position(last, snapshot);
    }

    /** The group has something new. */
    void offer(Update update, boolean restarted) {
        if (take(update, restarted)) {
            schedule();
        }
    }

    /** Sends an update or leaves it out. Tells whether the client has fallen behind by it. */
    private synchronized boolean take(Update update, boolean restarted) {
        long have = Math.max(last, covered);
        if (stopped || update.last() <= have) {
            return false;
        }
        // An observation that has just begun has a snapshot first: what led to it may be in the ring only.
        boolean torn = restarted && group.selection().every();
        if (!behind && !torn && messages.get() < WINDOW_MESSAGES && bytes.get() < WINDOW_BYTES) {
            send(update.after(last));
            return false;
        }
        if (!stale) {
            stale = true;
            staleAfter = update.lagged() ? last : update.first() - 1;
        }
        skipped += update.count(have) + update.missed();
        skippedTo = update.last();
        boolean before = behind;
        behind = true;
        return !before;
    }

    /** Has the worker send what is lacking, when all that was under way has left. */
    private void schedule() {
        if (behind && messages.get() == 0 && queued.compareAndSet(false, true)) {
            worker.execute(this::catchUp);
        }
    }

    private void catchUp() {
        queued.set(false);
        Need need = sendNext();
        while (need != null) {
            Found found = fetch(need);
            synchronized (this) {
                apply(found);
            }
            need = sendNext();
        }
    }

    /** What must be fetched before anything can be sent. */
    private record Need(long last, long after, boolean snapshot, long skipped, long skippedTo) {}

    /**
     * What was fetched.
     *
     * @param known how many of the samples were counted as skipped before
     * @param again true if there is more
     */
    private record Found(List<Update> updates, boolean snapshot, long known, boolean again) {}

    /** Sends one message, or says what is needed for it; does neither if nothing is lacking any more. */
    private synchronized Need sendNext() {
        if (stopped || messages.get() > 0) {
            return null;
        }
        if (pass.isEmpty() && stale) {
            Need need = new Need(last, Math.max(last, staleAfter), snapshot, skipped, skippedTo);
            stale = false;
            staleAfter = 0;
            skipped = 0;
            return need;
        }
        Update next = pass.poll();
        if (pass.isEmpty()) {
            snapshot = false;
        }
        if (next == null) {
            behind = false;
        } else {
            send(next);
        }
        return null;
    }

    private Found fetch(Need need) {
        Selection selection = group.selection();
        if (need.snapshot() && need.last() == 0) {
            // It may be a second old, so what has come since is asked for next.
            return new Found(group.snapshot(), true, 0, true);
        }
        if (need.snapshot() || !selection.every()) {
            return new Found(Update.of(points.latest(selection.filters(), need.last())), need.snapshot(), 0, false);
        }
        Optional<List<Sample>> ring = points.since(selection.filters(), need.after());
        if (ring.isEmpty()) {
            return lag(need, points.latest(selection.filters(), need.last()));
        }
        boolean longRing = ring.get().size() > RING_SAMPLES;
        List<Sample> samples = longRing ? List.copyOf(ring.get().subList(0, RING_SAMPLES)) : ring.get();
        return new Found(Update.of(samples), false, 0, longRing);
    }

    private static Found lag(Need need, List<Sample> found) {
        long known = found.stream()
                .filter(sample -> sample.sequence() <= need.skippedTo())
                .count();
        long missed = Math.max(0, need.skipped() - known);
        boolean worthSaying = missed > 0 || !found.isEmpty();
        return new Found(
                worthSaying ? Update.lagged(found, missed) : List.of(), worthSaying, found.size() - known, false);
    }

    private void apply(Found found) {
        for (Update update : found.updates()) {
            pass.add(update);
            covered = update.last();
        }
        snapshot = found.snapshot() && !pass.isEmpty();
        // Skipped while the points were asked, but to be sent all the same.
        skipped = Math.max(0, skipped - found.known());
        if (found.again()) {
            stale = true;
            staleAfter = 0;
        }
    }

    private void send(Update update) {
        last = Math.max(last, update.last());
        long size = update.message().size();
        messages.incrementAndGet();
        bytes.addAndGet(size);
        outlet.send(update).whenComplete((done, failure) -> left(size, failure));
    }

    /** A message has left. One that never will is for a client that has gone or changed hands; it gets nothing more. */
    private void left(long size, Throwable failure) {
        if (failure == null) {
            bytes.addAndGet(-size);
            messages.decrementAndGet();
            schedule();
        }
    }
}
