package io.fieldgate.core;

import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.Quality.Level;
import io.fieldgate.api.data.Sample;
import io.fieldgate.api.driver.Driver;
import io.fieldgate.api.gateway.PointException.Reason;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Polls the points of one driver. The timer says when; the lane reads; a turn that nothing came of for three periods makes the
 * points stale, whatever the lane does meanwhile.
 */
final class Poller {

    private static final Logger LOG = LoggerFactory.getLogger(Poller.class);
    private static final int PERIODS_TO_STALE = 3;

    private final DriverSlot slot;
    private final Driver driver;
    private final DriverLane lane;
    private final PointStore store;
    private final Timer timer;
    // Guarded by this.
    private final PollPlan plan;
    private Timer.Pending next = Timer.Pending.NOTHING;
    private boolean stopped;
    // Used on the lane alone.
    private final ReadTrouble trouble;

    /**
     * Makes a poller that has nothing to poll yet.
     *
     * @param slot owner of the points
     * @param driver is read
     * @param lane where it is read
     * @param store gets what it says
     * @param timer says when
     * @param jitter how long from now the first turn is, so that drivers do not all poll at once
     */
    Poller(DriverSlot slot, Driver driver, DriverLane lane, PointStore store, Timer timer, Duration jitter) {
        this.slot = slot;
        this.driver = driver;
        this.lane = lane;
        this.store = store;
        this.timer = timer;
        this.trouble = new ReadTrouble(slot.id());
        this.plan = new PollPlan(timer.nanoTime() + jitter.toNanos());
    }

    /** Takes over which points there are; none to pause. */
    synchronized void points(Collection<PointInfo> points) {
        plan.replace(points, timer.nanoTime());
        schedule();
    }

    /** Reads all points soon. */
    synchronized void hurry() {
        plan.hurry(timer.nanoTime());
        schedule();
    }

    synchronized void stop() {
        stopped = true;
        next.cancel();
        next = Timer.Pending.NOTHING;
    }

    private void schedule() {
        next.cancel();
        next = stopped || plan.isEmpty()
                ? Timer.Pending.NOTHING
                : timer.after(Duration.ofNanos(plan.nextTurn() - timer.nanoTime()), this::turn);
    }

    private void turn() {
        List<PollPlan.Turn> turns;
        synchronized (this) {
            if (stopped || plan.isEmpty()) {
                return;
            }
            turns = plan.turns(timer.nanoTime());
            schedule();
        }
        for (PollPlan.Turn turn : turns) {
            store.markStale(slot, turn.points(), turn.period().multipliedBy(PERIODS_TO_STALE));
        }
        read();
    }

    private void read() {
        PollPlan.Turn batch;
        synchronized (this) {
            if (stopped) {
                return;
            }
            batch = plan.begin();
        }
        if (!batch.points().isEmpty()) {
            lane.post(new ReadCall(slot, driver, store, batch.points(), false, new End(batch)));
        }
    }

    private final class End implements ReadCall.End {

        private final PollPlan.Turn batch;

        private End(PollPlan.Turn batch) {
            this.batch = batch;
        }

        @Override
        public void returned(List<Sample> samples, Optional<DriverReader.Problem> problem) {
            problem.ifPresentOrElse(what -> failed(samples, what), () -> trouble.passed(timer.nanoTime()));
            slot.polled(problem.map(DriverReader.Problem::text));
            synchronized (Poller.this) {
                plan.end();
            }
            read();
        }

        /** Nothing to do: the points are BAD already, and the turn ends when the driver returns. */
        @Override
        public void failed(Reason reason, String why) {
            LOG.debug("driver {}: {}", slot.id(), why);
        }

        private void failed(List<Sample> samples, DriverReader.Problem problem) {
            long turned = samples.stream()
                    .filter(sample -> sample.quality().level() == Level.BAD)
                    .count();
            trouble.failed(turned, batch, problem, timer.nanoTime());
        }
    }
}
