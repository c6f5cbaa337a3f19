package io.fieldgate.handler.live;

import io.fieldgate.api.data.Sample;
import io.fieldgate.api.gateway.Points;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Executor;

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
 * <p><b>Threading.</b> Safe for use by many threads. Never waits; catching up, which costs time, is done by the worker.
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

    // All guarded by this.
    private final Queue<Update> pass = new ArrayDeque<>();
    private long last;
    private boolean snapshot;
    private boolean behind = true;
    private boolean queued;
    private boolean stopped;
    private int messages;
    private long bytes;
    // What was left out since it fell behind. Stale: there is something to be fetched, nothing of it at or before
    // staleAfter.
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
    synchronized void start() {
        schedule();
    }

    /** Ends it: nothing is sent after this has returned. Says how far the client has got. */
    synchronized Position stop() {
        stopped = true;
        pass.clear();
        return new Position(last, snapshot);
    }

    /** The group has something new. */
    synchronized void offer(Update update, boolean restarted) {
        if (stopped || update.last() <= last) {
            return;
        }
        if (behind || messages >= WINDOW_MESSAGES || bytes >= WINDOW_BYTES) {
            skip(update);
        } else if (restarted && group.selection().every()) {
            // The observation has begun with a snapshot: what led to it may be in the ring only.
            skip(update);
            schedule();
        } else {
            send(update.after(last));
        }
    }

    private void skip(Update update) {
        behind = true;
        if (!stale) {
            stale = true;
            staleAfter = update.lagged() ? last : update.first() - 1;
        }
        skipped += update.count(last) + update.missed();
        skippedTo = update.last();
    }

    private void schedule() {
        if (behind && messages == 0 && !queued && !stopped) {
            queued = true;
            worker.execute(this::catchUp);
        }
    }

    private synchronized void catchUp() {
        queued = false;
        if (stopped || messages > 0) {
            return;
        }
        while (pass.isEmpty() && stale) {
            fetch();
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
    }

    private void fetch() {
        long after = Math.max(last, staleAfter);
        long known = skipped;
        stale = false;
        staleAfter = 0;
        skipped = 0;
        if (last == 0 && snapshot) {
            pass.addAll(group.snapshot());
            // It may be a second old, so what has come since is asked for next.
            snapshot = !pass.isEmpty();
            stale = true;
        } else if (snapshot || !group.selection().every()) {
            pass.addAll(Update.of(points.latest(group.selection().filters(), last)));
        } else {
            Optional<List<Sample>> ring = points.since(group.selection().filters(), after);
            if (ring.isPresent()) {
                continueWith(ring.get());
            } else {
                lag(known);
            }
        }
    }

    private void continueWith(List<Sample> samples) {
        stale = samples.size() > RING_SAMPLES;
        pass.addAll(Update.of(stale ? List.copyOf(samples.subList(0, RING_SAMPLES)) : samples));
    }

    private void lag(long known) {
        List<Sample> found = points.latest(group.selection().filters(), last);
        long foundSkipped =
                found.stream().filter(sample -> sample.sequence() <= skippedTo).count();
        long missed = Math.max(0, known - foundSkipped);
        if (missed > 0 || !found.isEmpty()) {
            snapshot = true;
            pass.addAll(Update.lagged(found, missed));
        }
    }

    private void send(Update update) {
        last = Math.max(last, update.last());
        long size = update.message().size();
        messages++;
        bytes += size;
        outlet.send(update).whenComplete((done, failure) -> left(size, failure));
    }

    /** A message has left. One that never will is for a client that has gone or changed hands; it gets nothing more. */
    private synchronized void left(long size, Throwable failure) {
        if (failure == null) {
            messages--;
            bytes -= size;
            schedule();
        }
    }
}
