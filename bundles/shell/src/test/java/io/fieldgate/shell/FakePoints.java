package io.fieldgate.shell;

import io.fieldgate.api.data.DeviceInfo;
import io.fieldgate.api.data.PointFilter;
import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.Sample;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.gateway.DriverInfo;
import io.fieldgate.api.gateway.Observation;
import io.fieldgate.api.gateway.Points;
import io.fieldgate.api.handler.PointObserver;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/** Points that say what a test has put in. */
final class FakePoints implements Points {

    private final Map<PointId, PointInfo> infos = new HashMap<>();
    private final List<Sample> samples = new ArrayList<>();

    FakePoints with(PointInfo info, Sample sample) {
        infos.put(info.id(), info);
        samples.add(sample);
        return this;
    }

    @Override
    public String epoch() {
        return "test";
    }

    @Override
    public List<DeviceInfo> devices() {
        return List.of();
    }

    @Override
    public List<DriverInfo> drivers() {
        return List.of();
    }

    @Override
    public Optional<PointInfo> info(PointId point) {
        return Optional.ofNullable(infos.get(point));
    }

    @Override
    public Optional<Sample> latest(PointId point) {
        return samples.stream().filter(sample -> sample.point().equals(point)).findFirst();
    }

    @Override
    public List<Sample> latest(List<PointFilter> filters, long after) {
        return samples.stream()
                .filter(sample -> filters.stream().anyMatch(filter -> filter.matches(sample.point())))
                .toList();
    }

    @Override
    public Optional<List<Sample>> since(List<PointFilter> filters, long after) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Observation observe(List<PointFilter> filters, Mode mode, OptionalLong since, PointObserver observer) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Sample> refresh(PointId point) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Sample> write(PointId point, Value value) {
        throw new UnsupportedOperationException();
    }
}
