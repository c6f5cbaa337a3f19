package io.fieldgate.api.data;

import java.util.List;

/** Samples that reach an observer together. */
public final class SampleBatch {

    private final List<Sample> samples;
    private final long missed;
    private final boolean snapshot;

    /**
     * Makes a batch.
     *
     * @param samples the samples, sequence ascending
     * @param missed how many samples the observer did not get, 0 or more
     * @param snapshot true if the samples are the last of every point that is observed
     */
    public SampleBatch(List<Sample> samples, long missed, boolean snapshot) {
        if (missed < 0) {
            throw new IllegalArgumentException("missed must not be negative, is " + missed);
        }
        this.samples = List.copyOf(samples);
        this.missed = missed;
        this.snapshot = snapshot;
    }

    /**
     * The samples.
     *
     * @return the samples, sequence ascending; maybe none
     */
    public List<Sample> samples() {
        return samples;
    }

    /**
     * How many samples were lost to this observer since the batch before, because it did not keep up.
     *
     * @return 0 if none; if there are some this batch is a snapshot
     */
    public long missed() {
        return missed;
    }

    /**
     * Tells whether this is the last sample of every point that is observed, rather than what is new. When an observer has
     * missed samples, those that it has already are left out of the snapshot: sequence numbers ascend from batch to batch.
     *
     * @return true for a snapshot
     */
    public boolean snapshot() {
        return snapshot;
    }

    @Override
    public String toString() {
        return samples.size() + " samples" + (snapshot ? ", a snapshot" : "")
                + (missed > 0 ? ", missed " + missed : "");
    }
}
