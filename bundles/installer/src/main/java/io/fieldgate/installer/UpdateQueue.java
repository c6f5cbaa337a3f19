package io.fieldgate.installer;

import io.fieldgate.api.gateway.Update;
import io.fieldgate.api.gateway.UpdateException;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The updates that wait for their turn, and the one whose turn it is. Safe for use by many threads. */
final class UpdateQueue {

    private static final int LONGEST = 16;

    private final Clock clock;
    private final Consumer<UpdateRun> whenGone;
    private final Deque<UpdateRun> waiting = new ArrayDeque<>(); // guarded by this
    private Optional<UpdateRun> current = Optional.empty(); // guarded by this

    /** @param whenGone is told of each that ended without its turn */
    UpdateQueue(Clock clock, Consumer<UpdateRun> whenGone) {
        this.clock = clock;
        this.whenGone = whenGone;
    }

    /** Adds an update, which takes the place of older ones of its bundles. */
    void offer(UpdateRun next) throws UpdateException {
        List<UpdateRun> older = new ArrayList<>();
        synchronized (this) {
            for (UpdateRun run : waiting) {
                if (overlap(run, next)) {
                    older.add(run);
                }
            }
            waiting.removeAll(older);
            if (waiting.size() >= LONGEST) {
                waiting.addAll(older);
                throw new UpdateException(
                        UpdateException.Reason.BUSY, LONGEST + " updates wait already; try again later");
            }
            waiting.add(next);
            current.filter(run -> overlap(run, next)).ifPresent(run -> run.supersedeBy(next));
        }
        for (UpdateRun run : older) {
            run.supersedeBy(next);
            run.move(run.deed().at(Update.State.REFUSED, run.superseded(), clock.instant()));
            whenGone.accept(run);
        }
    }

    /** Takes the update whose turn it is. */
    synchronized Optional<UpdateRun> next() {
        current = Optional.ofNullable(waiting.poll());
        return current;
    }

    /** Has an update its turn that did not wait. */
    synchronized void begin(UpdateRun run) {
        current = Optional.of(run);
        waiting.stream().filter(other -> overlap(run, other)).findFirst().ifPresent(run::supersedeBy);
    }

    /** Ends the turn. */
    synchronized void end() {
        current = Optional.empty();
    }

    /** Takes away all that wait. */
    synchronized List<UpdateRun> clear() {
        List<UpdateRun> left = List.copyOf(waiting);
        waiting.clear();
        return left;
    }

    synchronized Optional<UpdateRun> current() {
        return current;
    }

    /** Those that wait and the current one, the newest first. */
    synchronized List<UpdateRun> all() {
        List<UpdateRun> all = new ArrayList<>();
        current.ifPresent(all::add);
        all.addAll(waiting);
        Collections.reverse(all);
        return all;
    }

    private static boolean overlap(UpdateRun one, UpdateRun other) {
        return !Collections.disjoint(one.names(), other.names());
    }
}
