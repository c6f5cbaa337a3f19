package io.fieldgate.core;

import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.Quality;
import io.fieldgate.api.data.Quality.Code;
import io.fieldgate.api.data.Sample;
import io.fieldgate.api.driver.Driver;
import io.fieldgate.api.gateway.PointException.Reason;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A read, be it a turn of polling or asked for. When it comes back late what it brings counts like what a driver pushes. */
final class ReadCall implements LaneCall {

    /** What becomes of it. */
    interface End {

        /**
         * It has returned.
         *
         * @param samples what was published of it
         * @param problem what was wrong, if anything
         */
        void returned(List<Sample> samples, Optional<DriverReader.Problem> problem);

        /** It was not done, or not in time. */
        void failed(Reason reason, String why);
    }

    private static final Quality TIMEOUT = Quality.bad(Code.TIMEOUT);

    private final DriverSlot slot;
    private final Driver driver;
    private final PointStore store;
    private final List<PointId> points;
    private final boolean always;
    private final End end;
    // Guarded by this: without it a time-out could be published after the readings that ended it.
    private boolean done;

    /**
     * Makes a read.
     *
     * @param slot owner of the points
     * @param driver is asked
     * @param store gets what it says
     * @param points the points
     * @param always whether what is within the dead band is published too
     * @param end what becomes of it
     */
    ReadCall(DriverSlot slot, Driver driver, PointStore store, List<PointId> points, boolean always, End end) {
        this.slot = slot;
        this.driver = driver;
        this.store = store;
        this.points = points;
        this.always = always;
        this.end = end;
    }

    @Override
    public String what() {
        return points.size() == 1 ? "read of " + points.get(0) : "read of " + points.size() + " points";
    }

    @Override
    public void run() {
        DriverReader.Result result = DriverReader.read(driver, points);
        Map<Flaw, Integer> flaws = new EnumMap<>(Flaw.class);
        List<Sample> samples;
        synchronized (this) {
            done = true;
            samples =
                    store.publish(slot, result.readings(), always, (point, flaw) -> flaws.merge(flaw, 1, Integer::sum));
        }
        end.returned(samples, result.problem().or(() -> problem(flaws)));
    }

    private Optional<DriverReader.Problem> problem(Map<Flaw, Integer> flaws) {
        // A driver that is in the shadow of another since it was asked has no points any more, which is not its fault.
        flaws.remove(Flaw.UNKNOWN_POINT);
        if (flaws.isEmpty()) {
            return Optional.empty();
        }
        String text = flaws.entrySet().stream()
                .map(flaw -> flaw.getValue() + " of " + points.size() + " points answered "
                        + flaw.getKey().words())
                .collect(Collectors.joining(", "));
        return Optional.of(new DriverReader.Problem(text, null));
    }

    @Override
    public void overdue() {
        synchronized (this) {
            if (done) {
                return;
            }
            store.fail(slot, points, TIMEOUT);
        }
        end.failed(Reason.TIMEOUT, what() + " has not returned in time");
    }

    @Override
    public void refused(Reason reason, String why) {
        end.failed(reason, why);
    }
}
