package io.fieldgate.core;

import static io.fieldgate.core.PointRig.failure;
import static io.fieldgate.core.PointRig.sample;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.api.data.Access;
import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.Role;
import io.fieldgate.api.data.Sample;
import io.fieldgate.api.data.User;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.data.ValueType;
import io.fieldgate.api.driver.Driver;
import io.fieldgate.api.driver.DriverException;
import io.fieldgate.api.gateway.PointException.Reason;
import io.fieldgate.api.gateway.SocketSession;
import io.fieldgate.api.gateway.Write;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HeldWritesTest {

    private static final PointId PUMP = PointId.of("sim/tank/pump");
    private static final PointId HORN = PointId.of("sim/tank/horn");
    private static final Value ON = Value.of(true);
    private static final Value OFF = Value.of(false);
    private static final User ANNA = new User("anna", Role.OPERATOR);
    private static final Write BY_ANNA = Write.by(ANNA, "192.0.2.7:51034");
    private static final Duration TAKEOVER = Duration.ofSeconds(20);

    private final PointRig rig = new PointRig(PointRig.settings(Duration.ofMillis(200)));
    private final Set<String> open = ConcurrentHashMap.newKeySet();
    private final FakeDriver sim = driver();
    private final CountDownLatch release = new CountDownLatch(1);
    private FakeReference<Driver> reference;

    private static FakeDriver driver() {
        return FakeDriver.with(
                PointInfo.builder(PUMP, ValueType.BOOLEAN)
                        .access(Access.READ_WRITE)
                        .safe(OFF)
                        .build(),
                PointInfo.builder(HORN, ValueType.BOOLEAN)
                        .access(Access.READ_WRITE)
                        .build());
    }

    @BeforeEach
    void start() {
        rig.sessions.source(open::contains);
        reference = rig.up("sim", sim);
    }

    @AfterEach
    void stop() {
        release.countDown();
        rig.close();
    }

    @Test
    void setsAPointToItsSafeValueWhenTheWriteIsNotRepeatedInTime() throws Exception {
        sample(write(BY_ANNA.repeatedWithin(Duration.ofSeconds(2))));

        rig.time.advance(Duration.ofMillis(1999));
        rig.settle("sim");
        assertEquals(ON, sim.values.get(PUMP));
        rig.time.advance(Duration.ofMillis(1));

        untilSafe();
        assertEquals(0, rig.gateway.holds().count());
    }

    @Test
    void keepsAPointWhoseWriteIsRepeatedInTime() throws Exception {
        for (int i = 0; i < 5; i++) {
            sample(write(BY_ANNA.repeatedWithin(Duration.ofSeconds(2))));
            rig.time.advance(Duration.ofMillis(1900));
        }
        rig.settle("sim");

        assertEquals(5, sim.count("write"));
        rig.time.advance(Duration.ofMillis(100));
        untilSafe();
    }

    @Test
    void keepsAPointWhoseWriterIsThereThoughTheDriverKeepsItWaiting() throws Exception {
        Write held = BY_ANNA.repeatedWithin(Duration.ofSeconds(2));
        sample(write(held));
        sim.onWrite = FakeDriver.hangs(release);
        write(held);
        rig.until(() -> sim.count("write") == 2);
        rig.time.advance(Duration.ofMillis(1500));
        write(held);
        rig.time.advance(Duration.ofMillis(1500));

        release.countDown();
        rig.settle("sim");

        assertEquals(ON, sim.values.get(PUMP));
    }

    @Test
    void prefersTheSafeValueOfTheWrite() throws Exception {
        sim.values.put(PUMP, OFF);
        sample(rig.points.write(
                PUMP, OFF, BY_ANNA.repeatedWithin(Duration.ofSeconds(2)).withSafe(ON)));

        rig.time.advance(Duration.ofSeconds(2));

        rig.until(() -> ON.equals(sim.values.get(PUMP)));
    }

    @Test
    void refusesToHoldAPointThatHasNoSafeValue() throws Exception {
        assertEquals(
                Reason.NO_SAFE_VALUE,
                failure(rig.points.write(HORN, ON, BY_ANNA.held())).reason());
        assertEquals(0, sim.count("write"));
    }

    @Test
    void setsAPointToItsSafeValueWhenTheClientIsLost() throws Exception {
        open.add("s1");
        sample(write(BY_ANNA.whileOpen(session("s1"))));

        rig.time.advance(Duration.ofDays(1));
        rig.sessions.ended("s2");
        rig.settle("sim");
        assertEquals(ON, sim.values.get(PUMP), "a session that is open, be it parked, is not lost");

        rig.sessions.ended("s1");
        untilSafe();
    }

    @Test
    void aClientIsNotLostWithTheBundleThatWroteForIt() throws Exception {
        open.add("s1");
        sample(write(BY_ANNA.whileOpen(session("s1"))));

        rig.points.close();
        rig.time.advance(TAKEOVER.plusSeconds(1));
        rig.settle("sim");

        assertEquals(ON, sim.values.get(PUMP));
    }

    @Test
    void holdsNothingForAClientThatIsLostAlready() throws Exception {
        sample(write(BY_ANNA.whileOpen(session("s1"))));

        untilSafe();
    }

    @Test
    void setsAPointToItsSafeValueWhenTheBundleDoesNotComeBack() throws Exception {
        sample(write(Write.own().held()));

        rig.points.close();
        rig.time.advance(TAKEOVER.minusSeconds(1));
        rig.settle("sim");
        assertEquals(ON, sim.values.get(PUMP));

        rig.time.advance(Duration.ofSeconds(1));
        untilSafe();
    }

    @Test
    void letsTheSuccessorOfABundleTakeOver() throws Exception {
        sample(write(Write.own().held()));
        rig.points.close();
        PointsService successor = new PointsService(rig.gateway, "test");

        sample(successor.write(PUMP, ON, Write.own().held()));
        rig.time.advance(TAKEOVER.plusSeconds(1));
        rig.settle("sim");
        assertEquals(ON, sim.values.get(PUMP));

        successor.close();
        rig.time.advance(TAKEOVER);
        untilSafe();
    }

    @Test
    void aPlainWriteEndsTheHold() throws Exception {
        sample(write(BY_ANNA.repeatedWithin(Duration.ofSeconds(2))));
        sample(write(BY_ANNA));

        rig.time.advance(Duration.ofSeconds(3));
        rig.settle("sim");

        assertEquals(ON, sim.values.get(PUMP));
        assertEquals(0, rig.gateway.holds().count());
    }

    @Test
    void aWriteThatTheDeviceDoesNotTakeHoldsNothing() throws Exception {
        sim.onWrite = FakeDriver.fails(DriverException.Reason.OUT_OF_RANGE);

        failure(write(BY_ANNA.repeatedWithin(Duration.ofSeconds(2))));

        assertEquals(0, rig.gateway.holds().count());
    }

    @Test
    void aWriteOfWhichNobodyKnowsIsHeld() throws Exception {
        sim.onWrite = FakeDriver.fails(DriverException.Reason.TIMEOUT);
        failure(write(BY_ANNA.repeatedWithin(Duration.ofSeconds(2))));
        sim.onWrite = () -> {};

        rig.time.advance(Duration.ofSeconds(2));

        untilSafe();
    }

    @Test
    void writesTheSafeValueBeforeAllThatWaitsAsSoonAsAHungDriverIsBack() throws Exception {
        sample(write(BY_ANNA.repeatedWithin(Duration.ofSeconds(2))));
        sim.onRead = FakeDriver.hangs(release);
        CompletionStage<Sample> hung = rig.points.refresh(PUMP);
        rig.until(() -> sim.count("read") == 1);
        CompletionStage<Sample> behind = rig.points.write(HORN, ON);
        rig.time.advance(Duration.ofSeconds(2));
        assertEquals(ON, sim.values.get(PUMP));

        release.countDown();
        untilSafe();
        sample(hung);
        sample(behind);
        assertTrue(sim.calls.indexOf("write sim/tank/pump false") < sim.calls.indexOf("write sim/tank/horn true"));
    }

    @Test
    void triesAgainUntilTheDriverTakesTheSafeValue() throws Exception {
        sample(write(BY_ANNA.repeatedWithin(Duration.ofSeconds(2))));
        sim.onWrite = FakeDriver.fails(DriverException.Reason.CONNECTION);
        rig.time.advance(Duration.ofSeconds(2));
        rig.until(() -> sim.count("write") == 2);
        rig.settle("sim");
        rig.time.advance(Duration.ofSeconds(1));
        rig.until(() -> sim.count("write") == 3);
        rig.settle("sim");
        sim.onWrite = () -> {};

        rig.time.advance(Duration.ofSeconds(1));

        untilSafe();
    }

    @Test
    void givesTheSafeValueToTheNextDriverWhenTheOneHasGone() throws Exception {
        sample(write(BY_ANNA.repeatedWithin(Duration.ofSeconds(2))));
        rig.go(reference);
        rig.time.advance(Duration.ofSeconds(2));
        FakeDriver next = driver();
        next.values.put(PUMP, ON);

        rig.up("sim", next);
        rig.time.advance(Duration.ofSeconds(1));

        rig.until(() -> OFF.equals(next.values.get(PUMP)));
    }

    @Test
    void givesUpTheSafeValueWhenSomebodyElseHasWrittenThePoint() throws Exception {
        sample(write(BY_ANNA.repeatedWithin(Duration.ofSeconds(2))));
        sim.onWrite = FakeDriver.fails(DriverException.Reason.CONNECTION);
        rig.time.advance(Duration.ofSeconds(2));
        rig.until(() -> sim.count("write") == 2);
        rig.settle("sim");
        sim.onWrite = () -> {};

        sample(write(BY_ANNA));
        rig.time.advance(Duration.ofSeconds(5));
        rig.settle("sim");

        assertEquals(ON, sim.values.get(PUMP));
    }

    @Test
    void setsAllToTheirSafeValuesWhenTheGatewayStops() throws Exception {
        sample(write(Write.own().held()));
        sample(rig.points.write(HORN, ON, BY_ANNA.withSafe(OFF)));

        rig.gateway.shutDown();

        assertEquals(OFF, sim.values.get(PUMP));
        assertEquals(OFF, sim.values.get(HORN));
        assertFalse(sim.calls.contains("stop"));
        assertEquals(Reason.DISCONNECTED, failure(write(Write.own().held())).reason());
    }

    @Test
    void boundsWhatIsHeld() throws Exception {
        PointInfo[] many = new PointInfo[Holds.MOST + 1];
        for (int i = 0; i < many.length; i++) {
            many[i] = PointInfo.builder(PointId.of("sim/tank/p" + i), ValueType.BOOLEAN)
                    .access(Access.READ_WRITE)
                    .safe(OFF)
                    .build();
        }
        sim.shows(many);
        sim.context.devicesChanged();
        rig.time.advance(Duration.ofSeconds(1));
        rig.until(() -> rig.points.info(many[Holds.MOST].id()).isPresent());
        for (int i = 0; i < Holds.MOST; i++) {
            sample(rig.points.write(many[i].id(), ON, Write.own().held()));
        }

        assertEquals(
                Reason.BUSY,
                failure(rig.points.write(many[Holds.MOST].id(), ON, Write.own().held()))
                        .reason());
    }

    private CompletionStage<Sample> write(Write how) {
        return rig.points.write(PUMP, ON, how);
    }

    private void untilSafe() {
        rig.until(() -> OFF.equals(sim.values.get(PUMP))
                && Optional.of(OFF).equals(rig.points.latest(PUMP).orElseThrow().value()));
        rig.settle("sim");
    }

    /** A session of which only the id is wanted. */
    private static SocketSession session(String id) {
        return (SocketSession) Proxy.newProxyInstance(
                HeldWritesTest.class.getClassLoader(),
                new Class<?>[] {SocketSession.class},
                (proxy, method, given) -> id);
    }
}
