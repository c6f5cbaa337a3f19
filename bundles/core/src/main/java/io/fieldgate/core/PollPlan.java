package io.fieldgate.core;

import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.PointInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * When the points of one driver are read. Points of one period have their turns together, and all turns lie on one grid, so
 * that those which are due at once go in one read. One read is out at a time: a turn that comes while the read before is still
 * out is missed by the points in it, and kept by the others. Not thread-safe.
 */
final class PollPlan {

    /**
     * Points whose turn it is.
     *
     * @param period their period; of a read of several turns the longest
     * @param points the points
     */
    record Turn(Duration period, List<PointId> points) {}

    private static final class Group {

        private List<PointId> points = List.of();
        private long nextTurn;
        private boolean due;
        private boolean out;
    }

    private final long origin;
    private final TreeMap<Duration, Group> groups = new TreeMap<>();
    private boolean reading;

    /** @param origin when the first turns are, in nanoseconds */
    PollPlan(long origin) {
        this.origin = origin;
    }

    /** Takes over what is to be polled. Points that are new have a turn at once. */
    void replace(Collection<PointInfo> points, long now) {
        Map<Duration, List<PointId>> wanted = points.stream()
                .filter(point -> point.access().readable() && point.pollPeriod().isPresent())
                .collect(Collectors.groupingBy(
                        point -> point.pollPeriod().get(), Collectors.mapping(PointInfo::id, Collectors.toList())));
        groups.keySet().retainAll(wanted.keySet());
        wanted.forEach((period, ids) -> {
            Group group = groups.computeIfAbsent(period, p -> new Group());
            Set<PointId> fresh = new HashSet<>(ids);
            group.points.forEach(fresh::remove);
            group.points = List.copyOf(ids);
            if (!fresh.isEmpty()) {
                group.nextTurn = now - origin < 0 ? origin : now;
            }
        });
    }

    /** Gives every point a turn now. */
    void hurry(long now) {
        groups.values().forEach(group -> group.nextTurn = now);
    }

    boolean isEmpty() {
        return groups.isEmpty();
    }

    /** When the next turn is. There must be one. */
    long nextTurn() {
        return groups.values().stream()
                .mapToLong(group -> group.nextTurn)
                .reduce((a, b) -> a - b < 0 ? a : b)
                .orElseThrow();
    }

    /** Takes the turns up to now, and moves them on. */
    List<Turn> turns(long now) {
        List<Turn> turns = new ArrayList<>();
        groups.forEach((period, group) -> {
            if (group.nextTurn - now <= 0) {
                long length = period.toNanos();
                group.nextTurn = origin + (Math.floorDiv(now - origin, length) + 1) * length;
                group.due = group.due || !group.out;
                turns.add(new Turn(period, group.points));
            }
        });
        return turns;
    }

    /** Begins a read if points are due and none is out; else there are no points in what it returns. */
    Turn begin() {
        List<PointId> batch = new ArrayList<>();
        Duration longest = Duration.ZERO;
        if (!reading) {
            for (Map.Entry<Duration, Group> entry : groups.entrySet()) {
                Group group = entry.getValue();
                if (group.due) {
                    group.due = false;
                    group.out = true;
                    batch.addAll(group.points);
                    longest = entry.getKey();
                }
            }
            reading = !batch.isEmpty();
        }
        return new Turn(longest, batch);
    }

    /** Ends the read that is out. */
    void end() {
        reading = false;
        groups.values().forEach(group -> group.out = false);
    }
}
