package io.fieldgate.core;

import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.Sample;
import io.fieldgate.api.data.SampleBatch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Of each point the newest sample. Holds at most one sample per point. */
final class LatestBacklog implements Backlog {

    private final Map<PointId, Sample> newest = new LinkedHashMap<>();
    private boolean snapshot;

    @Override
    public void begin(List<Sample> first, boolean isSnapshot) {
        first.forEach(this::add);
        snapshot = isSnapshot;
    }

    @Override
    public void add(Sample sample) {
        replace(sample);
    }

    /** Adds a sample, and tells whether it has taken the place of another. */
    boolean replace(Sample sample) {
        // Removed first: a map keeps the place of a key that is put again, and the order must be that of the numbers.
        boolean replaced = newest.remove(sample.point()) != null;
        newest.put(sample.point(), sample);
        return replaced;
    }

    /** Takes out all samples, in order. */
    List<Sample> drain() {
        List<Sample> samples = new ArrayList<>(newest.values());
        newest.clear();
        return samples;
    }

    @Override
    public boolean isEmpty() {
        return newest.isEmpty() && !snapshot;
    }

    @Override
    public SampleBatch take() {
        SampleBatch batch = new SampleBatch(drain(), 0, snapshot);
        snapshot = false;
        return batch;
    }
}
