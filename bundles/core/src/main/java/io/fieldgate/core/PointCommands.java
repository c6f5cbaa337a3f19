package io.fieldgate.core;

import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.Sample;
import io.fieldgate.api.driver.Driver;
import io.fieldgate.api.gateway.PointException;
import io.fieldgate.api.gateway.PointException.Reason;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** Checks what a client asks of a point, and hands it to the lane of the point's driver. */
final class PointCommands {

    private final PointStore store;
    private final DriverRegistry drivers;
    private final Holds holds;
    private final WriteLog log;

    PointCommands(PointStore store, DriverRegistry drivers, Holds holds, WriteLog log) {
        this.store = store;
        this.drivers = drivers;
        this.holds = holds;
        this.log = log;
    }

    /** Reads a point. If its driver is away the answer is the BAD sample that is there already. */
    void refresh(PointId point, PointReply reply) {
        Optional<PointInfo> info = store.info(point);
        if (info.isEmpty()) {
            reply.fail(Reason.UNKNOWN_POINT, "no device has " + point);
        } else if (!info.get().access().readable()) {
            reply.fail(Reason.WRITE_ONLY, point + " cannot be read");
        } else if (!ask(point, (slot, driver) -> read(slot, driver, point, reply))) {
            store.latest(point)
                    .ifPresentOrElse(reply::answer, () -> reply.fail(Reason.UNKNOWN_POINT, "no device has " + point));
        }
    }

    /** Writes a point. */
    void write(Order order, PointReply reply) {
        WriteCheck.Checked checked;
        try {
            checked = WriteCheck.check(order.point(), store.info(order.point()), order.value(), order.how());
        } catch (PointException e) {
            log.failed(order, e.reason(), () -> reply.fail(e.reason(), e.getMessage()));
            return;
        }
        checked.safe().ifPresent(safe -> holds.asked(order, safe));
        WriteCall.End end = new AskedWrite(order, checked.safe(), holds, log, reply);
        if (!ask(
                order.point(),
                (slot, driver) -> new WriteCall(slot, driver, store, checked.point(), checked.value(), end))) {
            end.fail(Reason.DISCONNECTED, "driver " + order.point().driver() + " is not there or cannot be started");
        }
    }

    private boolean ask(PointId point, BiFunction<DriverSlot, Driver, LaneCall> call) {
        return drivers.serving(point.driver())
                .filter(slot -> slot.ask(driver -> call.apply(slot, driver)))
                .isPresent();
    }

    private ReadCall read(DriverSlot slot, Driver driver, PointId point, PointReply reply) {
        return new ReadCall(slot, driver, store, List.of(point), true, new ReadCall.End() {
            @Override
            public void returned(List<Sample> samples, Optional<DriverReader.Problem> problem) {
                if (samples.isEmpty()) {
                    reply.fail(Reason.UNKNOWN_POINT, point + " has gone meanwhile");
                } else {
                    reply.answer(samples.get(0));
                }
            }

            @Override
            public void failed(Reason reason, String why) {
                reply.fail(reason, why);
            }
        });
    }
}
