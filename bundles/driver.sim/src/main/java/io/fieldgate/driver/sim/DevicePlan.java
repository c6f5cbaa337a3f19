package io.fieldgate.driver.sim;

import io.fieldgate.api.data.Access;
import io.fieldgate.api.data.Deadband;
import io.fieldgate.api.data.DeviceId;
import io.fieldgate.api.data.DeviceInfo;
import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.data.ValueType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.DoubleConsumer;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * A device while it is put together. Sensors tell each reading, so that a device is a load of a known rate; all other points
 * tell what differs.
 */
final class DevicePlan {

    private static final Deadband WHEN_IT_DIFFERS = Deadband.absolute(0);
    private static final SimPoint.Setter NOTHING = value -> {};

    private final DeviceId id;
    private final String description;
    private final UnaryOperator<PointInfo.Builder> reading;
    private final List<SimPoint> points = new ArrayList<>();

    private DevicePlan(DeviceId id, String description, UnaryOperator<PointInfo.Builder> reading) {
        this.id = id;
        this.description = description;
        this.reading = reading;
    }

    /** A device whose points are polled. */
    static DevicePlan polled(DeviceId id, String description, int periodMillis) {
        Duration period = Duration.ofMillis(ConfigCheck.within("period.ms", periodMillis, 10, 60_000));
        return new DevicePlan(id, description, point -> point.pollPeriod(period));
    }

    /** A device that pushes what its points say. */
    static DevicePlan pushed(DeviceId id, String description) {
        return new DevicePlan(id, description, UnaryOperator.identity());
    }

    /** Adds a number that is measured. */
    DevicePlan sensor(String name, String unit, double min, double max, String text, DoubleSupplier value) {
        PointInfo.Builder point =
                point(name, ValueType.DECIMAL, text).unit(unit).range(min, max);
        return add(point, () -> Value.of(value.getAsDouble()), NOTHING);
    }

    /** Adds a number that only grows, without a range. */
    DevicePlan total(String name, String unit, String text, DoubleSupplier value) {
        PointInfo.Builder point = point(name, ValueType.DECIMAL, text).unit(unit);
        return add(point.deadband(WHEN_IT_DIFFERS), () -> Value.of(value.getAsDouble()), NOTHING);
    }

    /** Adds a number that can be written. */
    DevicePlan setting(
            String name,
            String unit,
            double min,
            double max,
            String text,
            DoubleSupplier value,
            DoubleConsumer setter) {
        PointInfo.Builder point = point(name, ValueType.DECIMAL, text)
                .unit(unit)
                .range(min, max)
                .access(Access.READ_WRITE)
                .deadband(WHEN_IT_DIFFERS);
        return add(
                point,
                () -> Value.of(value.getAsDouble()),
                given -> setter.accept(((Value.DecimalValue) given).value()));
    }

    /** Adds a state that is on or off. */
    DevicePlan indicator(String name, String text, BooleanSupplier value) {
        return add(
                point(name, ValueType.BOOLEAN, text).deadband(WHEN_IT_DIFFERS),
                () -> Value.of(value.getAsBoolean()),
                NOTHING);
    }

    /** Adds something to be turned on and off. */
    DevicePlan toggle(String name, String text, BooleanSupplier value, Consumer<Boolean> setter) {
        PointInfo.Builder point =
                point(name, ValueType.BOOLEAN, text).access(Access.READ_WRITE).deadband(WHEN_IT_DIFFERS);
        return add(
                point,
                () -> Value.of(value.getAsBoolean()),
                given -> setter.accept(((Value.BooleanValue) given).value()));
    }

    /** Adds a whole number. */
    DevicePlan integer(String name, double min, double max, String text, LongSupplier value) {
        PointInfo.Builder point =
                point(name, ValueType.INTEGER, text).range(min, max).deadband(WHEN_IT_DIFFERS);
        return add(point, () -> Value.of(value.getAsLong()), NOTHING);
    }

    /** Adds a whole number that only grows, without a range. */
    DevicePlan counter(String name, String text, LongSupplier value) {
        return add(
                point(name, ValueType.INTEGER, text).deadband(WHEN_IT_DIFFERS),
                () -> Value.of(value.getAsLong()),
                NOTHING);
    }

    /** Adds a text. */
    DevicePlan text(String name, String text, Supplier<String> value) {
        return add(point(name, ValueType.TEXT, text).deadband(WHEN_IT_DIFFERS), () -> Value.of(value.get()), NOTHING);
    }

    /** Adds a text that can be written. */
    DevicePlan entry(String name, String text, Supplier<String> value, SimPoint.Setter setter) {
        PointInfo.Builder point =
                point(name, ValueType.TEXT, text).access(Access.READ_WRITE).deadband(WHEN_IT_DIFFERS);
        return add(point, () -> Value.of(value.get()), setter);
    }

    /** Adds octets. */
    DevicePlan bytes(String name, String text, Supplier<byte[]> value) {
        return add(point(name, ValueType.BYTES, text).deadband(WHEN_IT_DIFFERS), () -> Value.of(value.get()), NOTHING);
    }

    private PointInfo.Builder point(String name, ValueType type, String text) {
        return reading.apply(PointInfo.builder(id.point(name), type)).description(text);
    }

    private DevicePlan add(PointInfo.Builder point, Supplier<Value> value, SimPoint.Setter setter) {
        points.add(new SimPoint(point.build(), value, setter));
        return this;
    }

    List<SimPoint> points() {
        return points;
    }

    DeviceInfo device() {
        DeviceInfo.Builder device = DeviceInfo.builder(id).description(description);
        points.forEach(point -> device.point(point.info()));
        return device.build();
    }
}
