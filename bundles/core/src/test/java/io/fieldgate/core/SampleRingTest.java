package io.fieldgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.Reading;
import io.fieldgate.api.data.Sample;
import io.fieldgate.api.data.Value;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SampleRingTest {

    private static final PointId LEVEL = PointId.of("sim/tank/level");
    private static final PointId VALVE = PointId.of("sim/tank/valve");

    private final SampleRing ring = new SampleRing(3);

    @Test
    void givesWhatCameAfterANumber() {
        add(LEVEL, LEVEL, LEVEL);

        assertEquals(Optional.of(List.of(2L, 3L)), since(1));
        assertEquals(Optional.of(List.of()), since(3));
    }

    @Test
    void doesNotReachFurtherBackThanItsCapacity() {
        add(LEVEL, LEVEL, LEVEL, LEVEL, LEVEL);

        assertEquals(Optional.of(List.of(3L, 4L, 5L)), since(2));
        assertEquals(Optional.empty(), since(1));
    }

    @Test
    void knowsNoNumberThatNeverWas() {
        add(LEVEL);

        assertEquals(Optional.empty(), since(2));
        assertEquals(Optional.empty(), since(-1));
    }

    @Test
    void givesTheWantedPointsOnly() {
        add(LEVEL, VALVE, LEVEL);

        assertEquals(
                List.of(2L),
                ring.since(0, VALVE::equals).orElseThrow().stream()
                        .map(Sample::sequence)
                        .toList());
    }

    @Test
    void isWholeWhileItIsEmpty() {
        assertEquals(Optional.of(List.of()), since(0));
    }

    @Test
    void refusesAGapInTheNumbers() {
        Sample third = sample(LEVEL, 3);

        assertThrows(IllegalArgumentException.class, () -> ring.add(third));
    }

    private void add(PointId... points) {
        for (PointId point : points) {
            ring.add(sample(point, ring.newest() + 1));
        }
    }

    private Optional<List<Long>> since(long after) {
        return ring.since(after, point -> true)
                .map(samples -> samples.stream().map(Sample::sequence).toList());
    }

    private static Sample sample(PointId point, long number) {
        return new Sample(Reading.good(point, Value.of(number)), Instant.EPOCH, number);
    }
}
