package io.fieldgate.core;

import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.Quality;
import io.fieldgate.api.data.Reading;
import io.fieldgate.api.data.Sample;
import java.util.ArrayList;
import java.util.List;

/** A point, what it said last and who wants to know. Guarded by the lock of {@link PointStore}. */
final class PointState {

    private final List<ObserverQueue> observers = new ArrayList<>();
    private PointInfo info;
    private Sample last;
    private long freshAt;

    PointState(PointInfo info, long now) {
        this.info = info;
        this.freshAt = now;
    }

    PointId id() {
        return info.id();
    }

    PointInfo info() {
        return info;
    }

    void describe(PointInfo changed) {
        info = changed;
    }

    /** The observers whose filters match: matched once when either comes, not per sample. */
    List<ObserverQueue> observers() {
        return observers;
    }

    Sample last() {
        return last;
    }

    void published(Sample sample) {
        last = sample;
    }

    void refreshed(long now) {
        freshAt = now;
    }

    long age(long now) {
        return now - freshAt;
    }

    boolean has(Quality quality) {
        return last.quality().equals(quality);
    }

    /** What the point said last, in another quality: the value that was known is kept. */
    Reading lastAs(Quality quality) {
        return last.reading().withQuality(quality);
    }
}
