package io.fieldgate.core;

import static io.fieldgate.core.PointRig.SECOND;
import static io.fieldgate.core.PointRig.id;
import static io.fieldgate.core.PointRig.polled;
import static io.fieldgate.core.PointRig.pushed;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.Quality;
import io.fieldgate.api.data.Quality.Code;
import io.fieldgate.api.data.Reading;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.driver.DriverException;
import io.fieldgate.api.driver.DriverException.Reason;
import io.fieldgate.api.gateway.DriverInfo.State;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PollingTest {

    private static final String LEVEL = "sim/tank/level";
    private static final String LOAD = "linux/cpu/load";
    private static final Quality TIMEOUT = Quality.bad(Code.TIMEOUT);

    private final PointRig rig = new PointRig();
    private final FakeDriver sim = FakeDriver.with(polled(LEVEL));
    private final FakeDriver linux = FakeDriver.with(polled(LOAD));
    private final CountDownLatch release = new CountDownLatch(1);

    @AfterEach
    void stop() {
        release.countDown();
        rig.close();
    }

    @Test
    void readsAPointAtOnceAndThenOncePerPeriod() {
        rig.up("sim", sim);
        rig.untilQuality(LEVEL, Quality.GOOD);

        turns(3);

        assertEquals(4, sim.count("read"));
    }

    @Test
    void readsThePointsOfADriverTogether() {
        sim.shows(polled(LEVEL), polled("sim/tank/flow"), polled("sim/pump/speed"), pushed("sim/pump/fault"));
        rig.up("sim", sim);

        rig.until(() -> sim.count("read") == 1);

        assertEquals("read [sim/tank/level, sim/tank/flow, sim/pump/speed]", sim.calls.get(2));
    }

    @Test
    void doesNotReadAPointThatIsPushed() {
        sim.shows(pushed(LEVEL));
        rig.up("sim", sim);

        rig.time.advance(Duration.ofMinutes(1));

        assertEquals(Quality.bad(Code.WAITING), rig.quality(LEVEL));
        assertEquals(0, sim.count("read"));
    }

    @Test
    void takesWhatADriverPushes() {
        sim.shows(pushed(LEVEL));
        rig.up("sim", sim);

        sim.context.publish(List.of(Reading.good(id(LEVEL), Value.of(1.5))));

        assertEquals(
                Optional.of(Value.of(1.5)),
                rig.points.latest(id(LEVEL)).orElseThrow().value());
    }

    @Test
    void keepsWhatADriverPushesInItsStart() {
        sim.shows(pushed(LEVEL));
        sim.onStart = () -> sim.context.publish(List.of(Reading.good(id(LEVEL), Value.of(1.5))));

        rig.up("sim", sim);

        rig.untilQuality(LEVEL, Quality.GOOD);
    }

    @Test
    void neverMarksAPushedPointStale() {
        sim.shows(pushed(LEVEL));
        rig.up("sim", sim);
        sim.context.publish(List.of(Reading.good(id(LEVEL), Value.of(1.5))));

        rig.time.advance(Duration.ofDays(2));

        assertEquals(Quality.GOOD, rig.quality(LEVEL));
    }

    @Test
    void turnsThePointsOfAHungReadStaleThenBadAndGoesOnWhenItReturns() {
        rig.up("sim", sim);
        rig.untilQuality(LEVEL, Quality.GOOD);
        hang(sim);

        rig.time.advance(Duration.ofSeconds(3));
        assertEquals(Quality.uncertain(Code.STALE), rig.quality(LEVEL));

        rig.time.advance(Duration.ofSeconds(7));
        assertEquals(TIMEOUT, rig.quality(LEVEL));
        assertEquals(
                Optional.of(Value.of(0.0)),
                rig.points.latest(id(LEVEL)).orElseThrow().value());
        assertEquals(State.HUNG, rig.state("sim"));
        assertEquals(
                "read of sim/tank/level has not returned for 10 s",
                rig.driver("sim").detail());

        sim.onRead = () -> {};
        release.countDown();
        rig.untilQuality(LEVEL, Quality.GOOD);
        rig.until(() -> rig.state("sim") == State.RUNNING);
        turns(2);
    }

    @Test
    void readsTheOthersOnTimeWhileOneHangs() {
        rig.up("sim", sim);
        rig.up("linux", linux);
        rig.untilQuality(LEVEL, Quality.GOOD);
        rig.untilQuality(LOAD, Quality.GOOD);
        hang(sim);

        for (int second = 0; second < 60; second++) {
            rig.settle("linux");
            long before = linux.count("read");
            rig.time.advance(SECOND);
            rig.until(() -> linux.count("read") == before + 1);
        }

        rig.untilQuality(LOAD, Quality.GOOD);
        assertEquals(TIMEOUT, rig.quality(LEVEL));
    }

    @Test
    void doesNotPileUpReadsBehindASlowOne() {
        rig.up("sim", sim);
        rig.untilQuality(LEVEL, Quality.GOOD);
        hang(sim);
        rig.time.advance(Duration.ofSeconds(5));
        long before = sim.count("read");

        sim.onRead = () -> {};
        release.countDown();
        rig.untilQuality(LEVEL, Quality.GOOD);

        assertEquals(before, sim.count("read"));
        turns(1);
        assertEquals(before + 1, sim.count("read"));
    }

    @Test
    void namesWhyARangeOfPointsCannotBeRead() {
        Map<Reason, Code> codes = Map.of(
                Reason.CONNECTION, Code.DISCONNECTED,
                Reason.TIMEOUT, Code.TIMEOUT,
                Reason.DEVICE, Code.DEVICE_FAILURE,
                Reason.CONFIGURATION, Code.CONFIGURATION);
        rig.up("sim", sim);
        codes.forEach((reason, code) -> {
            rig.settle("sim");
            sim.onRead = FakeDriver.fails(reason);
            rig.time.advance(SECOND);
            rig.untilQuality(LEVEL, Quality.bad(code));
        });

        rig.settle("sim");
        sim.onRead = () -> {};
        rig.time.advance(SECOND);
        rig.untilQuality(LEVEL, Quality.GOOD);
    }

    @Test
    void turnsThePointsOfADriverThatThrowsBadAndReadsTheOthers() {
        rig.up("sim", sim);
        rig.up("linux", linux);
        rig.settle("sim");
        sim.onRead = () -> {
            throw new NoClassDefFoundError("half gone");
        };

        rig.time.advance(SECOND);

        rig.untilQuality(LEVEL, Quality.bad(Code.DEVICE_FAILURE));
        rig.untilQuality(LOAD, Quality.GOOD);
        rig.settle("sim");
        assertEquals(
                "last read: it threw java.lang.NoClassDefFoundError: half gone",
                rig.driver("sim").detail());

        sim.onRead = () -> {};
        turns(1);
        rig.untilQuality(LEVEL, Quality.GOOD);
        rig.settle("sim");
        assertEquals("", rig.driver("sim").detail());
    }

    @Test
    void makesOneSampleOfAFailureThatLasts() {
        rig.up("sim", sim);
        rig.untilQuality(LEVEL, Quality.GOOD);
        sim.onRead = FakeDriver.fails(Reason.CONNECTION);
        turns(1);
        rig.untilQuality(LEVEL, Quality.bad(Code.DISCONNECTED));
        long number = rig.points.latest(id(LEVEL)).orElseThrow().sequence();

        turns(5);

        assertEquals(number, rig.points.latest(id(LEVEL)).orElseThrow().sequence());
    }

    @Test
    void turnsAPointBadOfWhichADriverGivesNoReading() {
        FakeDriver forgetful = new FakeDriver() {
            @Override
            public List<Reading> read(List<PointId> points) throws DriverException {
                super.read(points);
                return List.of(
                        Reading.good(id("sim/tank/flow"), Value.of(1.0)), Reading.good(id(LOAD), Value.of(666.0)));
            }
        };
        forgetful.shows(polled(LEVEL), polled("sim/tank/flow"));
        rig.up("linux", linux);
        rig.up("sim", forgetful);

        rig.untilQuality(LEVEL, Quality.bad(Code.DEVICE_FAILURE));
        rig.untilQuality("sim/tank/flow", Quality.GOOD);
        assertNotEquals(
                Optional.of(Value.of(666.0)),
                rig.points.latest(id(LOAD)).orElseThrow().value());
    }

    @Test
    void turnsPointsBadOfADriverThatAnswersWithNull() {
        FakeDriver silent = answering(points -> null);
        rig.up("sim", silent);

        rig.untilQuality(LEVEL, Quality.bad(Code.DEVICE_FAILURE));
        rig.settle("sim");
        assertEquals("last read: it answered with null", rig.driver("sim").detail());
    }

    @Test
    void takesTheReadingsThatComeAmongNulls() {
        FakeDriver patchy = answering(points -> Arrays.asList(null, Reading.good(points.get(1), Value.of(1.0))));
        patchy.shows(polled(LEVEL), polled("sim/tank/flow"));
        rig.up("sim", patchy);

        rig.untilQuality(LEVEL, Quality.bad(Code.DEVICE_FAILURE));
        rig.untilQuality("sim/tank/flow", Quality.GOOD);
        rig.settle("sim");
        assertEquals(
                "last read: asked for 2 points it gave 2 readings, of which 1 were asked for",
                rig.driver("sim").detail());
    }

    @Test
    void saysHowManyPointsAreAnsweredWithWhatNoDriverMustSay() {
        FakeDriver wrong = answering(points -> List.of(
                Reading.good(points.get(0), Value.of("full")),
                Reading.good(points.get(1), Value.of(Double.NaN)),
                Reading.good(points.get(2), Value.of(Double.NaN))));
        wrong.shows(polled(LEVEL), polled("sim/tank/flow"), polled("sim/tank/drain"));
        rig.up("sim", wrong);

        rig.untilQuality(LEVEL, Quality.bad(Code.NOT_A_VALUE));
        rig.settle("sim");
        assertEquals(
                "last read: 1 of 3 points answered with a value of another type,"
                        + " 2 of 3 points answered with a value that is no finite number",
                rig.driver("sim").detail());
    }

    @Test
    void findsNoFaultWithADriverThatCallsAReadingBad() {
        rig.up("sim", answering(points -> List.of(Reading.bad(points.get(0), Code.SENSOR_FAILURE))));

        rig.untilQuality(LEVEL, Quality.bad(Code.SENSOR_FAILURE));
        rig.settle("sim");
        assertEquals("", rig.driver("sim").detail());
    }

    @Test
    void logsADriverOnceThatAnswersNowInThisWrongWayAndNowInThat() {
        AtomicInteger turn = new AtomicInteger();
        FakeDriver garbage = answering(points -> switch (turn.getAndIncrement() % 3) {
            case 0 -> null;
            case 1 -> List.of();
            default -> List.of(Reading.good(points.get(0), Value.of("full")));
        });
        try (LogLines log = new LogLines(ReadTrouble.class)) {
            rig.up("sim", garbage);
            for (int second = 0; second < 30; second++) {
                int before = turn.get();
                rig.until(() -> {
                    // Each time: a second that ends while the read before is not quite over is skipped.
                    rig.time.advance(SECOND);
                    return turn.get() > before;
                });
                rig.settle("sim");
            }

            assertEquals(List.of("WARNING driver sim: points that turned BAD: 1; it answered with null"), log.all());
        }
    }

    @Test
    void turnsPointsBadWhileADriverSaysThatItIsDisconnected() {
        rig.up("sim", sim);
        rig.untilQuality(LEVEL, Quality.GOOD);

        sim.context.status(false, "no cable");

        assertEquals(Quality.bad(Code.DISCONNECTED), rig.quality(LEVEL));
        assertEquals(State.DISCONNECTED, rig.state("sim"));
        assertEquals("no cable", rig.driver("sim").detail());

        sim.context.status(true, "");

        rig.untilQuality(LEVEL, Quality.GOOD);
        assertEquals(State.RUNNING, rig.state("sim"));
    }

    private static FakeDriver answering(Function<List<PointId>, List<Reading>> answer) {
        FakeDriver driver = new FakeDriver() {
            @Override
            public List<Reading> read(List<PointId> points) throws DriverException {
                super.read(points);
                return answer.apply(points);
            }
        };
        driver.shows(polled(LEVEL));
        return driver;
    }

    private void hang(FakeDriver driver) {
        rig.settle("sim");
        long before = driver.count("read");
        driver.onRead = FakeDriver.hangs(release);
        rig.time.advance(SECOND);
        rig.until(() -> driver.count("read") == before + 1);
    }

    private void turns(int count) {
        for (int turn = 0; turn < count; turn++) {
            rig.settle("sim");
            long before = sim.count("read");
            rig.time.advance(SECOND);
            rig.until(() -> sim.count("read") == before + 1);
        }
    }
}
