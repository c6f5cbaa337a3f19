package io.fieldgate.core;

import static org.awaitility.Awaitility.await;

import io.fieldgate.api.data.PointFilter;
import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.Quality;
import io.fieldgate.api.data.Sample;
import io.fieldgate.api.data.ValueType;
import io.fieldgate.api.driver.Driver;
import io.fieldgate.api.gateway.DriverInfo;
import io.fieldgate.api.gateway.PointException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.osgi.framework.ServiceReference;

/** The whole points half without a framework, with time at the test's hand. Lanes and observers have real threads. */
final class PointRig implements AutoCloseable {

    static final List<PointFilter> ALL = List.of(PointFilter.ALL);
    static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration LIMIT = Duration.ofSeconds(10);

    final ManualTime time = new ManualTime();
    final Map<ServiceReference<Driver>, Driver> services = new ConcurrentHashMap<>();
    final SessionEnds sessions = new SessionEnds();
    final PointGateway gateway;
    final PointsService points;

    PointRig() {
        this(settings(Duration.ofSeconds(2)));
    }

    PointRig(PointSettings settings) {
        ServiceSource<Driver> source = new ServiceSource<>() {
            @Override
            public Driver get(ServiceReference<Driver> reference) {
                return services.get(reference);
            }

            @Override
            public void release(ServiceReference<Driver> reference) {
                services.remove(reference);
            }
        };
        gateway = new PointGateway(settings, source, time, time, () -> Duration.ZERO, sessions);
        points = new PointsService(gateway, "test");
    }

    static PointSettings settings(Duration stopWait) {
        return new PointSettings(
                1000,
                Duration.ofSeconds(10),
                4,
                100,
                4,
                stopWait,
                Duration.ofSeconds(5),
                Duration.ofSeconds(60),
                Duration.ofSeconds(30),
                Duration.ofSeconds(20));
    }

    static PointId id(String text) {
        return PointId.of(text);
    }

    /** A decimal point that is read every second. */
    static PointInfo polled(String point) {
        return PointInfo.builder(PointId.of(point), ValueType.DECIMAL)
                .pollPeriod(SECOND)
                .build();
    }

    /** A decimal point that is pushed. */
    static PointInfo pushed(String point) {
        return PointInfo.builder(PointId.of(point), ValueType.DECIMAL).build();
    }

    FakeReference<Driver> come(String id, int ranking, Driver driver) {
        FakeReference<Driver> reference = FakeReference.driver(id).ranked(ranking);
        services.put(reference, driver);
        gateway.bindDriver(reference);
        return reference;
    }

    /** A driver comes and has been asked for its devices. */
    FakeReference<Driver> up(String id, FakeDriver driver) {
        FakeReference<Driver> reference = come(id, 0, driver);
        until(() -> state(id) == DriverInfo.State.RUNNING
                && points.drivers().stream()
                                .filter(info -> info.id().equals(id))
                                .mapToInt(DriverInfo::points)
                                .sum()
                        == driver.devices.stream()
                                .mapToInt(device -> device.points().size())
                                .sum());
        return reference;
    }

    void go(FakeReference<Driver> reference) {
        gateway.unbindDriver(reference);
    }

    /** Waits, in real time, for something that other threads do; timer tasks that are due meanwhile run. */
    void until(Callable<Boolean> condition) {
        await().atMost(LIMIT)
                .pollInterval(Duration.ofMillis(2))
                .pollDelay(Duration.ZERO)
                .until(() -> {
                    time.advance(Duration.ZERO);
                    return condition.call();
                });
    }

    /** Waits for what is on the lane of a driver to be over. */
    void settle(String driver) {
        CountDownLatch over = new CountDownLatch(1);
        gateway.drivers()
                .serving(driver)
                .orElseThrow()
                .ask(service -> LaneCall.of("end of what is before", over::countDown));
        until(() -> over.getCount() == 0);
    }

    void untilQuality(String point, Quality quality) {
        until(() -> points.latest(id(point))
                .map(Sample::quality)
                .filter(quality::equals)
                .isPresent());
    }

    Quality quality(String point) {
        return points.latest(id(point)).orElseThrow().quality();
    }

    DriverInfo driver(String id) {
        return points.drivers().stream()
                .filter(info -> info.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    DriverInfo.State state(String id) {
        return driver(id).state();
    }

    static Sample sample(CompletionStage<Sample> stage) throws Exception {
        return stage.toCompletableFuture().get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    }

    static PointException failure(CompletionStage<Sample> stage) throws InterruptedException, TimeoutException {
        try {
            Sample sample = stage.toCompletableFuture().get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            throw new AssertionError("expected a failure, got " + sample);
        } catch (ExecutionException e) {
            return (PointException) e.getCause();
        }
    }

    @Override
    public void close() {
        points.close();
        gateway.close();
    }
}
