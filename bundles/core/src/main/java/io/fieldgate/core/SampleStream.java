package io.fieldgate.core;

import io.fieldgate.api.data.Reading;
import io.fieldgate.api.data.Sample;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Numbers readings, keeps the newest samples and hands each to the observers of its point. Guarded by the lock of {@link
 * PointStore}: as numbers are given and samples queued under one lock, every observer sees them in one order.
 */
final class SampleStream {

    private final SampleRing ring;
    private final Clock clock;
    private final Set<ObserverQueue> observers = new LinkedHashSet<>();
    private List<ObserverQueue> woken = new ArrayList<>();

    SampleStream(int ringSamples, Clock clock) {
        this.ring = new SampleRing(ringSamples);
        this.clock = clock;
    }

    SampleRing ring() {
        return ring;
    }

    /** Makes a sample of a reading. */
    Sample append(PointState point, Reading reading) {
        Sample sample = new Sample(reading, clock.instant(), ring.newest() + 1);
        ring.add(sample);
        point.published(sample);
        for (ObserverQueue observer : point.observers()) {
            if (observer.offer(sample)) {
                woken.add(observer);
            }
        }
        return sample;
    }

    /** Finds the observers of a point that is new. */
    void join(PointState point) {
        for (ObserverQueue observer : observers) {
            if (observer.wants(point.id())) {
                point.observers().add(observer);
            }
        }
    }

    void add(ObserverQueue observer, List<Sample> first, boolean snapshot) {
        observers.add(observer);
        if (observer.begin(first, snapshot)) {
            woken.add(observer);
        }
    }

    void remove(ObserverQueue observer) {
        observers.remove(observer);
    }

    /** Takes out the observers that are to be scheduled once the lock is left. */
    List<ObserverQueue> takeWoken() {
        if (woken.isEmpty()) {
            return List.of();
        }
        List<ObserverQueue> taken = woken;
        woken = new ArrayList<>();
        return taken;
    }
}
