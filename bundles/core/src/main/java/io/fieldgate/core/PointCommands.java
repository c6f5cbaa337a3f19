package io.fieldgate.core;

import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.Sample;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.data.ValueType;
import io.fieldgate.api.driver.Driver;
import io.fieldgate.api.gateway.PointException.Reason;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BiFunction;

/** Checks what a client asks of a point, and hands it to the lane of the point's driver. */
final class PointCommands {

    private final PointStore store;
    private final DriverRegistry drivers;

    PointCommands(PointStore store, DriverRegistry drivers) {
        this.store = store;
        this.drivers = drivers;
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
    void write(PointId point, Value value, PointReply reply) {
        Optional<PointInfo> info = store.info(point);
        if (info.isEmpty()) {
            reply.fail(Reason.UNKNOWN_POINT, "no device has " + point);
            return;
        }
        if (!info.get().access().writable()) {
            reply.fail(Reason.READ_ONLY, point + " cannot be written");
            return;
        }
        Optional<Value> fitting = ReadingCheck.fit(info.get().type(), value);
        if (fitting.isEmpty()) {
            reply.fail(
                    Reason.WRONG_TYPE,
                    point + " takes " + taken(info.get().type()) + ", not "
                            + value.type().id());
            return;
        }
        Optional<String> wrong = outside(info.get(), fitting.get());
        if (wrong.isPresent()) {
            reply.fail(Reason.OUT_OF_RANGE, wrong.get());
            return;
        }
        Value checked = fitting.get();
        if (!ask(point, (slot, driver) -> new WriteCall(slot, driver, store, point, checked, reply))) {
            reply.fail(Reason.DISCONNECTED, "driver " + point.driver() + " is not there or cannot be started");
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

    private static String taken(ValueType type) {
        return type == ValueType.DECIMAL ? "decimal or integer" : type.id();
    }

    private static Optional<String> outside(PointInfo info, Value value) {
        OptionalDouble number = ReadingCheck.number(value);
        if (number.isEmpty()) {
            return Optional.empty();
        }
        if (!Double.isFinite(number.getAsDouble())) {
            return Optional.of(info.id() + " takes finite numbers, not " + value);
        }
        String unit = info.unit().equals("1") ? "" : ' ' + info.unit();
        return info.range()
                .filter(range -> !range.contains(number.getAsDouble()))
                .map(range -> info.id() + " takes " + range + unit + ", not " + value);
    }
}
