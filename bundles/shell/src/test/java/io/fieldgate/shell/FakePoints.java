package io.fieldgate.shell;

import io.fieldgate.api.data.DeviceInfo;
import io.fieldgate.api.data.PointFilter;
import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.Sample;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.gateway.DriverInfo;
import io.fieldgate.api.gateway.Observation;
import io.fieldgate.api.gateway.PointException;
import io.fieldgate.api.gateway.Points;
import io.fieldgate.api.gateway.Write;
import io.fieldgate.api.handler.PointObserver;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Points that say what a test has put in. */
final class FakePoints implements Points {

    private record Driver(String id, String bundle, State state, String detail, int points) implements DriverInfo {}

    /** What is new by its sequence number; a test sets it to say that the ring does not reach back. */
    boolean forgetful;

    /** What was written, in order. */
    final List<String> written = new ArrayList<>();

    /** By whom, in order. */
    final List<String> writers = new ArrayList<>();

    private final Map<PointId, PointInfo> infos = new HashMap<>();
    private final Map<PointId, Sample> samples = new LinkedHashMap<>();
    private final List<Sample> history = new ArrayList<>();
    private final Map<PointId, CompletionStage<Sample>> answers = new HashMap<>();
    private final List<DriverInfo> drivers = new ArrayList<>();
    private final List<DeviceInfo> devices = new ArrayList<>();

    FakePoints with(PointInfo info, Sample sample) {
        infos.put(info.id(), info);
        samples.put(info.id(), sample);
        history.add(sample);
        return this;
    }

    FakePoints with(String id, DriverInfo.State state, String detail) {
        drivers.add(new Driver(id, "io.fieldgate.driver." + id + " 1.0.0", state, detail, 6));
        return this;
    }

    FakePoints with(DeviceInfo device) {
        devices.add(device);
        return this;
    }

    /** What the hardware answers when a point is read or written. */
    FakePoints answering(PointId point, CompletionStage<Sample> answer) {
        answers.put(point, answer);
        return this;
    }

    FakePoints refusing(PointId point, PointException.Reason reason, String message) {
        return answering(point, CompletableFuture.failedFuture(new PointException(reason, message)));
    }

    @Override
    public String epoch() {
        return "test";
    }

    @Override
    public List<DeviceInfo> devices() {
        return List.copyOf(devices);
    }

    @Override
    public List<DriverInfo> drivers() {
        return List.copyOf(drivers);
    }

    @Override
    public Optional<PointInfo> info(PointId point) {
        return Optional.ofNullable(infos.get(point));
    }

    @Override
    public Optional<Sample> latest(PointId point) {
        return Optional.ofNullable(samples.get(point));
    }

    @Override
    public List<Sample> latest(List<PointFilter> filters, long after) {
        return chosen(samples.values().stream().toList(), filters, after);
    }

    @Override
    public Optional<List<Sample>> since(List<PointFilter> filters, long after) {
        return forgetful ? Optional.empty() : Optional.of(chosen(history, filters, after));
    }

    private static List<Sample> chosen(List<Sample> all, List<PointFilter> filters, long after) {
        return all.stream()
                .filter(sample -> sample.sequence() > after)
                .filter(sample -> filters.stream().anyMatch(filter -> filter.matches(sample.point())))
                .toList();
    }

    @Override
    public Observation observe(List<PointFilter> filters, Mode mode, OptionalLong since, PointObserver observer) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Sample> refresh(PointId point) {
        return answers.get(point);
    }

    @Override
    public CompletionStage<Sample> write(PointId point, Value value, Write how) {
        writers.add(how.toString());
        written.add(point + "=" + value.type().id() + ' ' + value);
        return answers.get(point);
    }
}
