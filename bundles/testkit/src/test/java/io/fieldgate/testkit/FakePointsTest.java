package io.fieldgate.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.api.data.Access;
import io.fieldgate.api.data.DeviceId;
import io.fieldgate.api.data.DeviceInfo;
import io.fieldgate.api.data.PointFilter;
import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.Quality;
import io.fieldgate.api.data.Reading;
import io.fieldgate.api.data.Sample;
import io.fieldgate.api.data.SampleBatch;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.data.ValueType;
import io.fieldgate.api.gateway.Observation;
import io.fieldgate.api.gateway.PointException;
import io.fieldgate.api.gateway.PointException.Reason;
import io.fieldgate.api.gateway.Points;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class FakePointsTest {

    private static final DeviceId TANK = DeviceId.of("sim/tank");
    private static final PointId LEVEL = TANK.point("level");
    private static final PointId SETPOINT = TANK.point("setpoint");
    private static final PointId PULSE = TANK.point("pulse");
    private static final List<PointFilter> ALL = List.of(PointFilter.ALL);

    private final FakePoints points = new FakePoints()
            .device(DeviceInfo.builder(TANK)
                    .point(PointInfo.builder(LEVEL, ValueType.DECIMAL).build())
                    .point(PointInfo.builder(SETPOINT, ValueType.DECIMAL)
                            .access(Access.READ_WRITE)
                            .range(0, 2)
                            .build())
                    .point(PointInfo.builder(PULSE, ValueType.BOOLEAN)
                            .access(Access.WRITE)
                            .build())
                    .build());
    private final List<SampleBatch> batches = new ArrayList<>();

    @Test
    void beginsWithPointsThatWait() {
        assertEquals(
                List.of(TANK), points.devices().stream().map(DeviceInfo::id).toList());
        assertEquals(
                Quality.bad(Quality.Code.WAITING),
                points.latest(LEVEL).orElseThrow().quality());
        assertEquals(Optional.empty(), points.latest(TANK.point("none")));
        assertTrue(points.info(SETPOINT).orElseThrow().access().writable());
    }

    @Test
    void numbersAndKeepsWhatComes() {
        Sample first = points.update("sim/tank/level", Value.of(1.0));
        Sample second = points.update("sim/tank/level", Value.of(1.5));

        assertEquals(first.sequence() + 1, second.sequence());
        assertEquals(Optional.of(second), points.latest(LEVEL));
        assertEquals(Optional.of(List.of(second)), points.since(ALL, first.sequence()));
        assertEquals(List.of(second), points.latest(ALL, first.sequence()));
        points.keep(1);
        assertEquals(Optional.empty(), points.since(ALL, first.sequence() - 1));
    }

    @Test
    void addsAPointThatNoDeviceHas() {
        points.update("sim/tank/name", Value.of("north"));
        points.update("other/one/count", Value.of(3));

        assertEquals(
                ValueType.TEXT, points.info(TANK.point("name")).orElseThrow().type());
        assertEquals(4, points.devices().get(1).points().size());
        points.remove(TANK);
        assertEquals(1, points.devices().size());
        assertEquals(Optional.empty(), points.latest(LEVEL));
    }

    @Test
    void showsAnObserverASnapshotAndThenWhatIsNew() {
        observe(Points.Mode.LATEST, OptionalLong.empty());
        points.updateAll(List.of(Reading.good(LEVEL, Value.of(1.0)), Reading.good(LEVEL, Value.of(2.0))));

        assertTrue(batches.get(0).snapshot());
        assertEquals(3, batches.get(0).samples().size());
        assertFalse(batches.get(1).snapshot());
        assertEquals(List.of("2.0"), values(batches.get(1)));
    }

    @Test
    void bringsEachSampleOrTheNewestWhenItDelivers() {
        observe(Points.Mode.EVERY, OptionalLong.empty());
        observe(Points.Mode.LATEST, OptionalLong.empty());
        batches.clear();
        points.holdSamples();
        points.update("sim/tank/level", Value.of(1.0));
        points.update("sim/tank/setpoint", Value.of(0.5));
        points.update("sim/tank/level", Value.of(2.0));
        assertEquals(List.of(), batches);

        points.deliver();

        assertEquals(List.of("1.0", "0.5", "2.0"), values(batches.get(0)));
        assertEquals(List.of("0.5", "2.0"), values(batches.get(1)));
    }

    @Test
    void continuesWhereAnObserverLeftOffIfItCan() {
        long seen = points.update("sim/tank/level", Value.of(1.0)).sequence();
        points.update("sim/tank/level", Value.of(2.0));

        observe(Points.Mode.EVERY, OptionalLong.of(seen));
        points.keep(0);
        points.update("sim/tank/level", Value.of(3.0));
        observe(Points.Mode.EVERY, OptionalLong.of(seen));

        assertEquals(List.of("2.0"), values(batches.get(0)));
        assertFalse(batches.get(0).snapshot());
        assertTrue(batches.get(2).snapshot());
    }

    @Test
    void tellsWhatWasMissedWithASnapshot() {
        observe(Points.Mode.EVERY, OptionalLong.empty());

        points.overflow(7);

        assertEquals(7, batches.get(1).missed());
        assertTrue(batches.get(1).snapshot());
    }

    @Test
    void callsNoObserverThatHasEndedAndBearsOneThatThrows() {
        Observation ended = observe(Points.Mode.EVERY, OptionalLong.empty());
        ended.close();
        points.observe(ALL, Points.Mode.EVERY, OptionalLong.empty(), batch -> {
            throw new IllegalStateException("no");
        });
        points.update("sim/tank/level", Value.of(1.0));

        assertEquals(1, batches.size());
        assertEquals(1, points.observers());
        assertEquals(2, points.observerFailures().size());
    }

    private Observation observe(Points.Mode mode, OptionalLong since) {
        return points.observe(ALL, mode, since, batches::add);
    }

    private static List<String> values(SampleBatch batch) {
        return batch.samples().stream()
                .map(sample -> sample.value().orElseThrow().toString())
                .toList();
    }

    @Test
    void writesWithinTypeAndRange() {
        assertEquals(
                Optional.of(Value.of(1.0)),
                join(points.write(SETPOINT, Value.of(1))).value());

        assertEquals(Reason.READ_ONLY, reason(points.write(LEVEL, Value.of(1.0))));
        assertEquals(Reason.OUT_OF_RANGE, reason(points.write(SETPOINT, Value.of(2.1))));
        assertEquals(Reason.OUT_OF_RANGE, reason(points.write(SETPOINT, Value.of(Double.NaN))));
        assertEquals(Reason.WRONG_TYPE, reason(points.write(SETPOINT, Value.of(true))));
        assertEquals(Reason.UNKNOWN_POINT, reason(points.write(TANK.point("none"), Value.of(true))));
        assertEquals(6, points.answers().asked().size());
    }

    @Test
    void refreshesWhatCanBeRead() {
        points.update("sim/tank/level", Value.of(1.0));

        assertEquals(Optional.of(Value.of(1.0)), join(points.refresh(LEVEL)).value());

        assertEquals(Reason.WRITE_ONLY, reason(points.refresh(PULSE)));
        assertEquals(Reason.UNKNOWN_POINT, reason(points.refresh(TANK.point("none"))));
        assertEquals(Optional.empty(), points.answers().asked().get(0).value());
    }

    @Test
    void answersLateIfTheTestSaysSo() {
        points.answers().hold();
        CompletionStage<Sample> first = points.write(SETPOINT, Value.of(1.0));
        CompletionStage<Sample> second = points.write(SETPOINT, Value.of(1.5));
        CompletionStage<Sample> third = points.write(SETPOINT, Value.of(2.0));
        assertEquals(3, points.answers().waiting());
        assertFalse(first.toCompletableFuture().isDone());

        points.answers().answerOne();
        points.answers().failOne(Reason.TIMEOUT);
        points.answers().release();

        assertEquals(Optional.of(Value.of(1.0)), join(first).value());
        assertEquals(Reason.TIMEOUT, reason(second));
        assertEquals(Optional.of(Value.of(2.0)), join(third).value());
        assertThrows(IllegalStateException.class, () -> points.answers().answerOne());
    }

    @Test
    void failsUntilItRecovers() {
        points.answers().fail(Reason.DISCONNECTED);
        assertEquals(Reason.DISCONNECTED, reason(points.refresh(LEVEL)));

        points.answers().recover();
        assertEquals(
                Optional.of(Value.of(1.0)),
                join(points.write(SETPOINT, Value.of(1.0))).value());
    }

    @Test
    void goesOnCountingAsIfTheGatewayHadRunForLong() {
        String epoch = points.epoch();
        points.countFrom(8119);
        assertEquals(8119, points.update("sim/tank/level", Value.of(1.0)).sequence());
        assertEquals(Optional.empty(), points.since(ALL, 8000));

        points.restart("another");
        assertEquals("another", points.epoch());
        assertFalse(epoch.equals(points.epoch()));
    }

    private static Sample join(CompletionStage<Sample> stage) {
        return stage.toCompletableFuture().join();
    }

    private static Reason reason(CompletionStage<Sample> stage) {
        CompletionException e = assertThrows(CompletionException.class, () -> join(stage));
        return assertInstanceOf(PointException.class, e.getCause()).reason();
    }
}
