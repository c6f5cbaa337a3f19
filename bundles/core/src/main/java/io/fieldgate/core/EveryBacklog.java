package io.fieldgate.core;

import io.fieldgate.api.data.Sample;
import io.fieldgate.api.data.SampleBatch;
import java.util.ArrayList;
import java.util.List;

/**
 * Each sample, up to a bound. Beyond it only the newest of each point is kept until the observer takes them: as it has all that
 * came before, this is a snapshot in which nothing is told twice, and numbers go on ascending.
 */
final class EveryBacklog implements Backlog {

    private final int bound;
    private final LatestBacklog newest = new LatestBacklog();
    private List<Sample> samples = new ArrayList<>();
    private boolean overflown;
    private boolean snapshot;
    private long missed;

    /** @param bound how many samples may wait, 1 or more */
    EveryBacklog(int bound) {
        this.bound = bound;
    }

    @Override
    public void begin(List<Sample> first, boolean isSnapshot) {
        samples.addAll(first);
        snapshot = isSnapshot;
    }

    @Override
    public void add(Sample sample) {
        if (!overflown && samples.size() >= bound) {
            overflown = true;
            samples.forEach(this::keepNewest);
            samples = new ArrayList<>();
        }
        if (overflown) {
            keepNewest(sample);
        } else {
            samples.add(sample);
        }
    }

    private void keepNewest(Sample sample) {
        if (newest.replace(sample)) {
            missed++;
        }
    }

    @Override
    public boolean isEmpty() {
        return !overflown && samples.isEmpty() && !snapshot;
    }

    @Override
    public SampleBatch take() {
        SampleBatch batch = new SampleBatch(overflown ? newest.drain() : samples, missed, snapshot || missed > 0);
        samples = new ArrayList<>();
        overflown = false;
        snapshot = false;
        missed = 0;
        return batch;
    }
}
