package io.fieldgate.core;

import static io.fieldgate.core.PointRig.failure;
import static io.fieldgate.core.PointRig.id;
import static io.fieldgate.core.PointRig.pushed;
import static io.fieldgate.core.PointRig.sample;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.api.data.PointFilter;
import io.fieldgate.api.data.Reading;
import io.fieldgate.api.data.Sample;
import io.fieldgate.api.data.SampleBatch;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.gateway.Observation;
import io.fieldgate.api.gateway.PointException.Reason;
import io.fieldgate.api.gateway.Points.Mode;
import io.fieldgate.api.handler.PointObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ObservationTest {

    private static final String LEVEL = "sim/tank/level";
    private static final String FLOW = "sim/tank/flow";

    private final PointRig rig = new PointRig();
    private final FakeDriver sim = FakeDriver.with(pushed(LEVEL), pushed(FLOW));
    private final Recorder recorder = new Recorder();
    private final CountDownLatch release = new CountDownLatch(1);

    /** An observer that is busy with its first batch until the latch is down. */
    private final PointObserver busy = batch -> {
        recorder.observed(batch);
        if (recorder.batches.size() == 1) {
            awaitUninterrupted(release);
        }
    };

    @BeforeEach
    void start() {
        rig.up("sim", sim);
    }

    @AfterEach
    void stop() {
        release.countDown();
        rig.close();
    }

    @Test
    void givesABusyObserverTheNewestOfEachPoint() {
        observe(Mode.LATEST, busy);
        rig.until(() -> recorder.batches.size() == 1);
        push(LEVEL, 1);
        push(FLOW, 2);
        push(LEVEL, 3);

        release.countDown();

        rig.until(() -> recorder.batches.size() == 2);
        SampleBatch batch = recorder.batches.get(1);
        assertEquals(
                List.of(Reading.good(id(FLOW), Value.of(2.0)), Reading.good(id(LEVEL), Value.of(3.0))),
                readings(batch));
        assertEquals(0, batch.missed());
    }

    @Test
    void givesABusyObserverEachSampleIfItWantsThem() {
        observe(Mode.EVERY, busy);
        rig.until(() -> recorder.batches.size() == 1);
        push(LEVEL, 1);
        push(LEVEL, 2);

        release.countDown();

        rig.until(() -> recorder.samples(id(LEVEL)).size() == 3);
        assertEquals(0, recorder.missed());
    }

    @Test
    void tellsAnObserverThatLagsHowManyItMissedAndGivesItASnapshot() {
        observe(Mode.EVERY, busy);
        rig.until(() -> recorder.batches.size() == 1);
        for (int i = 0; i < 500; i++) {
            push(LEVEL, i);
        }

        release.countDown();

        rig.until(() -> recorder.batches.size() == 2);
        SampleBatch batch = recorder.batches.get(1);
        assertTrue(batch.snapshot());
        assertEquals(499, batch.missed());
        assertEquals(List.of(Reading.good(id(LEVEL), Value.of(499.0))), readings(batch));
    }

    @Test
    void doesNotHoldUpTheOthersWhileOneBundlesObserversHang() {
        PointsService bad = new PointsService(rig.gateway, "bad");
        AtomicInteger hanging = new AtomicInteger();
        for (int i = 0; i < 10; i++) {
            bad.observe(PointRig.ALL, Mode.LATEST, OptionalLong.empty(), batch -> {
                hanging.incrementAndGet();
                awaitUninterrupted(release);
            });
        }
        rig.until(() -> hanging.get() == 2);

        observe(Mode.EVERY, recorder);
        for (int i = 0; i < 50; i++) {
            push(LEVEL, i);
            int expected = i + 2;
            rig.until(() -> recorder.samples(id(LEVEL)).size() == expected);
        }

        assertEquals(2, hanging.get());
        bad.close();
    }

    @Test
    void givesAnObserverThatThrowsTheNextBatchAllTheSame() {
        observe(Mode.EVERY, batch -> {
            recorder.observed(batch);
            throw new IllegalStateException("boom");
        });
        rig.until(() -> recorder.batches.size() == 1);

        push(LEVEL, 1);

        rig.until(() -> recorder.batches.size() == 2);
    }

    @Test
    void givesNothingAfterTheObservationIsClosed() {
        Observation observation = observe(Mode.EVERY, recorder);
        rig.until(() -> recorder.batches.size() == 1);

        observation.close();
        observation.close();
        push(LEVEL, 1);

        observe(Mode.EVERY, busy);
        rig.until(() -> recorder.batches.size() == 2);
        assertTrue(recorder.batches.get(1).snapshot());
    }

    @Test
    void choosesPointsByFilter() {
        rig.points.observe(
                List.of(PointFilter.of("sim/*/flow"), PointFilter.of("linux/**")),
                Mode.EVERY,
                OptionalLong.empty(),
                recorder);

        push(LEVEL, 1);
        push(FLOW, 2);

        rig.until(() -> recorder.samples(id(FLOW)).size() == 2);
        assertEquals(List.of(), recorder.samples(id(LEVEL)));
    }

    @Test
    void callsAnObserverFromOneThreadAtATime() {
        AtomicInteger inside = new AtomicInteger();
        List<Integer> seen = new ArrayList<>();
        observe(Mode.EVERY, batch -> {
            seen.add(inside.incrementAndGet());
            recorder.observed(batch);
            inside.decrementAndGet();
        });

        for (int i = 0; i < 1000; i++) {
            push(LEVEL, i);
        }

        rig.until(() -> recorder.samples(id(LEVEL)).size() + recorder.missed() == 1001);
        assertTrue(seen.stream().allMatch(count -> count == 1));
    }

    @Test
    void endsWhatABundleObservesWhenItGoes() {
        PointsService going = new PointsService(rig.gateway, "going");
        going.observe(PointRig.ALL, Mode.EVERY, OptionalLong.empty(), recorder);
        rig.until(() -> recorder.batches.size() == 1);

        going.close();
        push(LEVEL, 1);

        Recorder other = new Recorder();
        observe(Mode.EVERY, other);
        rig.until(() -> other.batches.size() == 1);
        assertEquals(1, recorder.batches.size());
        assertThrows(IllegalStateException.class, () -> going.refresh(id(LEVEL)));
    }

    @Test
    void failsTheStagesOfABundleThatGoes() throws Exception {
        PointsService going = new PointsService(rig.gateway, "going");
        sim.onRead = FakeDriver.hangs(release);
        CompletionStage<Sample> stage = going.refresh(id(LEVEL));
        rig.until(() -> sim.count("read") == 1);

        going.close();

        assertEquals(Reason.FAILED, failure(stage).reason());
    }

    @Test
    void completesStagesOnItsOwnThreadsAndNotOnTheLane() throws Exception {
        List<String> threads = new ArrayList<>();
        CountDownLatch asked = new CountDownLatch(1);
        sim.onRead = FakeDriver.hangs(asked);

        CompletionStage<Sample> stage = rig.points
                .refresh(id(LEVEL))
                .whenComplete(
                        (sample, failure) -> threads.add(Thread.currentThread().getName()));
        asked.countDown();

        sample(stage);
        assertTrue(threads.get(0).startsWith("fieldgate-observer-"), threads.get(0));
    }

    @Test
    void namesEachRunAnew() {
        try (PointRig other = new PointRig()) {
            assertNotEquals(rig.points.epoch(), other.points.epoch());
        }
    }

    private Observation observe(Mode mode, PointObserver observer) {
        return rig.points.observe(PointRig.ALL, mode, OptionalLong.empty(), observer);
    }

    private void push(String point, double value) {
        sim.context.publish(List.of(Reading.good(id(point), Value.of(value))));
    }

    private static List<Reading> readings(SampleBatch batch) {
        return batch.samples().stream().map(Sample::reading).toList();
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
