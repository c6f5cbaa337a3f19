package io.fieldgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.api.data.Deadband;
import io.fieldgate.api.data.DeviceId;
import io.fieldgate.api.data.DeviceInfo;
import io.fieldgate.api.data.PointFilter;
import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.Quality;
import io.fieldgate.api.data.Quality.Code;
import io.fieldgate.api.data.Reading;
import io.fieldgate.api.data.Sample;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.data.ValueType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class PointStoreTest {

    private static final PointId LEVEL = PointId.of("sim/tank/level");
    private static final PointId VALVE = PointId.of("sim/tank/valve");
    private static final Quality DISCONNECTED = Quality.bad(Code.DISCONNECTED);
    private static final Quality STALE = Quality.uncertain(Code.STALE);
    private static final Duration THREE_SECONDS = Duration.ofSeconds(3);

    private final ManualTime time = new ManualTime();
    private final PointStore store = new PointStore(100, time, time::nanoTime);
    private final Object owner = new Object();

    @Test
    void hasABadSampleWithoutAValueOfAPointThatWasNotReadYet() {
        shows(LEVEL);

        Sample sample = store.latest(LEVEL).orElseThrow();

        assertEquals(Quality.bad(Code.WAITING), sample.quality());
        assertEquals(Optional.empty(), sample.value());
        assertEquals(1, sample.sequence());
    }

    @Test
    void stampsASampleWithTheTimeOfItsArrivalAndTheNextNumber() {
        shows(LEVEL);
        time.advance(Duration.ofSeconds(7));

        says(LEVEL, 1.5);

        Sample sample = store.latest(LEVEL).orElseThrow();
        assertEquals(Instant.ofEpochSecond(7), sample.receivedAt());
        assertEquals(2, sample.sequence());
        assertEquals(Optional.of(Value.of(1.5)), sample.value());
    }

    @Test
    void keepsTheLastKnownValueInASampleThatBringsNone() {
        shows(LEVEL);
        says(LEVEL, 1.5);

        publish(Reading.bad(LEVEL, Code.TIMEOUT));

        assertEquals(
                Reading.of(LEVEL, Value.of(1.5), Quality.bad(Code.TIMEOUT)),
                store.latest(LEVEL).orElseThrow().reading());
    }

    @Test
    void givesADroppedSampleNoNumber() {
        store.setDevices(owner, "sim", List.of(device(point(LEVEL).deadband(Deadband.absolute(1)))));
        says(LEVEL, 1.0);
        says(LEVEL, 1.9);
        says(LEVEL, 2.1);

        assertEquals(
                List.of(1L, 2L, 3L),
                store.since(List.of(PointFilter.ALL), 0).orElseThrow().stream()
                        .map(Sample::sequence)
                        .toList());
        assertEquals(
                Optional.of(Value.of(2.1)), store.latest(LEVEL).orElseThrow().value());
    }

    @Test
    void seesASlowDriftBecauseItComparesWithWhatWasPublished() {
        store.setDevices(owner, "sim", List.of(device(point(LEVEL).deadband(Deadband.absolute(1)))));
        for (double level = 0; level < 3; level += 0.5) {
            says(LEVEL, level);
        }

        assertEquals(
                Optional.of(Value.of(1.5)), store.latest(LEVEL).orElseThrow().value());
    }

    @Test
    void marksAPointStaleOfWhichNothingWasHeard() {
        shows(LEVEL);
        says(LEVEL, 1.0);
        time.advance(THREE_SECONDS);

        store.markStale(owner, List.of(LEVEL), THREE_SECONDS);

        assertEquals(
                Reading.of(LEVEL, Value.of(1.0), STALE),
                store.latest(LEVEL).orElseThrow().reading());
    }

    @Test
    void countsASampleWithinTheDeadBandAsFresh() {
        store.setDevices(owner, "sim", List.of(device(point(LEVEL).deadband(Deadband.absolute(1)))));
        says(LEVEL, 1.0);
        time.advance(Duration.ofSeconds(2));
        says(LEVEL, 1.0);
        time.advance(Duration.ofSeconds(2));

        store.markStale(owner, List.of(LEVEL), THREE_SECONDS);

        assertEquals(Quality.GOOD, store.latest(LEVEL).orElseThrow().quality());
    }

    @Test
    void leavesABadPointBadHoweverOldItIs() {
        shows(LEVEL);
        time.advance(Duration.ofDays(1));

        store.markStale(owner, List.of(LEVEL), THREE_SECONDS);

        assertEquals(
                Quality.bad(Code.WAITING), store.latest(LEVEL).orElseThrow().quality());
    }

    @Test
    void isGoodAgainWithTheNextSampleAfterItWasStale() {
        store.setDevices(owner, "sim", List.of(device(point(LEVEL).deadband(Deadband.absolute(1)))));
        says(LEVEL, 1.0);
        time.advance(THREE_SECONDS);
        store.markStale(owner, List.of(LEVEL), THREE_SECONDS);

        says(LEVEL, 1.0);

        assertEquals(Quality.GOOD, store.latest(LEVEL).orElseThrow().quality());
    }

    @Test
    void dropsWhatSomebodyElseSaysOfAPoint() {
        shows(LEVEL);
        List<PointId> unknown = new ArrayList<>();

        store.publish(
                new Object(), List.of(Reading.good(LEVEL, Value.of(1.0))), true, (point, flaw) -> unknown.add(point));

        assertEquals(List.of(LEVEL), unknown);
        assertEquals(1, store.latest(LEVEL).orElseThrow().sequence());
    }

    @Test
    void tellsObserversOfAVanishedPointOnceMoreAndThenKnowsItNoLonger() {
        shows(LEVEL, VALVE);
        says(LEVEL, 1.0);
        Recorder recorder = observe(OptionalLong.empty());

        shows(VALVE);

        Sample last = recorder.samples(LEVEL).get(1);
        assertEquals(Reading.of(LEVEL, Value.of(1.0), DISCONNECTED), last.reading());
        assertEquals(Optional.empty(), store.latest(LEVEL));
        assertEquals(Optional.empty(), store.info(LEVEL));
        assertTrue(store.latest(VALVE).isPresent());
    }

    @Test
    void keepsThePointsOfAnOwnerThatHasGoneForItsSuccessor() {
        shows(LEVEL);
        says(LEVEL, 1.0);
        store.orphan(owner);
        assertEquals(DISCONNECTED, store.latest(LEVEL).orElseThrow().quality());
        Object successor = new Object();

        store.setDevices(successor, "sim", List.of(device(point(LEVEL))));

        assertEquals(
                Reading.of(LEVEL, Value.of(1.0), DISCONNECTED),
                store.latest(LEVEL).orElseThrow().reading());
        store.publish(successor, List.of(Reading.good(LEVEL, Value.of(2.0))), false, (point, flaw) -> {});
        assertEquals(Quality.GOOD, store.latest(LEVEL).orElseThrow().quality());
    }

    @Test
    void forgetsThePointsOfAnOwnerThatHasGoneWhenTheirTimeIsUp() {
        shows(LEVEL);
        store.orphan(owner);

        time.advance(Duration.ofSeconds(29));
        store.forgetOrphans("sim", Duration.ofSeconds(30));
        assertTrue(store.latest(LEVEL).isPresent());

        time.advance(Duration.ofSeconds(1));
        store.forgetOrphans("sim", Duration.ofSeconds(30));
        assertEquals(Optional.empty(), store.latest(LEVEL));
        assertEquals(List.of(), store.devices());
    }

    @Test
    void waitsAnewWhenAPointChangesItsType() {
        shows(LEVEL);
        says(LEVEL, 1.0);

        store.setDevices(
                owner,
                "sim",
                List.of(device(PointInfo.builder(LEVEL, ValueType.TEXT).build())));

        assertEquals(
                Reading.bad(LEVEL, Code.WAITING),
                store.latest(LEVEL).orElseThrow().reading());
    }

    @Test
    void givesTheLastSamplesByTheirNumbers() {
        shows(LEVEL, VALVE);
        says(LEVEL, 1.0);
        says(VALVE, 2.0);
        says(LEVEL, 3.0);

        assertEquals(List.of(4L, 5L), numbers(store.latest(List.of(PointFilter.ALL), 0)));
        assertEquals(List.of(5L), numbers(store.latest(List.of(PointFilter.ALL), 4)));
        assertEquals(List.of(4L), numbers(store.latest(List.of(PointFilter.of(VALVE)), 0)));
    }

    @Test
    void beginsAnObservationWithASnapshot() {
        shows(LEVEL, VALVE);
        says(LEVEL, 1.0);

        Recorder recorder = observe(OptionalLong.empty());

        assertTrue(recorder.batches.get(0).snapshot());
        assertEquals(List.of(2L, 3L), recorder.numbers());
    }

    @Test
    void goesOnWhereTheObserverLeftOffIfTheRingReachesBack() {
        shows(LEVEL);
        says(LEVEL, 1.0);
        says(LEVEL, 2.0);

        Recorder recorder = observe(OptionalLong.of(1));

        assertFalse(recorder.batches.get(0).snapshot());
        assertEquals(List.of(2L, 3L), recorder.numbers());
    }

    @Test
    void beginsWithASnapshotIfTheRingDoesNotReachBack() {
        shows(LEVEL);
        for (int i = 0; i < 200; i++) {
            says(LEVEL, i);
        }

        Recorder recorder = observe(OptionalLong.of(1));

        assertTrue(recorder.batches.get(0).snapshot());
        assertEquals(List.of(201L), recorder.numbers());
    }

    @Test
    void tellsAnObserverOfPointsThatComeLater() {
        Recorder recorder = observe(OptionalLong.empty());

        shows(LEVEL);
        says(LEVEL, 1.0);

        assertEquals(List.of(1L, 2L), recorder.numbers());
    }

    @Test
    void tellsNothingAfterTheObservationHasEnded() {
        shows(LEVEL);
        Recorder recorder = new Recorder();
        ObserverQueue queue = queue(recorder);
        store.observe(queue, OptionalLong.empty());

        store.remove(queue);
        says(LEVEL, 1.0);

        assertEquals(List.of(1L), recorder.numbers());
    }

    @Test
    void takesAHundredThousandSamples() {
        shows(LEVEL, VALVE);
        Recorder recorder = observe(OptionalLong.empty());

        for (int i = 0; i < 1000; i++) {
            List<Reading> batch = new ArrayList<>();
            for (int j = 0; j < 100; j++) {
                batch.add(Reading.good(j % 2 == 0 ? LEVEL : VALVE, Value.of((double) i)));
            }
            store.publish(owner, batch, false, (point, flaw) -> {});
        }

        assertEquals(100_002, recorder.numbers().size());
    }

    private Recorder observe(OptionalLong since) {
        Recorder recorder = new Recorder();
        store.observe(queue(recorder), since);
        return recorder;
    }

    private static ObserverQueue queue(Recorder recorder) {
        return new ObserverQueue(List.of(PointFilter.ALL), new EveryBacklog(1000), Runnable::run, "test", recorder);
    }

    private void shows(PointId... points) {
        DeviceInfo.Builder device = DeviceInfo.builder(DeviceId.of("sim/tank"));
        for (PointId point : points) {
            device.point(point(point).build());
        }
        store.setDevices(owner, "sim", List.of(device.build()));
    }

    private void says(PointId point, double value) {
        publish(Reading.good(point, Value.of(value)));
    }

    private void publish(Reading reading) {
        store.publish(owner, List.of(reading), false, (point, flaw) -> {});
    }

    private static PointInfo.Builder point(PointId id) {
        return PointInfo.builder(id, ValueType.DECIMAL);
    }

    private static DeviceInfo device(PointInfo.Builder point) {
        return device(point.build());
    }

    private static DeviceInfo device(PointInfo point) {
        return DeviceInfo.builder(point.id().device()).point(point).build();
    }

    private static List<Long> numbers(List<Sample> samples) {
        return samples.stream().map(Sample::sequence).toList();
    }
}
