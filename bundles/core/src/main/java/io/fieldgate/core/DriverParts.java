package io.fieldgate.core;

import io.fieldgate.api.data.DeviceInfo;
import io.fieldgate.api.driver.Driver;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * What all drivers share.
 *
 * @param store where what they say goes
 * @param timer when to poll, to retry and to give up
 * @param settings the limits
 * @param source where the services come from
 * @param jitter how long after its start a driver is polled first
 * @param overrides what the administrator says of a device's points in place of its driver
 */
record DriverParts(
        PointStore store,
        Timer timer,
        PointSettings settings,
        ServiceSource<Driver> source,
        Supplier<Duration> jitter,
        UnaryOperator<DeviceInfo> overrides) {}
