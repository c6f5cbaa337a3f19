package io.fieldgate.testkit;

import io.fieldgate.api.data.PointFilter;
import io.fieldgate.api.data.Sample;
import io.fieldgate.api.data.SampleBatch;
import io.fieldgate.api.gateway.Observation;
import io.fieldgate.api.gateway.Points.Mode;
import io.fieldgate.api.handler.PointObserver;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** One observer of {@link FakePoints}, whose lock guards all but {@link #close}. */
final class FakeObservation implements Observation {

    private final List<PointFilter> filters;
    private final Mode mode;
    private final PointObserver observer;
    private final Consumer<FakeObservation> end;
    private final List<Sample> waiting = new ArrayList<>();
    private final List<RuntimeException> failures = new ArrayList<>();
    private volatile boolean closed;

    FakeObservation(List<PointFilter> filters, Mode mode, PointObserver observer, Consumer<FakeObservation> end) {
        this.filters = filters;
        this.mode = mode;
        this.observer = observer;
        this.end = end;
    }

    List<PointFilter> filters() {
        return filters;
    }

    List<RuntimeException> failures() {
        return List.copyOf(failures);
    }

    void add(List<Sample> samples, boolean hold) {
        waiting.addAll(samples);
        if (!hold) {
            deliver();
        }
    }

    void deliver() {
        Map<Object, Sample> batch = new LinkedHashMap<>();
        for (Sample sample : waiting) {
            Object key = mode == Mode.EVERY ? sample.sequence() : sample.point();
            batch.remove(key); // so that the newest stands at the end, and numbers ascend
            batch.put(key, sample);
        }
        waiting.clear();
        if (!batch.isEmpty()) {
            call(new SampleBatch(List.copyOf(batch.values()), 0, false));
        }
    }

    void overflow(SampleBatch snapshot) {
        waiting.clear();
        call(snapshot);
    }

    void call(SampleBatch batch) {
        if (closed) {
            return;
        }
        try {
            observer.observed(batch);
        } catch (RuntimeException e) {
            failures.add(e);
        }
    }

    @Override
    public void close() {
        closed = true;
        end.accept(this);
    }
}
