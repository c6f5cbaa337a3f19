package io.fieldgate.core;

import io.fieldgate.api.data.Sample;
import io.fieldgate.api.data.SampleBatch;
import java.util.List;

/** What waits for an observer. Samples come in order of their numbers and leave in that order. Not thread-safe. */
interface Backlog {

    /**
     * Puts in what the observer gets first; called once, before any {@link #add}.
     *
     * @param first the samples, maybe none
     * @param isSnapshot true if they are a snapshot, which is delivered even if there is nothing in it
     */
    void begin(List<Sample> first, boolean isSnapshot);

    /** Puts in a sample that is newer than all before. */
    void add(Sample sample);

    /** Tells whether there is nothing to deliver. */
    boolean isEmpty();

    /** Takes out all that waits. */
    SampleBatch take();
}
