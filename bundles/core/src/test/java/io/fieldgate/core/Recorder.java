package io.fieldgate.core;

import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.Sample;
import io.fieldgate.api.data.SampleBatch;
import io.fieldgate.api.handler.PointObserver;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what it observed. */
final class Recorder implements PointObserver {

    final List<SampleBatch> batches = new CopyOnWriteArrayList<>();

    @Override
    public void observed(SampleBatch batch) {
        batches.add(batch);
    }

    List<Sample> samples() {
        return batches.stream().flatMap(batch -> batch.samples().stream()).toList();
    }

    List<Sample> samples(PointId point) {
        return samples().stream().filter(sample -> sample.point().equals(point)).toList();
    }

    List<Long> numbers() {
        return samples().stream().map(Sample::sequence).toList();
    }

    long missed() {
        return batches.stream().mapToLong(SampleBatch::missed).sum();
    }
}
