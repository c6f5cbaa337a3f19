package io.fieldgate.core;

import static io.fieldgate.core.PointRig.SECOND;
import static io.fieldgate.core.PointRig.id;
import static io.fieldgate.core.PointRig.polled;
import static io.fieldgate.core.PointRig.pushed;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.api.data.DeviceInfo;
import io.fieldgate.api.data.Quality;
import io.fieldgate.api.data.Quality.Code;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.driver.Driver;
import io.fieldgate.api.driver.DriverException.Reason;
import io.fieldgate.api.gateway.DriverInfo.State;
import io.fieldgate.api.gateway.Points.Mode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DriverLifeTest {

    private static final String LEVEL = "sim/tank/level";
    private static final Quality DISCONNECTED = Quality.bad(Code.DISCONNECTED);

    private final PointRig rig = new PointRig(PointRig.settings(Duration.ofMillis(200)));
    private final FakeDriver sim = FakeDriver.with(polled(LEVEL));
    private final CountDownLatch release = new CountDownLatch(1);

    @AfterEach
    void stop() {
        release.countDown();
        rig.close();
    }

    @Test
    void startsADriverAndThenAsksForItsDevices() {
        rig.up("sim", sim);

        assertEquals(List.of("start", "devices"), sim.calls.subList(0, 2));
        assertEquals(
                List.of("sim/tank"),
                rig.points.devices().stream()
                        .map(device -> device.id().toString())
                        .toList());
        assertEquals(1, rig.driver("sim").points());
    }

    @Test
    void callsNothingOfADriverOnTheThreadThatBringsIt() {
        sim.onStart = FakeDriver.hangs(release);

        rig.come("sim", 0, sim);

        assertEquals(State.STARTING, rig.state("sim"));
    }

    @Test
    void showsADriverAsHungWhoseStartDoesNotReturn() {
        sim.onStart = FakeDriver.hangs(release);
        rig.come("sim", 0, sim);
        rig.until(() -> sim.count("start") == 1);

        rig.time.advance(Duration.ofSeconds(10));

        assertEquals(State.HUNG, rig.state("sim"));
        release.countDown();
        rig.until(() -> rig.state("sim") == State.RUNNING);
    }

    @Test
    void triesAFailedStartAgainAfterEverLongerPauses() {
        sim.onStart = FakeDriver.fails(Reason.CONNECTION);
        rig.come("sim", 0, sim);
        rig.until(() -> rig.state("sim") == State.DISCONNECTED);
        assertEquals("as the test says", rig.driver("sim").detail());

        int starts = 1;
        for (int pause : new int[] {5, 10, 20, 40, 60, 60}) {
            rig.until(() -> rig.time.waiting() == 1);
            rig.time.advance(Duration.ofSeconds(pause).minusMillis(1));
            assertEquals(starts, sim.count("start"));
            rig.time.advance(Duration.ofMillis(1));
            int now = ++starts;
            rig.until(() -> sim.count("start") == now);
        }
        sim.onStart = () -> {};
        rig.until(() -> rig.time.waiting() == 1);
        rig.time.advance(Duration.ofSeconds(60));

        rig.until(() -> rig.state("sim") == State.RUNNING);
        rig.untilQuality(LEVEL, Quality.GOOD);
    }

    @Test
    void triesAgainWhenTheServiceCannotBeHad() {
        FakeReference<Driver> reference = FakeReference.driver("sim");
        rig.gateway.bindDriver(reference);
        rig.until(() -> rig.state("sim") == State.DISCONNECTED);

        rig.services.put(reference, sim);
        rig.time.advance(Duration.ofSeconds(5));

        rig.until(() -> rig.state("sim") == State.RUNNING);
    }

    @Test
    void asksForDevicesAgainOnceHoweverOftenTheDriverSaysSo() {
        rig.up("sim", sim);
        sim.shows(polled(LEVEL), pushed("sim/pump/speed"));

        for (int i = 0; i < 10; i++) {
            sim.context.devicesChanged();
        }
        rig.time.advance(SECOND);

        rig.until(() -> rig.points.devices().size() == 2);
        assertEquals(2, sim.count("devices"));
    }

    @Test
    void keepsTheLastKnownDevicesAndAsksAgainWhenTheyCannotBeFoundOut() {
        rig.up("sim", sim);
        sim.onDevices = FakeDriver.fails(Reason.TIMEOUT);
        sim.context.devicesChanged();
        rig.time.advance(SECOND);
        rig.until(() -> sim.count("devices") == 2);
        assertEquals(1, rig.points.devices().size());

        sim.onDevices = () -> {};
        sim.shows(pushed("sim/pump/speed"));
        rig.until(() -> {
            rig.time.advance(SECOND);
            return rig.points.devices().get(0).id().name().equals("pump");
        });
    }

    @Test
    void forgetsTheDeviceThatVanishesAndReadsTheOthers() {
        sim.shows(polled(LEVEL), polled("sim/pump/speed"));
        rig.up("sim", sim);
        rig.untilQuality("sim/pump/speed", Quality.GOOD);
        Recorder recorder = new Recorder();
        rig.points.observe(PointRig.ALL, Mode.EVERY, OptionalLong.empty(), recorder);

        sim.shows(polled(LEVEL));
        sim.context.devicesChanged();
        rig.time.advance(Duration.ofMillis(100));

        rig.until(() -> rig.points.latest(id("sim/pump/speed")).isEmpty());
        rig.until(() -> recorder.samples(id("sim/pump/speed")).size() == 2);
        assertEquals(DISCONNECTED, recorder.samples(id("sim/pump/speed")).get(1).quality());
        rig.time.advance(SECOND);
        rig.until(() -> sim.calls.contains("read [sim/tank/level]"));
    }

    @Test
    void refusesDevicesUnderAnotherDriversName() {
        sim.devices = List.of(
                sim.devices.get(0),
                DeviceInfo.builder(id("linux/cpu/load").device())
                        .point(polled("linux/cpu/load"))
                        .build());
        rig.come("sim", 0, sim);

        rig.until(() -> rig.points.devices().size() == 1);
        assertEquals(Optional.empty(), rig.points.info(id("linux/cpu/load")));
    }

    @Test
    void ignoresADriverWithoutAProperId() {
        rig.come("Not An Id", 0, sim);
        rig.gateway.bindDriver(new FakeReference<>());

        assertEquals(List.of(), rig.points.drivers());
        assertEquals(List.of(), sim.calls);
    }

    @Test
    void turnsThePointsBadAtOnceAndStopsTheDriverWhenItsServiceGoes() {
        FakeReference<Driver> reference = rig.up("sim", sim);
        rig.untilQuality(LEVEL, Quality.GOOD);

        rig.go(reference);

        assertEquals(DISCONNECTED, rig.quality(LEVEL));
        assertEquals(
                Optional.of(Value.of(0.0)),
                rig.points.latest(id(LEVEL)).orElseThrow().value());
        assertEquals("stop", sim.calls.get(sim.calls.size() - 1));
        assertEquals(List.of(), rig.points.drivers());
        assertFalse(rig.services.containsKey(reference));
    }

    @Test
    void forgetsThePointsOfADriverThatDoesNotComeBack() {
        rig.go(rig.up("sim", sim));

        rig.time.advance(Duration.ofSeconds(29));
        assertTrue(rig.points.latest(id(LEVEL)).isPresent());
        rig.time.advance(SECOND);

        assertEquals(Optional.empty(), rig.points.latest(id(LEVEL)));
    }

    @Test
    void handsThePointsToANewVersionOfTheDriver() {
        rig.go(rig.up("sim", sim));
        FakeDriver next = FakeDriver.with(polled(LEVEL));

        rig.up("sim", next);
        rig.time.advance(Duration.ofSeconds(60));

        // Time goes on: a turn that comes while a read is out is missed, and the point may be stale until the next.
        rig.until(() -> {
            rig.time.advance(SECOND);
            return rig.quality(LEVEL).equals(Quality.GOOD);
        });
    }
}
