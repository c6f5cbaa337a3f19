package io.fieldgate.handler.live;

import io.fieldgate.api.data.Access;
import io.fieldgate.api.data.DeviceId;
import io.fieldgate.api.data.DeviceInfo;
import io.fieldgate.api.data.PointFilter;
import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.Quality;
import io.fieldgate.api.data.Reading;
import io.fieldgate.api.data.Sample;
import io.fieldgate.api.data.SampleBatch;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.data.ValueType;
import io.fieldgate.api.gateway.DriverInfo;
import io.fieldgate.api.gateway.Observation;
import io.fieldgate.api.gateway.PointException;
import io.fieldgate.api.gateway.Points;
import io.fieldgate.api.handler.PointObserver;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** Points without hardware. Observers are called by the thread that brings a sample; a write can be made to wait. */
final class FakePoints implements Points {

    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    /** How many observations were begun and not closed. */
    final List<Watch> watches = new CopyOnWriteArrayList<>();

    /** Writes and readings that wait, if {@link #holding}. */
    final Deque<CompletableFuture<Sample>> held = new ArrayDeque<>();

    boolean holding;

    /** Whether observers get nothing before {@link #deliver}. */
    boolean delayed;

    int ringSize = 1000;
    int snapshots;
    PointException.Reason failing;

    private final Map<PointId, PointInfo> infos = new TreeMap<>();
    private final Map<DeviceId, String> descriptions = new TreeMap<>();
    private final Map<PointId, Sample> latest = new TreeMap<>();
    private final Deque<Sample> ring = new ArrayDeque<>();
    private long sequence;

    record Watch(List<PointFilter> filters, Mode mode, PointObserver observer, List<Sample> waiting) {}

    FakePoints device(String id, String description) {
        descriptions.put(DeviceId.of(id), description);
        return this;
    }

    FakePoints point(PointInfo.Builder builder) {
        PointInfo info = builder.build();
        infos.put(info.id(), info);
        return this;
    }

    Sample update(String point, Value value) {
        return update(Reading.good(PointId.of(point), value));
    }

    Sample update(Reading reading) {
        return updateAll(List.of(reading)).get(0);
    }

    /** Brings several samples in one batch. */
    synchronized List<Sample> updateAll(List<Reading> readings) {
        List<Sample> samples = new ArrayList<>();
        for (Reading reading : readings) {
            sequence++;
            Sample sample = new Sample(reading, START.plusSeconds(sequence), sequence);
            latest.put(sample.point(), sample);
            ring.add(sample);
            while (ring.size() > ringSize) {
                ring.remove();
            }
            samples.add(sample);
        }
        for (Watch watch : watches) {
            List<Sample> chosen = chosen(watch.filters(), samples, 0);
            if (delayed) {
                watch.waiting().addAll(chosen);
            } else if (!chosen.isEmpty()) {
                watch.observer().observed(new SampleBatch(chosen, 0, false));
            }
        }
        return samples;
    }

    /** Brings the observers what has been held back, in the way of their mode. */
    synchronized void deliver() {
        for (Watch watch : watches) {
            Map<Object, Sample> batch = new LinkedHashMap<>();
            for (Sample sample : watch.waiting()) {
                Object key = watch.mode() == Mode.EVERY ? sample.sequence() : sample.point();
                batch.remove(key);
                batch.put(key, sample);
            }
            watch.waiting().clear();
            if (!batch.isEmpty()) {
                watch.observer().observed(new SampleBatch(List.copyOf(batch.values()), 0, false));
            }
        }
    }

    /** Tells the observers that they have missed something. */
    synchronized void overflow(long missed) {
        for (Watch watch : watches) {
            watch.observer().observed(new SampleBatch(latest(watch.filters(), 0), missed, true));
        }
    }

    /** Goes on counting from a later number, as if the gateway had run for long. */
    void countFrom(long next) {
        sequence = next - 1;
    }

    private static List<Sample> chosen(List<PointFilter> filters, Iterable<Sample> samples, long after) {
        List<Sample> chosen = new ArrayList<>();
        for (Sample sample : samples) {
            if (sample.sequence() > after && filters.stream().anyMatch(filter -> filter.matches(sample.point()))) {
                chosen.add(sample);
            }
        }
        chosen.sort(Comparator.comparingLong(Sample::sequence));
        return chosen;
    }

    @Override
    public String epoch() {
        return "5f1c9a2e-8b3d-4c70-9e15-6a2f0d4b7c81";
    }

    @Override
    public List<DeviceInfo> devices() {
        return descriptions.entrySet().stream()
                .map(device -> {
                    DeviceInfo.Builder builder =
                            DeviceInfo.builder(device.getKey()).description(device.getValue());
                    infos.values().stream()
                            .filter(info -> info.id().device().equals(device.getKey()))
                            .forEach(builder::point);
                    return builder.build();
                })
                .toList();
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
    public synchronized Optional<Sample> latest(PointId point) {
        return Optional.ofNullable(latest.get(point));
    }

    @Override
    public synchronized List<Sample> latest(List<PointFilter> filters, long after) {
        snapshots++;
        return chosen(filters, latest.values(), after);
    }

    @Override
    public synchronized Optional<List<Sample>> since(List<PointFilter> filters, long after) {
        boolean reached = ring.isEmpty() ? after >= sequence : ring.peek().sequence() <= after + 1;
        return reached ? Optional.of(chosen(filters, ring, after)) : Optional.empty();
    }

    @Override
    public synchronized Observation observe(
            List<PointFilter> filters, Mode mode, OptionalLong since, PointObserver observer) {
        Watch watch = new Watch(filters, mode, observer, new ArrayList<>());
        watches.add(watch);
        observer.observed(new SampleBatch(latest(filters, 0), 0, true));
        return () -> watches.remove(watch);
    }

    @Override
    public CompletionStage<Sample> refresh(PointId point) {
        return finish(() -> update(Reading.of(
                point,
                latest.get(point).value().orElseThrow(),
                latest.get(point).quality())));
    }

    @Override
    public CompletionStage<Sample> write(PointId point, Value value) {
        PointInfo info = infos.get(point);
        double number = value instanceof Value.DecimalValue decimal ? decimal.value() : 0;
        if (info.range().isPresent() && !info.range().get().contains(number)) {
            return CompletableFuture.failedFuture(new PointException(
                    PointException.Reason.OUT_OF_RANGE,
                    point + " takes " + info.range().get() + ", got " + value));
        }
        return finish(() -> update(Reading.good(point, value)));
    }

    private CompletionStage<Sample> finish(Supplier<Sample> work) {
        if (failing != null) {
            return CompletableFuture.failedFuture(new PointException(failing, "the device did not answer in time"));
        }
        if (!holding) {
            return CompletableFuture.completedFuture(work.get());
        }
        CompletableFuture<Sample> stage = new CompletableFuture<>();
        held.add(stage);
        return stage;
    }

    /** A tank, a processor and one point of each kind: what the examples of docs/protocol.md are about. */
    static FakePoints tank() {
        FakePoints points = new FakePoints()
                .device("linux/cpu", "The processor")
                .point(PointInfo.builder(PointId.of("linux/cpu/load"), ValueType.DECIMAL)
                        .pollPeriod(Duration.ofSeconds(1))
                        .description("Load average of the last minute"))
                .device("sim/tank", "A simulated water tank")
                .point(PointInfo.builder(PointId.of("sim/tank/level"), ValueType.DECIMAL)
                        .unit("m")
                        .range(0, 2))
                .point(PointInfo.builder(PointId.of("sim/tank/setpoint"), ValueType.DECIMAL)
                        .unit("m")
                        .access(Access.READ_WRITE)
                        .range(0, 2))
                .point(PointInfo.builder(PointId.of("sim/tank/valve"), ValueType.BOOLEAN)
                        .access(Access.READ_WRITE));
        points.countFrom(8118);
        points.update("linux/cpu/load", Value.of(0.12));
        points.update(
                Reading.of(PointId.of("sim/tank/level"), Value.of(1.25), Quality.uncertain(Quality.Code.SIMULATED)));
        points.update("sim/tank/setpoint", Value.of(1.5));
        points.update("sim/tank/valve", Value.of(false));
        return points;
    }
}
