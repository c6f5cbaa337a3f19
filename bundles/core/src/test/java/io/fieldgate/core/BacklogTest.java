package io.fieldgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.Reading;
import io.fieldgate.api.data.Sample;
import io.fieldgate.api.data.SampleBatch;
import io.fieldgate.api.data.Value;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class BacklogTest {

    private static final PointId A = PointId.of("sim/tank/a");
    private static final PointId B = PointId.of("sim/tank/b");

    private final Backlog latest = new LatestBacklog();
    private final Backlog every = new EveryBacklog(3);

    @Test
    void latestKeepsTheNewestOfEachPointInOrderOfTheirNumbers() {
        latest.add(sample(A, 1));
        latest.add(sample(B, 2));
        latest.add(sample(A, 3));

        assertEquals(List.of(2L, 3L), numbers(latest.take()));
        assertTrue(latest.isEmpty());
    }

    @Test
    void everyKeepsAllInOrder() {
        every.add(sample(A, 1));
        every.add(sample(B, 2));
        every.add(sample(A, 3));

        SampleBatch batch = every.take();

        assertEquals(List.of(1L, 2L, 3L), numbers(batch));
        assertEquals(0, batch.missed());
        assertFalse(batch.snapshot());
    }

    @Test
    void everyTellsHowManyItMissedAndGivesASnapshotWhenItOverflows() {
        for (int number = 1; number <= 5; number++) {
            every.add(sample(number == 2 ? B : A, number));
        }

        SampleBatch batch = every.take();

        assertEquals(List.of(2L, 5L), numbers(batch));
        assertEquals(3, batch.missed());
        assertTrue(batch.snapshot());
    }

    @Test
    void everyGoesOnAfterAnOverflow() {
        for (int number = 1; number <= 9; number++) {
            every.add(sample(A, number));
        }
        every.take();

        every.add(sample(A, 10));
        every.add(sample(A, 11));

        assertEquals(List.of(10L, 11L), numbers(every.take()));
    }

    @Test
    void everyMissesNothingWhenMorePointsThanItsBoundEachSpeakOnce() {
        for (int number = 1; number <= 9; number++) {
            every.add(sample(PointId.of("sim/tank/p" + number), number));
        }

        SampleBatch batch = every.take();

        assertEquals(9, batch.samples().size());
        assertEquals(0, batch.missed());
    }

    @Test
    void deliversASnapshotInWhichThereIsNothing() {
        latest.begin(List.of(), true);
        every.begin(List.of(), true);

        assertFalse(latest.isEmpty());
        assertFalse(every.isEmpty());
        assertTrue(latest.take().snapshot());
        assertTrue(every.take().snapshot());
        assertTrue(latest.isEmpty());
        assertTrue(every.isEmpty());
    }

    private static List<Long> numbers(SampleBatch batch) {
        return batch.samples().stream().map(Sample::sequence).toList();
    }

    private static Sample sample(PointId point, long number) {
        return new Sample(Reading.good(point, Value.of(number)), Instant.EPOCH, number);
    }
}
