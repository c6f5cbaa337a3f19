package io.fieldgate.core;

import io.fieldgate.api.data.DeviceInfo;
import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.Reading;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.driver.Driver;
import io.fieldgate.api.driver.DriverException;
import io.fieldgate.api.gateway.DriverContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** A driver that does what the test says, and remembers what it was asked. */
class FakeDriver implements Driver {

    /** What a call does before it answers. */
    interface Step {
        void run() throws DriverException;
    }

    final List<String> calls = new CopyOnWriteArrayList<>();
    final Map<PointId, Value> values = new ConcurrentHashMap<>();
    volatile List<DeviceInfo> devices = List.of();
    volatile Step onStart = () -> {};
    volatile Step onDevices = () -> {};
    volatile Step onRead = () -> {};
    volatile Step onWrite = () -> {};
    volatile Step onStop = () -> {};
    volatile DriverContext context;

    /** Has one device per first two segments, with these points. */
    static FakeDriver with(PointInfo... points) {
        FakeDriver driver = new FakeDriver();
        driver.shows(points);
        return driver;
    }

    final void shows(PointInfo... points) {
        List<DeviceInfo> shown = new ArrayList<>();
        Arrays.stream(points).map(point -> point.id().device()).distinct().forEach(id -> {
            DeviceInfo.Builder device = DeviceInfo.builder(id);
            Arrays.stream(points)
                    .filter(point -> point.id().device().equals(id))
                    .forEach(device::point);
            shown.add(device.build());
        });
        devices = shown;
    }

    /** A step that waits, whatever happens, until the latch is down. */
    static Step hangs(CountDownLatch until) {
        return () -> {
            while (until.getCount() > 0) {
                try {
                    until.await();
                } catch (InterruptedException e) {
                    // It is a stubborn one.
                }
            }
        };
    }

    static Step fails(DriverException.Reason reason) {
        return () -> {
            throw new DriverException(reason, "as the test says");
        };
    }

    @Override
    public void start(DriverContext given) throws DriverException {
        calls.add("start");
        context = given;
        onStart.run();
    }

    @Override
    public List<DeviceInfo> devices() throws DriverException {
        calls.add("devices");
        onDevices.run();
        return devices;
    }

    @Override
    public List<Reading> read(List<PointId> points) throws DriverException {
        calls.add("read " + points);
        onRead.run();
        return points.stream()
                .map(point -> Reading.good(point, values.getOrDefault(point, Value.of(0.0))))
                .toList();
    }

    @Override
    public Reading write(PointId point, Value value) throws DriverException {
        calls.add("write " + point + " " + value);
        onWrite.run();
        values.put(point, value);
        return Reading.good(point, value);
    }

    @Override
    public void stop() {
        calls.add("stop");
        try {
            onStop.run();
        } catch (DriverException e) {
            throw new IllegalStateException(e);
        }
    }

    long count(String call) {
        return calls.stream().filter(one -> one.startsWith(call)).count();
    }
}
