package io.fieldgate.core;

import static io.fieldgate.core.PointRig.SECOND;
import static io.fieldgate.core.PointRig.failure;
import static io.fieldgate.core.PointRig.id;
import static io.fieldgate.core.PointRig.polled;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.api.data.Access;
import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.Quality;
import io.fieldgate.api.data.Quality.Code;
import io.fieldgate.api.data.Reading;
import io.fieldgate.api.data.Sample;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.data.ValueType;
import io.fieldgate.api.driver.Driver;
import io.fieldgate.api.gateway.PointException.Reason;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DriverGoesTest {

    private static final String LEVEL = "sim/tank/level";
    private static final Quality DISCONNECTED = Quality.bad(Code.DISCONNECTED);

    private final PointRig rig = new PointRig(PointRig.settings(Duration.ofMillis(300)));
    private final PointInfo level = PointInfo.builder(id(LEVEL), ValueType.DECIMAL)
            .access(Access.READ_WRITE)
            .build();
    private final FakeDriver sim = FakeDriver.with(level);
    private final CountDownLatch release = new CountDownLatch(1);

    @AfterEach
    void stop() {
        release.countDown();
        rig.close();
    }

    @Test
    void stopsADriverAfterTheCallInFlight() throws Exception {
        FakeReference<Driver> reference = rig.up("sim", sim);
        sim.onWrite = FakeDriver.hangs(release);
        CompletionStage<Sample> write = write();
        Thread unbind = new Thread(() -> rig.go(reference));
        unbind.start();
        rig.untilQuality(LEVEL, DISCONNECTED);
        assertEquals(0, sim.count("stop"));

        release.countDown();
        unbind.join();

        assertEquals(1, sim.count("stop"));
        assertEquals(Reason.DISCONNECTED, failure(write).reason());
    }

    @Test
    void throwsALateResultAwayAndDoesNotStopADriverThatHangsTooLong() throws Exception {
        FakeReference<Driver> reference = rig.up("sim", sim);
        AtomicReference<Thread> lane = new AtomicReference<>();
        sim.onWrite = () -> {
            lane.set(Thread.currentThread());
            FakeDriver.hangs(release).run();
        };
        CompletionStage<Sample> write = write();

        rig.go(reference);

        Sample last = rig.points.latest(id(LEVEL)).orElseThrow();
        assertEquals(DISCONNECTED, last.quality());
        assertEquals(Reason.DISCONNECTED, failure(write).reason());
        release.countDown();
        lane.get().join();
        assertEquals(last, rig.points.latest(id(LEVEL)).orElseThrow());
        assertEquals(0, sim.count("stop"));
    }

    @Test
    void interruptsACallThatHangsTooLong() throws Exception {
        FakeReference<Driver> reference = rig.up("sim", sim);
        CountDownLatch interrupted = new CountDownLatch(1);
        sim.onWrite = () -> {
            try {
                release.await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
        };
        write();

        rig.go(reference);

        interrupted.await();
    }

    @Test
    void failsWhatWaitsForADriverThatGoes() throws Exception {
        FakeReference<Driver> reference = rig.up("sim", sim);
        sim.onWrite = FakeDriver.hangs(release);
        write();
        CompletionStage<Sample> behind = rig.points.refresh(id(LEVEL));

        rig.go(reference);

        assertEquals(Reason.DISCONNECTED, failure(behind).reason());
    }

    @Test
    void doesNotWaitForItselfWhenADriverGoesFromWithinACall() throws Exception {
        FakeReference<Driver> reference = rig.up("sim", sim);
        AtomicBoolean stopped = new AtomicBoolean();
        sim.onWrite = () -> {
            rig.go(reference);
            stopped.set(sim.count("stop") > 0);
        };

        rig.points.write(id(LEVEL), Value.of(1.0));

        rig.until(() -> sim.count("stop") == 1);
        assertFalse(stopped.get());
    }

    @Test
    void doesNothingForADriverThatHasGone() {
        FakeReference<Driver> reference = rig.up("sim", sim);
        rig.go(reference);
        Sample last = rig.points.latest(id(LEVEL)).orElseThrow();

        sim.context.publish(List.of(Reading.good(id(LEVEL), Value.of(1.0))));
        sim.context.status(true, "");
        sim.context.devicesChanged();
        rig.time.advance(SECOND);

        assertEquals(last, rig.points.latest(id(LEVEL)).orElseThrow());
    }

    @Test
    void stopsNoDriverThatWasNeverStarted() {
        FakeDriver high = FakeDriver.with(polled(LEVEL));
        FakeReference<Driver> low = rig.come("sim", 0, sim);
        rig.until(() -> sim.count("start") == 1);
        FakeReference<Driver> top = rig.come("sim", 9, high);
        rig.until(() -> high.count("start") == 1);
        FakeDriver never = FakeDriver.with(polled(LEVEL));

        rig.go(rig.come("sim", 5, never));

        assertEquals(List.of(), never.calls);
        rig.go(low);
        rig.go(top);
    }

    @Test
    void stopsAllDriversTogetherWhenItGoesItself() {
        FakeDriver first = FakeDriver.with(polled("a/b/c"));
        FakeDriver second = FakeDriver.with(polled("d/e/f"));
        FakeDriver hung = FakeDriver.with(polled("h/u/ng"));
        hung.onStart = FakeDriver.hangs(release);
        rig.come("h", 0, hung);
        rig.up("a", first);
        rig.up("d", second);
        rig.until(() -> hung.count("start") == 1);

        long before = System.nanoTime();
        rig.gateway.close();

        assertTrue(Duration.ofNanos(System.nanoTime() - before).compareTo(Duration.ofSeconds(2)) < 0);
        assertEquals(1, first.count("stop"));
        assertEquals(1, second.count("stop"));
    }

    private CompletionStage<Sample> write() {
        CompletionStage<Sample> stage = rig.points.write(id(LEVEL), Value.of(1.0));
        rig.until(() -> sim.count("write") == 1);
        return stage;
    }
}
