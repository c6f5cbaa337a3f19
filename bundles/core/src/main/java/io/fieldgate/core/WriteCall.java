package io.fieldgate.core;

import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.Quality;
import io.fieldgate.api.data.Quality.Code;
import io.fieldgate.api.data.Reading;
import io.fieldgate.api.data.Sample;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.driver.Driver;
import io.fieldgate.api.driver.DriverException;
import io.fieldgate.api.gateway.PointException.Reason;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A write. What the device confirms is published before the client hears of it, also when it confirms late. */
final class WriteCall implements LaneCall {

    private static final Logger LOG = LoggerFactory.getLogger(WriteCall.class);
    private static final Quality TIMEOUT = Quality.bad(Code.TIMEOUT);

    private final DriverSlot slot;
    private final Driver driver;
    private final PointStore store;
    private final PointId point;
    private final Value value;
    private final PointReply reply;
    // Guarded by this, as in ReadCall.
    private boolean done;

    /**
     * Makes a write.
     *
     * @param slot owner of the point
     * @param driver is asked
     * @param store gets what it says
     * @param point the point
     * @param value the value, checked
     * @param reply to whom it matters
     */
    WriteCall(DriverSlot slot, Driver driver, PointStore store, PointId point, Value value, PointReply reply) {
        this.slot = slot;
        this.driver = driver;
        this.store = store;
        this.point = point;
        this.value = value;
        this.reply = reply;
    }

    @Override
    public String what() {
        return "write of " + point;
    }

    // The boundary to foreign code: whatever the driver throws ends here.
    @Override
    public void run() {
        Reading reading;
        try {
            reading = driver.write(point, value);
        } catch (DriverException e) {
            LOG.debug("{} failed", what(), e);
            failed(reason(e.reason()), DriverReader.words(e));
            return;
        } catch (Throwable e) {
            LOG.warn("driver {} threw in a {}", point.driver(), what(), e);
            failed(Reason.FAILED, "the driver failed: " + e);
            return;
        }
        confirmed(reading);
    }

    private void failed(Reason reason, String why) {
        synchronized (this) {
            done = true;
        }
        reply.fail(reason, why);
    }

    private void confirmed(Reading reading) {
        if (reading == null || !reading.point().equals(point)) {
            LOG.warn("driver {} answered a {} with {}", point.driver(), what(), reading);
            failed(Reason.FAILED, "the driver answered with something else than a reading of " + point);
            return;
        }
        List<Sample> samples;
        synchronized (this) {
            done = true;
            samples = store.publish(slot, List.of(reading), true, (point, flaw) -> {});
        }
        if (samples.isEmpty()) {
            reply.fail(Reason.DISCONNECTED, point + " has gone meanwhile");
        } else {
            reply.answer(samples.get(0));
        }
    }

    @Override
    public void overdue() {
        synchronized (this) {
            if (done) {
                return;
            }
            store.fail(slot, List.of(point), TIMEOUT);
        }
        reply.fail(Reason.TIMEOUT, what() + " has not returned in time");
    }

    @Override
    public void refused(Reason reason, String why) {
        reply.fail(reason, why);
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
