package io.fieldgate.core;

import static io.fieldgate.core.PointRig.failure;
import static io.fieldgate.core.PointRig.id;
import static io.fieldgate.core.PointRig.sample;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.api.data.Access;
import io.fieldgate.api.data.Deadband;
import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.Quality;
import io.fieldgate.api.data.Quality.Code;
import io.fieldgate.api.data.Reading;
import io.fieldgate.api.data.Sample;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.data.ValueType;
import io.fieldgate.api.driver.Driver;
import io.fieldgate.api.driver.DriverException;
import io.fieldgate.api.gateway.PointException;
import io.fieldgate.api.gateway.PointException.Reason;
import io.fieldgate.api.gateway.Points.Mode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PointCommandsTest {

    private static final PointId LEVEL = PointId.of("sim/tank/level");
    private static final PointId VALVE = PointId.of("sim/tank/valve");
    private static final PointId GATE = PointId.of("sim/tank/gate");
    private static final PointId HORN = PointId.of("sim/tank/horn");

    private final PointRig rig = new PointRig(PointRig.settings(Duration.ofMillis(200)));
    private final FakeDriver sim = FakeDriver.with(
            PointInfo.builder(LEVEL, ValueType.DECIMAL).build(),
            PointInfo.builder(VALVE, ValueType.DECIMAL)
                    .unit("%")
                    .access(Access.READ_WRITE)
                    .range(0, 100)
                    .deadband(Deadband.absolute(5))
                    .build(),
            PointInfo.builder(HORN, ValueType.BOOLEAN).access(Access.WRITE).build(),
            PointInfo.builder(GATE, ValueType.DECIMAL)
                    .unit("%")
                    .access(Access.READ_WRITE)
                    .deadband(Deadband.absolute(1))
                    .confirmed(true)
                    .build());
    private final CountDownLatch release = new CountDownLatch(1);
    private FakeReference<Driver> reference;

    @BeforeEach
    void start() {
        reference = rig.up("sim", sim);
    }

    @AfterEach
    void stop() {
        release.countDown();
        rig.close();
    }

    @Test
    void answersAWriteWithWhatTheDeviceConfirmed() throws Exception {
        Sample sample = sample(rig.points.write(VALVE, Value.of(50.0)));

        assertEquals(Reading.good(VALVE, Value.of(50.0)), sample.reading());
        assertEquals(Optional.of(sample), rig.points.latest(VALVE));
        assertTrue(sim.calls.contains("write sim/tank/valve 50.0"));
    }

    @Test
    void publishesWhatWasWrittenBeforeItAnswers() throws Exception {
        Recorder recorder = new Recorder();
        rig.points.observe(PointRig.ALL, Mode.EVERY, OptionalLong.empty(), recorder);
        AtomicReference<Sample> latest = new AtomicReference<>();

        Sample sample = sample(rig.points
                .write(VALVE, Value.of(50.0))
                .whenComplete((s, e) -> latest.set(rig.points.latest(VALVE).orElseThrow())));

        assertEquals(sample, latest.get());
        rig.until(() -> recorder.samples(VALVE).contains(sample));
    }

    @Test
    void publishesAWriteWithinTheDeadBand() throws Exception {
        long first = sample(rig.points.write(VALVE, Value.of(50.0))).sequence();

        assertTrue(sample(rig.points.write(VALVE, Value.of(51.0))).sequence() > first);
    }

    @Test
    void takesAnIntegerForADecimal() throws Exception {
        assertEquals(
                Optional.of(Value.of(50.0)),
                sample(rig.points.write(VALVE, Value.of(50))).value());
    }

    @Test
    void refusesToWriteAPointThatIsNotThere() throws Exception {
        assertEquals(
                Reason.UNKNOWN_POINT,
                failure(rig.points.write(id("sim/tank/none"), Value.of(1))).reason());
    }

    @Test
    void refusesToWriteAPointThatCanBeReadOnly() throws Exception {
        PointException failure = failure(rig.points.write(LEVEL, Value.of(1.0)));

        assertEquals(Reason.READ_ONLY, failure.reason());
        assertEquals("sim/tank/level cannot be written", failure.getMessage());
    }

    @Test
    void refusesAnotherTypeAndSaysWhichIsTaken() throws Exception {
        PointException failure = failure(rig.points.write(VALVE, Value.of("open")));

        assertEquals(Reason.WRONG_TYPE, failure.reason());
        assertEquals("sim/tank/valve takes decimal or integer, not text", failure.getMessage());
        assertEquals(
                "sim/tank/horn takes boolean, not integer",
                failure(rig.points.write(HORN, Value.of(1))).getMessage());
    }

    @Test
    void refusesWhatIsOutOfRangeAndSaysWhichItIs() throws Exception {
        PointException failure = failure(rig.points.write(VALVE, Value.of(101.0)));

        assertEquals(Reason.OUT_OF_RANGE, failure.reason());
        assertEquals("sim/tank/valve takes 0.0 to 100.0 %, not 101.0", failure.getMessage());
        assertEquals(
                Reason.OUT_OF_RANGE,
                failure(rig.points.write(VALVE, Value.of(Double.NaN))).reason());
        assertEquals(0, sim.count("write"));
    }

    @Test
    void saysWhyADriverDidNotTakeAValue() throws Exception {
        Map<DriverException.Reason, Reason> reasons = Map.of(
                DriverException.Reason.CONNECTION, Reason.DISCONNECTED,
                DriverException.Reason.TIMEOUT, Reason.TIMEOUT,
                DriverException.Reason.DEVICE, Reason.FAILED,
                DriverException.Reason.OUT_OF_RANGE, Reason.OUT_OF_RANGE,
                DriverException.Reason.READ_ONLY, Reason.READ_ONLY);
        for (Map.Entry<DriverException.Reason, Reason> entry : reasons.entrySet()) {
            sim.onWrite = FakeDriver.fails(entry.getKey());

            PointException failure = failure(rig.points.write(VALVE, Value.of(1.0)));

            assertEquals(entry.getValue(), failure.reason());
            assertEquals("as the test says", failure.getMessage());
        }
    }

    @Test
    void failsAWriteInWhichTheDriverThrows() throws Exception {
        sim.onWrite = () -> {
            throw new IllegalStateException("boom");
        };

        assertEquals(
                Reason.FAILED, failure(rig.points.write(VALVE, Value.of(1.0))).reason());
    }

    @Test
    void readsBackWhatIsToBeConfirmedBeforeAnythingElse() throws Exception {
        Sample sample = sample(rig.points.write(GATE, Value.of(50.0)));

        assertEquals(Optional.of(Value.of(50.0)), sample.value());
        int write = sim.calls.indexOf("write sim/tank/gate 50.0");
        assertEquals("read [sim/tank/gate]", sim.calls.get(write + 1));
    }

    @Test
    void confirmsANumberWithinTheDeadBand() throws Exception {
        sim.onRead = () -> sim.values.put(GATE, Value.of(50.9));

        assertEquals(
                Optional.of(Value.of(50.9)),
                sample(rig.points.write(GATE, Value.of(50.0))).value());
    }

    @Test
    void failsAWriteThatIsNotConfirmedAndKeepsWhatThePointSays() throws Exception {
        sim.onRead = () -> sim.values.put(GATE, Value.of(12.5));

        PointException failure = failure(rig.points.write(GATE, Value.of(50.0)));

        assertEquals(Reason.NOT_CONFIRMED, failure.reason());
        assertEquals("sim/tank/gate was written 50.0, but says 12.5", failure.getMessage());
        assertEquals(
                Optional.of(Value.of(12.5)),
                rig.points.latest(GATE).orElseThrow().value());
    }

    @Test
    void failsAWriteThatCannotBeReadBack() throws Exception {
        sim.onRead = FakeDriver.fails(DriverException.Reason.TIMEOUT);

        PointException failure = failure(rig.points.write(GATE, Value.of(50.0)));

        assertEquals(Reason.NOT_CONFIRMED, failure.reason());
        assertEquals(Quality.bad(Code.TIMEOUT), rig.quality("sim/tank/gate"));
    }

    @Test
    void readsAPointWhenItIsAskedTo() throws Exception {
        sim.values.put(LEVEL, Value.of(1.5));

        assertEquals(
                Reading.good(LEVEL, Value.of(1.5)),
                sample(rig.points.refresh(LEVEL)).reading());
    }

    @Test
    void answersARefreshThatFailsWithABadSample() throws Exception {
        sim.onRead = FakeDriver.fails(DriverException.Reason.CONNECTION);

        assertEquals(
                Quality.bad(Code.DISCONNECTED),
                sample(rig.points.refresh(LEVEL)).quality());
    }

    @Test
    void refusesToReadWhatCanBeWrittenOnly() throws Exception {
        assertEquals(Reason.WRITE_ONLY, failure(rig.points.refresh(HORN)).reason());
        assertEquals(
                Reason.UNKNOWN_POINT,
                failure(rig.points.refresh(id("sim/tank/none"))).reason());
    }

    @Test
    void keepsTheLastSampleOfAPointWhoseDriverHasGone() throws Exception {
        rig.go(reference);

        assertEquals(
                Quality.bad(Code.DISCONNECTED),
                sample(rig.points.refresh(LEVEL)).quality());
        assertEquals(
                Reason.DISCONNECTED,
                failure(rig.points.write(VALVE, Value.of(1.0))).reason());
    }

    @Test
    void failsAWriteThatHangsAndRefusesWhatIsBehindIt() throws Exception {
        CompletionStage<Sample> hung = hang();
        CompletionStage<Sample> behind = rig.points.refresh(LEVEL);

        rig.time.advance(Duration.ofSeconds(10));

        assertEquals(Reason.TIMEOUT, failure(hung).reason());
        assertEquals(Reason.BUSY, failure(behind).reason());
        assertEquals(Reason.BUSY, failure(rig.points.refresh(LEVEL)).reason());
        assertEquals(Quality.bad(Code.TIMEOUT), rig.quality("sim/tank/valve"));

        release.countDown();
        rig.untilQuality("sim/tank/valve", Quality.GOOD);
        rig.until(() -> rig.driver("sim").detail().isEmpty());
        sample(rig.points.refresh(LEVEL));
    }

    @Test
    void refusesMoreCallsThanMayWait() throws Exception {
        hang();
        List<CompletionStage<Sample>> waiting = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            waiting.add(rig.points.refresh(LEVEL));
        }

        PointException failure = failure(rig.points.refresh(LEVEL));

        assertEquals(Reason.BUSY, failure.reason());
        assertEquals("4 calls wait for driver sim already", failure.getMessage());
        release.countDown();
        for (CompletionStage<Sample> stage : waiting) {
            sample(stage);
        }
    }

    private CompletionStage<Sample> hang() {
        sim.onWrite = FakeDriver.hangs(release);
        CompletionStage<Sample> stage = rig.points.write(VALVE, Value.of(1.0));
        rig.until(() -> sim.count("write") == 1);
        return stage;
    }
}
