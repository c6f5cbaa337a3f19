package io.fieldgate.driver.sim;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.Reading;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.driver.DriverException;
import io.fieldgate.testkit.FakeDriverContext.Status;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class FaultyDriverTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Status GONE = new Status(false, "the device has gone (simulated)");

    private final SimProbe machine = machine(Map.of());
    private final FaultyDriver driver = machine.driver.simulation();
    private final List<PointId> points = points();
    private final AtomicReference<Thread> caller = new AtomicReference<>();

    @AfterEach
    void stop() {
        driver.end();
    }

    @Test
    void answersWithoutAFault() throws Exception {
        assertEquals(points, driver.read(points).stream().map(Reading::point).toList());
        assertEquals("none", driver.fault().toString());
    }

    @ParameterizedTest
    @EnumSource
    void isAsItWasWhenTheFaultIsLifted(Fault fault) throws Exception {
        List<Reading> before = driver.read(points);

        driver.fault(new FaultSetting(fault, 1));
        driver.fault(FaultSetting.NONE);

        assertEquals(before, driver.read(points));
    }

    @ParameterizedTest
    @EnumSource
    void listsItsDevicesWhateverIsWrong(Fault fault) throws Exception {
        List<?> before = driver.devices();

        driver.fault(new FaultSetting(fault, 1));

        assertEquals(before, driver.devices());
    }

    @Test
    void doesNotAnswerUntilTheFaultIsLifted() throws Exception {
        driver.fault(new FaultSetting(Fault.NO_ANSWER, 1));
        CompletableFuture<List<Reading>> read = hangingRead();

        driver.fault(FaultSetting.NONE);

        assertEquals(points.size(), read.get(10, TimeUnit.SECONDS).size());
    }

    @Test
    void hangsThroughAnInterruptAsABusDoes() throws Exception {
        driver.fault(new FaultSetting(Fault.NO_ANSWER, 1));
        CompletableFuture<List<Reading>> read = hangingRead();

        caller.get().interrupt();
        // Another fault of the kind wakes the call: it has been through its loop when it waits again.
        driver.fault(new FaultSetting(Fault.NO_ANSWER, 2));
        await().atMost(PATIENCE).until(() -> caller.get().getState() == Thread.State.WAITING);
        assertFalse(read.isDone());

        driver.fault(FaultSetting.NONE);
        assertEquals(points.size(), read.get(10, TimeUnit.SECONDS).size());
    }

    @Test
    void endsWhatHangsWhenItEndsItself() throws Exception {
        driver.fault(new FaultSetting(Fault.NO_ANSWER, 1));
        CompletableFuture<List<Reading>> read = hangingRead();

        driver.end();

        ExecutionException e = assertThrows(ExecutionException.class, () -> read.get(10, TimeUnit.SECONDS));
        assertEquals(DriverException.Reason.CONNECTION, ((DriverException) e.getCause()).reason());
    }

    @Test
    void takesItsTimeWhenItIsSlow() throws Exception {
        driver.fault(new FaultSetting(Fault.SLOW, 50));
        long begun = System.nanoTime();

        assertEquals(points.size(), driver.read(points).size());
        assertEquals(
                Value.of(false),
                driver.write(id("running"), Value.of(false)).value().orElseThrow());

        assertTrue(System.nanoTime() - begun >= TimeUnit.MILLISECONDS.toNanos(100));
    }

    @Test
    void isNoLongerSlowAsSoonAsTheFaultIsLifted() throws Exception {
        driver.fault(new FaultSetting(Fault.SLOW, 60_000));
        CompletableFuture<List<Reading>> read = hangingRead();

        driver.fault(FaultSetting.NONE);

        assertEquals(points.size(), read.get(10, TimeUnit.SECONDS).size());
    }

    @Test
    void saysWhatIsNotTrue() throws Exception {
        driver.fault(new FaultSetting(Fault.WRONG_VALUE, 1));

        // Speed: 0 to 3000; pieces have no range.
        assertEquals(Value.of(6000.0), value("speed"));
        assertEquals(Value.of(4L), value("error"));
        assertEquals(Value.of(false), value("running"));
        assertEquals(Value.of("dradnats"), value("program"));
        assertEquals(Value.of(0L), value("pieces"));
        assertEquals(
                Value.of(true),
                driver.write(id("running"), Value.of(false)).value().orElseThrow());
    }

    @Test
    void cannotBeReachedWhenItHasGoneAndSaysSo() throws Exception {
        driver.fault(new FaultSetting(Fault.GONE, 1));

        assertEquals(DriverException.Reason.CONNECTION, failure().reason());
        DriverException e = assertThrows(DriverException.class, () -> driver.write(id("running"), Value.of(false)));
        assertEquals(DriverException.Reason.CONNECTION, e.reason());

        driver.fault(new FaultSetting(Fault.GONE, 2));
        driver.fault(new FaultSetting(Fault.SLOW, 1));
        assertEquals(List.of(GONE, new Status(true, "")), machine.context.statuses());
    }

    @Test
    void saysAtItsStartThatItHasGoneIfItBeginsSo() {
        assertEquals(List.of(GONE), machine(Map.of("fault", "gone")).context.statuses());
    }

    @Test
    void throwsWhatNoDriverShould() {
        driver.fault(new FaultSetting(Fault.THROW, 1));

        assertThrows(IllegalStateException.class, () -> driver.read(points));
        assertThrows(IllegalStateException.class, () -> driver.write(id("running"), Value.of(false)));
    }

    @Test
    void answersWithGarbageOfEveryKindInTurn() throws Exception {
        driver.fault(new FaultSetting(Fault.GARBAGE, 1));

        assertEquals(points.size() / 2, driver.read(points).size());
        assertTrue(driver.read(points).stream().noneMatch(reading -> points.contains(reading.point())));
        assertTrue(driver.read(points).stream()
                .allMatch(reading -> reading.value().orElseThrow() instanceof Value.BytesValue));
        assertTrue(driver.read(points).stream()
                .allMatch(reading -> reading.value().orElseThrow().equals(Value.of(Double.NaN))));
        assertTrue(driver.read(points).stream().allMatch(Objects::isNull));
        assertNull(driver.read(points));
        assertEquals(points.size() / 2, driver.read(points).size());
        assertNull(driver.write(id("running"), Value.of(false)));
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
    void beginsWithTheFaultThatIsConfigured(Fault fault) {
        SimProbe other = machine(Map.of("fault", fault.id(), "fault.delay.ms", 7));

        assertEquals(new FaultSetting(fault, 7), other.driver.simulation().fault());
    }

    @Test
    void hasADistinctNameForEachFault() {
        Set<String> names = new HashSet<>();
        for (Fault fault : Fault.values()) {
            assertEquals(fault, Fault.of(fault.id()));
            names.add(fault.id());
        }
        assertEquals(Fault.values().length, names.size());
    }

    private CompletableFuture<List<Reading>> hangingRead() throws InterruptedException {
        CompletableFuture<List<Reading>> read = new CompletableFuture<>();
        CountDownLatch begun = new CountDownLatch(1);
        Thread thread = new Thread(() -> {
            begun.countDown();
            try {
                read.complete(driver.read(points));
            } catch (DriverException e) {
                read.completeExceptionally(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        caller.set(thread);
        assertTrue(begun.await(10, TimeUnit.SECONDS));
        await().atMost(PATIENCE)
                .until(() ->
                        Set.of(Thread.State.WAITING, Thread.State.TIMED_WAITING).contains(thread.getState()));
        return read;
    }

    private DriverException failure() {
        return assertThrows(DriverException.class, () -> driver.read(points));
    }

    private Value value(String point) throws DriverException {
        return driver.read(List.of(id(point))).get(0).value().orElseThrow();
    }

    private PointId id(String point) {
        return machine.id(point);
    }

    private List<PointId> points() {
        try {
            return driver.devices().get(0).points().stream().map(PointInfo::id).toList();
        } catch (DriverException e) {
            throw new AssertionError(e);
        }
    }

    private static SimProbe machine(Map<String, Object> values) {
        try {
            return new SimProbe(Kind.MACHINE, values);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
