package io.fieldgate.handler.live;

import io.fieldgate.api.data.SampleBatch;
import io.fieldgate.api.gateway.Observation;
import io.fieldgate.api.gateway.Points;
import io.fieldgate.api.handler.PointObserver;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** The clients that want the same: one observation, each of its batches encoded once. */
final class Group implements PointObserver {

    /** How old a snapshot may be that newcomers share; what came later they get as the next message. */
    private static final long SNAPSHOT_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Selection selection;
    private final Points points;
    private final LongSupplier nanoTime;
    private final Set<Subscriber> members = ConcurrentHashMap.newKeySet();
    private volatile Recent recent;
    private Observation observation;

    Group(Selection selection, Points points, LongSupplier nanoTime) {
        this.selection = selection;
        this.points = points;
        this.nanoTime = nanoTime;
    }

    private record Recent(long takenAt, List<Update> updates) {}

    Selection selection() {
        return selection;
    }

    /** Called with the fan-out's lock, as are {@link #remove} and {@link #close}. */
    void add(Subscriber member) {
        members.add(member);
        if (observation == null) {
            observation = points.observe(selection.filters(), selection.mode(), OptionalLong.empty(), this);
        }
    }

    /** Takes a member out and tells whether that was the last. */
    boolean remove(Subscriber member) {
        members.remove(member);
        return members.isEmpty();
    }

    void close() {
        if (observation != null) {
            observation.close();
        }
        recent = null;
    }

    /**
     * The last sample of every point, for newcomers. Many that come within a second, as after a break of the network, share
     * the work and the bytes.
     */
    List<Update> snapshot() {
        Recent taken = recent;
        long now = nanoTime.getAsLong();
        if (taken == null || now - taken.takenAt() > SNAPSHOT_NANOS) {
            taken = new Recent(now, Update.of(points.latest(selection.filters(), 0)));
            recent = taken;
        }
        return taken.updates();
    }

    @Override
    public void observed(SampleBatch batch) {
        Recent taken = recent;
        if (taken != null && nanoTime.getAsLong() - taken.takenAt() > SNAPSHOT_NANOS) {
            recent = null;
        }
        List<Update> updates =
                batch.missed() > 0 ? Update.lagged(batch.samples(), batch.missed()) : Update.of(batch.samples());
        boolean restarted = batch.snapshot() && batch.missed() == 0;
        for (Update update : updates) {
            for (Subscriber member : members) {
                member.offer(update, restarted);
            }
        }
    }
}
