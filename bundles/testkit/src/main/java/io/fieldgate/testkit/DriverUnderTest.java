package io.fieldgate.testkit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fieldgate.api.data.DeviceInfo;
import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.Reading;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.driver.Driver;
import io.fieldgate.api.driver.DriverException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Calls a driver as the gateway does: one call at a time, on a lane of its own. What goes wrong is said in words. */
final class DriverUnderTest {

    private final Driver driver;
    private final Duration limit;
    private final FakeDriverContext context = new FakeDriverContext();
    private ExecutorService lane = newLane();
    private boolean begun;
    private boolean ended;

    DriverUnderTest(Driver driver, Duration limit) {
        this.driver = driver;
        this.limit = limit;
    }

    private static ExecutorService newLane() {
        return Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "fieldgate-testkit-lane");
            thread.setDaemon(true);
            return thread;
        });
    }

    FakeDriverContext context() {
        return context;
    }

    /** The next call comes on another thread. */
    void changeLane() {
        lane.shutdown();
        lane = newLane();
    }

    DriverUnderTest start() {
        try {
            tryToStart();
        } catch (DriverException e) {
            throw new AssertionError(
                    "start has failed with " + e.reason() + ": give the test hardware that is there", e);
        }
        return this;
    }

    void tryToStart() throws DriverException {
        begun = true;
        call("start", () -> {
            driver.start(context);
            return true;
        });
    }

    List<DeviceInfo> devices() {
        try {
            List<DeviceInfo> devices = call("devices", driver::devices);
            if (devices == null) {
                throw new AssertionError("devices has answered null: a driver without devices has an empty list");
            }
            return devices;
        } catch (DriverException e) {
            throw new AssertionError("devices has failed with " + e.reason() + " though the hardware is there", e);
        }
    }

    List<PointInfo> points() {
        return devices().stream().flatMap(device -> device.points().stream()).toList();
    }

    /** The points that can be read; a test that needs one is left out if there is none. */
    List<PointId> readable() {
        List<PointId> points = points().stream()
                .filter(point -> point.access().readable())
                .map(PointInfo::id)
                .toList();
        assumeTrue(!points.isEmpty(), "no point can be read");
        return points;
    }

    /** Reads points, of which at least one can be read. */
    List<Reading> read(List<PointId> points) {
        try {
            return tryToRead(points);
        } catch (DriverException e) {
            throw new AssertionError(
                    "read has failed with " + e.reason() + " for " + points
                            + ": a point that cannot be read is a reading of BAD quality, not the end of the batch",
                    e);
        }
    }

    List<Reading> tryToRead(List<PointId> points) throws DriverException {
        List<Reading> readings = call("read of " + points, () -> driver.read(points));
        List<PointId> answered = readings == null
                ? List.of()
                : readings.stream().map(Reading::point).toList();
        if (!answered.equals(points)) {
            throw new AssertionError("read must give one reading per point, in the order asked: " + points
                    + ", but has given " + (readings == null ? "null" : answered));
        }
        return readings;
    }

    Reading write(PointId point, Value value) throws DriverException {
        return call("write of " + point, () -> driver.write(point, value));
    }

    /** What write says to a value that it must not take. */
    DriverException refusal(PointId point, Value value) {
        try {
            Reading answer = write(point, value);
            throw new AssertionError("write of " + point + " must fail, but has answered " + answer);
        } catch (DriverException e) {
            return e;
        }
    }

    /** Stops the driver, whether it was started or not. */
    void stop() {
        ended = true;
        try {
            call("stop", () -> {
                driver.stop();
                return true;
            });
        } catch (DriverException e) {
            throw new AssertionError(e);
        } finally {
            context.stop();
            lane.shutdown();
        }
    }

    /** Stops a driver that a failed test has left behind. */
    void stopIfItRuns() {
        if (begun && !ended) {
            stop();
        }
        lane.shutdown();
    }

    private <T> T call(String what, Callable<T> work) throws DriverException {
        try {
            return Calls.within(lane, limit, what, work);
        } catch (DriverException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError(
                    what + " has thrown " + e + ": what the hardware does is told by a DriverException", e);
        }
    }
}
