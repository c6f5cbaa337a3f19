package io.fieldgate.core;

import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The newest samples, of which the oldest makes room. Their numbers follow each other without a gap. Not thread-safe. */
final class SampleRing {

    private final Sample[] samples;
    private long newest;

    /** @param capacity how many samples it holds, 1 or more */
    SampleRing(int capacity) {
        samples = new Sample[capacity];
    }

    /** @param sample one whose number is one above the last that was added, 1 for the first */
    void add(Sample sample) {
        if (sample.sequence() != newest + 1) {
            throw new IllegalArgumentException("after #" + newest + " comes no " + sample);
        }
        newest = sample.sequence();
        samples[slot(newest)] = sample;
    }

    /** The number of the newest sample, 0 if there was none yet. */
    long newest() {
        return newest;
    }

    /**
     * What came after a sample.
     *
     * @param after the sample's number
     * @param wanted the points
     * @return the samples in order; empty if some have made room already, or if there never was such a number
     */
    Optional<List<Sample>> since(long after, Predicate<PointId> wanted) {
        if (after < newest - samples.length || after < 0 || after > newest) {
            return Optional.empty();
        }
        List<Sample> found = new ArrayList<>();
        for (long number = after + 1; number <= newest; number++) {
            Sample sample = samples[slot(number)];
            if (wanted.test(sample.point())) {
                found.add(sample);
            }
        }
        return Optional.of(found);
    }

    private int slot(long number) {
        return (int) (number % samples.length);
    }
}
