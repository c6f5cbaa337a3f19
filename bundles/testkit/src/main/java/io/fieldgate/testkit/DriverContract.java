package io.fieldgate.testkit;

import static io.fieldgate.testkit.PointValues.assertFits;
import static io.fieldgate.testkit.PointValues.assertTaken;
import static io.fieldgate.testkit.PointValues.usable;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fieldgate.api.data.DeviceId;
import io.fieldgate.api.data.DeviceInfo;
import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.Quality.Level;
import io.fieldgate.api.data.Reading;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.driver.Driver;
import io.fieldgate.api.driver.DriverException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every {@link Driver} must keep to. An author runs it with one class:
 *
 * <pre>{@code
 * class PumpDriverContractTest extends DriverContract {
 *
 *     @Override
 *     protected Driver driver() {
 *         return new PumpDriver(new FakePump());
 *     }
 * }
 * }</pre>
 *
 * <p>The tests write to the points that can be written: with real hardware override {@link #valueFor}.
 *
 * <p><b>Threading.</b> The driver is called from one thread at a time, as the gateway does; {@link #driver} and the other
 * methods that are overridden run on the thread of the test.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
public abstract class DriverContract extends DriverSubject {

    /** How long a driver that has been stopped is listened to. */
    private static final Duration SILENCE = Duration.ofMillis(200);

    private final List<DriverUnderTest> made = new ArrayList<>();

    /** For subclasses. */
    protected DriverContract() {}

    private DriverUnderTest newDriver() throws Exception {
        return watched(driver());
    }

    private DriverUnderTest watched(Driver driver) {
        DriverUnderTest watched = new DriverUnderTest(driver, limit());
        made.add(watched);
        return watched;
    }

    /** Stops what a failed test has left. */
    @AfterEach
    final void stopWhatRuns() {
        made.forEach(DriverUnderTest::stopIfItRuns);
    }

    /** A component is published as a Driver, with an id that the gateway takes. */
    @Test
    public final void isPublishedAsADriver() throws Exception {
        assertTrue(
                driverId().matches("[a-z0-9_-]{1,64}"),
                "a driver's id is 1 to 64 characters of [a-z0-9_-], is " + driverId());
        Component.of(driver().getClass())
                .ifPresent(component -> assertTrue(
                        component.services().contains(Driver.class.getName()),
                        "it is published as " + component.services() + " only: the gateway does not see it"));
    }

    /** The devices bear the driver's id, none is there twice. */
    @Test
    public final void showsItsDevicesUnderItsOwnId() throws Exception {
        List<DeviceInfo> devices = newDriver().start().devices();

        assertFalse(devices.isEmpty(), "there is no device: give the test hardware that has one");
        Set<DeviceId> seen = new HashSet<>();
        for (DeviceInfo device : devices) {
            assertEquals(driverId(), device.id().driver(), device.id() + " must begin with the driver's own id");
            assertTrue(seen.add(device.id()), device.id() + " is there twice");
        }
    }

    /** What is said of the points makes sense. */
    @Test
    public final void describesItsPoints() throws Exception {
        for (PointInfo point : newDriver().start().points()) {
            boolean number = PointValues.isNumber(point);
            assertEquals(
                    number,
                    !point.unit().isEmpty(),
                    point + ": a number has a unit in UCUM, \"1\" if it has none; what is no number has an empty one");
            assertTrue(number || point.range().isEmpty(), point + " has a range but is no number");
            assertTrue(
                    point.access().readable() || point.pollPeriod().isEmpty(),
                    point + " has a poll period but cannot be read");
        }
    }

    /** The devices are the same when nothing has changed. */
    @Test
    public final void showsTheSameDevicesAgain() throws Exception {
        DriverUnderTest driver = newDriver().start();

        assertEquals(driver.devices(), driver.devices(), "the devices differ from one call to the next");
    }

    /** All points that can be read are answered in one batch, whatever its order. */
    @Test
    public final void answersInTheOrderAsked() throws Exception {
        DriverUnderTest driver = newDriver().start();
        List<PointId> points = new ArrayList<>(driver.readable());

        driver.read(points); // refuses another order by itself
        Collections.reverse(points);
        driver.read(points);
        driver.read(points.subList(0, 1));
    }

    /** What is not BAD has a value, of the declared type and within the range. */
    @Test
    public final void readsWhatItHasDeclared() throws Exception {
        DriverUnderTest driver = newDriver().start();
        List<PointInfo> points = driver.points().stream()
                .filter(point -> point.access().readable())
                .toList();

        List<Reading> readings = driver.read(points.stream().map(PointInfo::id).toList());

        for (int i = 0; i < points.size(); i++) {
            assertFits(points.get(i), readings.get(i));
        }
        assertTrue(
                readings.stream().anyMatch(reading -> reading.quality().level() != Level.BAD),
                "no point can be read, which proves nothing: give the test hardware that answers");
    }

    /** A point that is not there does not harm the others of the batch. */
    @Test
    public final void answersForAPointItDoesNotHave() throws Exception {
        DriverUnderTest driver = newDriver().start();
        List<PointId> known = driver.readable();
        PointId noDevice = PointId.of(driverId() + "/no-such-device/no-such-point");
        PointId noPoint = known.get(0).device().point("no-such-point");
        Set<PointId> good = usable(driver.read(known));
        List<PointId> batch = new ArrayList<>(known);
        batch.add(0, noDevice);
        batch.add(noPoint);

        List<Reading> readings = driver.read(batch);

        Set<PointId> stillGood = usable(readings);
        assertFalse(stillGood.contains(noDevice), noDevice + " is not there, so its reading is BAD");
        assertFalse(stillGood.contains(noPoint), noPoint + " is not there, so its reading is BAD");
        assertTrue(
                stillGood.containsAll(good),
                () -> "points that could be read alone are BAD beside one that is not there: "
                        + good.stream()
                                .filter(point -> !stillGood.contains(point))
                                .toList());
    }

    /** Of points that are not there alone the readings are BAD, or the call fails. */
    @Test
    public final void bearsToBeAskedForNothingItHas() throws Exception {
        DriverUnderTest driver = newDriver().start();
        try {
            List<Reading> readings =
                    driver.tryToRead(List.of(PointId.of(driverId() + "/no-such-device/no-such-point")));
            assertEquals(Set.of(), usable(readings), "a point that is not there has a BAD reading");
        } catch (DriverException e) {
            assertNotNull(e.getMessage(), "a DriverException says which point was asked for");
        }
    }

    /** A point that can only be read is not written. */
    @Test
    public final void refusesToWriteWhatCanOnlyBeRead() throws Exception {
        DriverUnderTest driver = newDriver().start();
        for (PointInfo point : driver.points()) {
            if (!point.access().writable()) {
                DriverException refusal = driver.refusal(point.id(), PointValues.harmless(point));
                assertEquals(DriverException.Reason.READ_ONLY, refusal.reason(), point + " can only be read");
            }
        }
    }

    /** A point that is not there is not written. */
    @Test
    public final void refusesToWriteAPointItDoesNotHave() throws Exception {
        DriverUnderTest driver = newDriver().start();

        DriverException refusal =
                driver.refusal(PointId.of(driverId() + "/no-such-device/no-such-point"), Value.of(false));

        assertTrue(
                Set.of(DriverException.Reason.NO_SUCH_POINT, DriverException.Reason.READ_ONLY)
                        .contains(refusal.reason()),
                "a point that is not there is refused with NO_SUCH_POINT, not with " + refusal.reason());
    }

    /** A write is answered with what the point says then. */
    @Test
    public final void confirmsWhatItWrites() throws Exception {
        DriverUnderTest driver = newDriver().start();
        for (PointInfo point : driver.points()) {
            if (point.access().writable()) {
                Optional<Value> value = valueFor(point);
                if (value.isPresent()) {
                    assertTaken(driver, point, value.get());
                }
            }
        }
    }

    /** Both ends of a range are within it. */
    @Test
    public final void takesTheEndsOfARange() throws Exception {
        DriverUnderTest driver = newDriver().start();
        for (PointInfo point : driver.points()) {
            if (point.access().writable() && valueFor(point).isPresent()) {
                for (Value end : PointValues.ends(point)) {
                    assertTaken(driver, point, end);
                }
            }
        }
    }

    /** What it pushes is of its own points. */
    @Test
    public final void pushesItsOwnPointsOnly() throws Exception {
        DriverUnderTest driver = newDriver().start();
        driver.points();
        confirmAll(driver);
        stir();
        settle();

        Set<PointId> own = driver.points().stream().map(PointInfo::id).collect(Collectors.toSet());
        List<Reading> foreign = driver.context().readings().stream()
                .filter(reading -> !own.contains(reading.point()))
                .toList();
        assertEquals(List.of(), foreign, "the gateway drops readings of points that no device of the driver has");
    }

    private void confirmAll(DriverUnderTest driver) throws DriverException {
        for (PointInfo point : driver.points()) {
            Optional<Value> value = point.access().writable() ? valueFor(point) : Optional.empty();
            if (value.isPresent()) {
                driver.write(point.id(), value.get());
            }
        }
    }

    /** When stop has returned it says nothing any more. */
    @Test
    public final void pushesNothingAfterItsStop() throws Exception {
        DriverUnderTest driver = newDriver().start();
        driver.read(driver.readable());
        driver.stop();

        stir();
        settle();

        assertEquals(
                List.of(),
                driver.context().lateWithin(SILENCE),
                "the driver still talks after stop has returned: end what pushes before it returns");
    }

    /** It may be called from one thread after another. */
    @Test
    public final void isNotBoundToOneThread() throws Exception {
        DriverUnderTest driver = newDriver().start();
        driver.changeLane();
        List<PointId> points = driver.readable();
        driver.changeLane();
        Set<PointId> before = usable(driver.read(points));
        driver.changeLane();
        Set<PointId> after = usable(driver.read(points));
        driver.changeLane();
        driver.stop();

        assertTrue(after.containsAll(before), "points that one thread could read another cannot");
    }

    /** Its threads end when it stops. */
    @Test
    public final void endsItsThreadsWhenItStops() throws Exception {
        Set<Thread> before = Threads.alive();
        DriverUnderTest driver = newDriver().start();
        driver.read(driver.readable());
        driver.stop();

        List<Thread> left = Threads.outlive(before, limit());

        assertEquals(
                List.of(),
                left.stream().map(Thread::getName).toList(),
                "threads of the driver outlive its stop: they keep its class loader in memory, and work against the next");
    }

    /** {@link #lives} instances, one after another, leave no thread and no open file descriptor. */
    @Test
    @Timeout(value = 400, unit = TimeUnit.SECONDS)
    public final void leavesNothingBehindAfterManyLives() throws Exception {
        new ManyLives(this::driver, limit()).leaveNothing(lives());
    }

    /** A second instance works when the first has stopped. */
    @Test
    public final void givesTheHardwareToItsSuccessor() throws Exception {
        DriverUnderTest first = newDriver().start();
        Set<PointId> before = usable(first.read(first.readable()));
        first.stop();

        DriverUnderTest second = newDriver().start();
        Set<PointId> after = usable(second.read(second.readable()));
        second.stop();

        assertTrue(after.containsAll(before), "points that the first instance could read the second cannot");
    }

    /** It can be stopped without having been started. */
    @Test
    public final void canBeStoppedWithoutAStart() throws Exception {
        newDriver().stop();
    }

    /** A start that fails says why, and leaves nothing behind. */
    @Test
    public final void canBeStoppedAfterAFailedStart() throws Exception {
        Optional<Driver> broken = brokenDriver();
        assumeTrue(broken.isPresent(), "there is no brokenDriver()");
        Set<Thread> before = Threads.alive();
        DriverUnderTest driver = watched(broken.orElseThrow());
        try {
            driver.tryToStart();
            throw new AssertionError(
                    "start has not failed though the hardware is not there: the gateway does not try again");
        } catch (DriverException e) {
            assertNotNull(e.getMessage(), "a DriverException says what of which device has failed");
        }
        driver.stop();

        assertEquals(List.of(), Threads.outlive(before, limit()), "threads outlive a start that has failed");
    }
}
