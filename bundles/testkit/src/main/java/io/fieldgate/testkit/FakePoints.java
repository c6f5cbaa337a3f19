package io.fieldgate.testkit;

import io.fieldgate.api.data.DeviceId;
import io.fieldgate.api.data.DeviceInfo;
import io.fieldgate.api.data.PointFilter;
import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.Quality;
import io.fieldgate.api.data.Reading;
import io.fieldgate.api.data.Sample;
import io.fieldgate.api.data.SampleBatch;
import io.fieldgate.api.data.User;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.data.ValueType;
import io.fieldgate.api.gateway.DriverInfo;
import io.fieldgate.api.gateway.Observation;
import io.fieldgate.api.gateway.PointException;
import io.fieldgate.api.gateway.PointException.Reason;
import io.fieldgate.api.gateway.Points;
import io.fieldgate.api.gateway.Write;
import io.fieldgate.api.handler.PointObserver;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;

/**
 * Points without hardware: the test says which there are and what they say.
 *
 * <p>What {@link #update} brings is there at once, and observers get it at once, or when the test says {@link #deliver} if
 * {@link #holdSamples} was called. How {@link #refresh} and {@link #write} are answered is up to {@link #answers}. A point
 * that {@link #update} brings and no device has is added with the type of its value. A write is checked as the gateway does, but
 * nothing comes of a hold: {@link FakeAnswers#asked} says how a point was written.
 *
 * <p><b>Threading.</b> Safe for use by many threads. Observers are called one at a time, on the thread that brings a sample.
 */
public final class FakePoints implements Points {

    /** What the samples' clock starts from; each sample is one second younger than the one before. */
    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private static final int RING_SAMPLES = 1000;

    // All guarded by this.
    private final Map<DeviceId, DeviceInfo> devices = new TreeMap<>();
    private final Map<PointId, PointInfo> infos = new TreeMap<>();
    private final Map<PointId, Sample> latest = new TreeMap<>();
    private final Deque<Sample> ring = new ArrayDeque<>();
    private final List<FakeObservation> observations = new ArrayList<>();
    private final FakeAnswers answers = new FakeAnswers();
    private List<DriverInfo> drivers = List.of();
    private String epoch = "5f1c9a2e-8b3d-4c70-9e15-6a2f0d4b7c81";
    private boolean holdingSamples;
    private int ringSize = RING_SAMPLES;
    private long sequence;

    /** Makes points of which there are none yet. */
    public FakePoints() {}

    /**
     * Adds a device, or replaces it. Its new points are BAD ({@code waiting}).
     *
     * @param device the device with its points
     * @return this
     */
    public synchronized FakePoints device(DeviceInfo device) {
        infos.keySet().removeIf(point -> point.device().equals(device.id()));
        device.points().forEach(info -> infos.put(info.id(), info));
        latest.keySet().removeIf(point -> point.device().equals(device.id()) && !infos.containsKey(point));
        devices.put(device.id(), device);
        List<Reading> fresh = device.points().stream()
                .map(PointInfo::id)
                .filter(point -> !latest.containsKey(point))
                .map(point -> Reading.bad(point, Quality.Code.WAITING))
                .toList();
        bring(fresh);
        return this;
    }

    /**
     * Takes a device away, with its points.
     *
     * @param device the device
     * @return this
     */
    public synchronized FakePoints remove(DeviceId device) {
        devices.remove(device);
        infos.keySet().removeIf(point -> point.device().equals(device));
        latest.keySet().removeIf(point -> point.device().equals(device));
        return this;
    }

    /**
     * Sets the drivers that {@link #drivers()} lists.
     *
     * @param infos the drivers
     * @return this
     */
    public synchronized FakePoints drivers(List<DriverInfo> infos) {
        drivers = List.copyOf(infos);
        return this;
    }

    /**
     * Brings a good value.
     *
     * @param point the point, {@code driver/device/point}
     * @param value its value
     * @return the sample
     */
    public Sample update(String point, Value value) {
        return update(Reading.good(PointId.of(point), value));
    }

    /**
     * Brings a reading.
     *
     * @param reading what a driver says
     * @return the sample
     */
    public Sample update(Reading reading) {
        return updateAll(List.of(reading)).get(0);
    }

    /**
     * Brings several readings; an observer gets them in one batch.
     *
     * @param readings what a driver says
     * @return the samples in the same order
     */
    public synchronized List<Sample> updateAll(List<Reading> readings) {
        readings.forEach(this::makeRoom);
        return bring(readings);
    }

    private void makeRoom(Reading reading) {
        PointId point = reading.point();
        if (!infos.containsKey(point)) {
            PointInfo info = PointInfo.builder(
                            point, reading.value().map(Value::type).orElse(ValueType.DECIMAL))
                    .build();
            DeviceInfo.Builder device = DeviceInfo.builder(point.device());
            Optional.ofNullable(devices.get(point.device())).ifPresent(known -> {
                device.description(known.description());
                known.points().forEach(device::point);
            });
            devices.put(point.device(), device.point(info).build());
            infos.put(point, info);
        }
    }

    private List<Sample> bring(List<Reading> readings) {
        List<Sample> samples = new ArrayList<>();
        for (Reading reading : readings) {
            sequence++;
            Sample sample = new Sample(reading, START.plusSeconds(sequence), sequence);
            latest.put(sample.point(), sample);
            ring.add(sample);
            samples.add(sample);
        }
        while (ring.size() > ringSize) {
            ring.remove();
        }
        for (FakeObservation observation : List.copyOf(observations)) {
            observation.add(chosen(observation.filters(), samples, 0), holdingSamples);
        }
        return samples;
    }

    /**
     * Keeps so many recent samples for observers that resume.
     *
     * @param samples the number, 0 or more; 1,000 unless set
     */
    public synchronized void keep(int samples) {
        ringSize = samples;
        while (ring.size() > ringSize) {
            ring.remove();
        }
    }

    /**
     * Goes on counting from a later number, as if the gateway had run for long; the samples before are not kept.
     *
     * @param next the sequence number of the next sample
     */
    public synchronized void countFrom(long next) {
        sequence = next - 1;
        ring.clear();
    }

    /**
     * The gateway has been started anew: sequence numbers of before mean nothing.
     *
     * @param name names the new run
     */
    public synchronized void restart(String name) {
        epoch = Objects.requireNonNull(name, "name");
    }

    /** Observers get nothing from now on before {@link #deliver}. */
    public synchronized void holdSamples() {
        holdingSamples = true;
    }

    /** Brings the observers what was held back, each in the way of its mode. */
    public synchronized void deliver() {
        List.copyOf(observations).forEach(FakeObservation::deliver);
    }

    /**
     * Tells the observers that they have missed something, and gives them a snapshot.
     *
     * @param missed how many samples they did not get, 1 or more
     */
    public synchronized void overflow(long missed) {
        for (FakeObservation observation : List.copyOf(observations)) {
            observation.overflow(new SampleBatch(latest(observation.filters(), 0), missed, true));
        }
    }

    /**
     * How many observers there are.
     *
     * @return the number of observations that were begun and not closed
     */
    public synchronized int observers() {
        return observations.size();
    }

    /**
     * What observers have thrown. The gateway logs it and goes on, and so does this.
     *
     * @return a snapshot, oldest observation first
     */
    public synchronized List<RuntimeException> observerFailures() {
        return observations.stream().flatMap(each -> each.failures().stream()).toList();
    }

    /**
     * What decides how {@link #refresh} and {@link #write} are answered, and what was asked.
     *
     * @return the answers
     */
    public FakeAnswers answers() {
        return answers;
    }

    private static List<Sample> chosen(List<PointFilter> filters, Collection<Sample> samples, long after) {
        return samples.stream()
                .filter(sample -> sample.sequence() > after)
                .filter(sample -> filters.stream().anyMatch(filter -> filter.matches(sample.point())))
                .sorted(Comparator.comparingLong(Sample::sequence))
                .toList();
    }

    @Override
    public synchronized String epoch() {
        return epoch;
    }

    @Override
    public synchronized List<DeviceInfo> devices() {
        return List.copyOf(devices.values());
    }

    @Override
    public synchronized List<DriverInfo> drivers() {
        return drivers;
    }

    @Override
    public synchronized Optional<PointInfo> info(PointId point) {
        return Optional.ofNullable(infos.get(point));
    }

    @Override
    public synchronized Optional<Sample> latest(PointId point) {
        return Optional.ofNullable(latest.get(point));
    }

    @Override
    public synchronized List<Sample> latest(List<PointFilter> filters, long after) {
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
        FakeObservation observation = new FakeObservation(List.copyOf(filters), mode, observer, this::forget);
        observations.add(observation);
        Optional<List<Sample>> continued = since.isPresent() ? since(filters, since.getAsLong()) : Optional.empty();
        observation.call(continued
                .map(samples -> new SampleBatch(samples, 0, false))
                .orElseGet(() -> new SampleBatch(latest(filters, 0), 0, true)));
        return observation;
    }

    private synchronized void forget(FakeObservation observation) {
        observations.remove(observation);
    }

    @Override
    public CompletionStage<Sample> refresh(PointId point) {
        return answers.ask(FakeAnswers.Asked.read(point), () -> {
            PointInfo info = known(point);
            if (!info.access().readable()) {
                throw new PointException(Reason.WRITE_ONLY, point + " cannot be read");
            }
            return update(latest(point).orElseThrow().reading());
        });
    }

    @Override
    public CompletionStage<Sample> write(PointId point, Value value, Write how) {
        return answers.ask(
                FakeAnswers.Asked.write(point, value, how),
                () -> update(Reading.good(point, checked(point, value, how))));
    }

    private PointInfo known(PointId point) throws PointException {
        return info(point)
                .orElseThrow(() -> new PointException(Reason.UNKNOWN_POINT, "no device has the point " + point));
    }

    private Value checked(PointId point, Value value, Write how) throws PointException {
        PointInfo info = known(point);
        User user = how.user().orElse(null);
        if (user != null && !user.role().includes(info.role())) {
            throw new PointException(
                    Reason.FORBIDDEN,
                    "writing " + point + " needs the role " + info.role().id() + ", " + user.name() + " is "
                            + user.role().id());
        }
        if (!info.access().writable()) {
            throw new PointException(Reason.READ_ONLY, point + " cannot be written");
        }
        Value fitting = value instanceof Value.IntegerValue whole && info.type() == ValueType.DECIMAL
                ? Value.of((double) whole.value())
                : value;
        if (fitting.type() != info.type()) {
            throw new PointException(
                    Reason.WRONG_TYPE,
                    point + " takes " + info.type().id() + ", not "
                            + value.type().id());
        }
        if (!PointValues.within(info, fitting)) {
            throw new PointException(
                    Reason.OUT_OF_RANGE,
                    point + " takes " + info.range().map(Object::toString).orElse("finite numbers") + ", got " + value);
        }
        if (!info.allowed().isEmpty() && !info.allowed().contains(fitting)) {
            throw new PointException(Reason.OUT_OF_RANGE, point + " takes " + info.allowed() + ", got " + value);
        }
        if (how.isHeld() && how.safe().or(info::safe).isEmpty()) {
            throw new PointException(
                    Reason.NO_SAFE_VALUE,
                    point + " has no safe value, so a write can be held only with a safe value of its own");
        }
        return fitting;
    }
}
