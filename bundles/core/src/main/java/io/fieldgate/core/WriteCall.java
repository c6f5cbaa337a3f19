package io.fieldgate.core;

import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.Quality;
import io.fieldgate.api.data.Quality.Code;
import io.fieldgate.api.data.Quality.Level;
import io.fieldgate.api.data.Reading;
import io.fieldgate.api.data.Sample;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.driver.Driver;
import io.fieldgate.api.driver.DriverException;
import io.fieldgate.api.gateway.PointException;
import io.fieldgate.api.gateway.PointException.Reason;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A write, and the reading back if the point is to be confirmed. What the device says is published before anybody hears of it, also
 * when it says it late.
 */
final class WriteCall implements LaneCall {

    /** What becomes of it. */
    interface End {

        /**
         * The driver is about to be called.
         *
         * @throws PointException if it is not to be
         */
        void begins() throws PointException;

        /** It was done, maybe after it was overdue. */
        void answer(Sample sample);

        /** It was not done, or nobody knows; maybe after it was overdue. */
        void fail(Reason reason, String why);

        /** It has not returned in time; it may yet. */
        void overdue(String why);
    }

    private static final Logger LOG = LoggerFactory.getLogger(WriteCall.class);
    private static final Quality TIMEOUT = Quality.bad(Code.TIMEOUT);

    private final DriverSlot slot;
    private final Driver driver;
    private final PointStore store;
    private final PointInfo info;
    private final PointId point;
    private final Value value;
    private final End end;
    // Guarded by this, as in ReadCall.
    private boolean done;

    /**
     * Makes a write.
     *
     * @param slot owner of the point
     * @param driver is asked
     * @param store gets what it says
     * @param info the point
     * @param value the value, checked
     * @param end to whom it matters
     */
    WriteCall(DriverSlot slot, Driver driver, PointStore store, PointInfo info, Value value, End end) {
        this.slot = slot;
        this.driver = driver;
        this.store = store;
        this.info = info;
        this.point = info.id();
        this.value = value;
        this.end = end;
    }

    @Override
    public String what() {
        return "write of " + point;
    }

    @Override
    public void run() {
        try {
            end.begins();
        } catch (PointException e) {
            failed(e.reason(), e.getMessage());
            return;
        }
        write().ifPresent(this::returned);
    }

    // The boundary to foreign code: whatever the driver throws ends here.
    private Optional<Reading> write() {
        try {
            Reading reading = driver.write(point, value);
            if (reading != null && reading.point().equals(point)) {
                return Optional.of(reading);
            }
            LOG.warn("driver {} answered a {} with {}", point.driver(), what(), reading);
            failed(Reason.FAILED, "the driver answered with something else than a reading of " + point);
        } catch (DriverException e) {
            LOG.debug("{} failed", what(), e);
            failed(reason(e.reason()), DriverReader.words(e));
        } catch (Throwable e) {
            LOG.warn("driver {} threw in a {}", point.driver(), what(), e);
            failed(Reason.FAILED, "the driver failed: " + e);
        }
        return Optional.empty();
    }

    private void failed(Reason reason, String why) {
        synchronized (this) {
            done = true;
        }
        end.fail(reason, why);
    }

    private void returned(Reading answer) {
        // What can be written only is taken at the driver's word.
        boolean readBack = info.confirmed() && info.access().readable();
        Reading reading =
                readBack ? DriverReader.read(driver, List.of(point)).readings().get(0) : answer;
        List<Sample> samples;
        synchronized (this) {
            done = true;
            samples = store.publish(slot, List.of(reading), true, (point, flaw) -> {});
        }
        if (samples.isEmpty()) {
            end.fail(Reason.DISCONNECTED, point + " has gone meanwhile");
        } else if (readBack && !confirms(samples.get(0))) {
            end.fail(Reason.NOT_CONFIRMED, point + " was written " + value + ", but says " + said(samples.get(0)));
        } else {
            end.answer(samples.get(0));
        }
    }

    private boolean confirms(Sample sample) {
        return sample.quality().level() != Level.BAD
                && sample.value()
                        .filter(now -> DeadbandFilter.same(info, value, now))
                        .isPresent();
    }

    private static String said(Sample sample) {
        return sample.quality().level() == Level.BAD
                ? "nothing: " + sample.quality()
                : sample.value().map(Value::toString).orElse("nothing");
    }

    @Override
    public void overdue() {
        synchronized (this) {
            if (done) {
                return;
            }
            store.fail(slot, List.of(point), TIMEOUT);
        }
        end.overdue(what() + " has not returned in time");
    }

    @Override
    public void refused(Reason reason, String why) {
        end.fail(reason, why);
    }

    private static Reason reason(DriverException.Reason reason) {
        return switch (reason) {
            case CONNECTION -> Reason.DISCONNECTED;
            case TIMEOUT -> Reason.TIMEOUT;
            case NO_SUCH_POINT -> Reason.UNKNOWN_POINT;
            case READ_ONLY -> Reason.READ_ONLY;
            case OUT_OF_RANGE -> Reason.OUT_OF_RANGE;
            default -> Reason.FAILED;
        };
    }
}
