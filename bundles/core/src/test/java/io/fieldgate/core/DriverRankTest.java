package io.fieldgate.core;

import static io.fieldgate.core.PointRig.SECOND;
import static io.fieldgate.core.PointRig.id;
import static io.fieldgate.core.PointRig.polled;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fieldgate.api.data.Quality;
import io.fieldgate.api.data.Reading;
import io.fieldgate.api.data.Sample;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.driver.Driver;
import io.fieldgate.api.gateway.DriverInfo;
import io.fieldgate.api.gateway.DriverInfo.State;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DriverRankTest {

    private static final String LEVEL = "sim/tank/level";

    private final PointRig rig = new PointRig();
    private final FakeDriver low = FakeDriver.with(polled(LEVEL));
    private final FakeDriver high = FakeDriver.with(polled(LEVEL));

    DriverRankTest() {
        low.values.put(id(LEVEL), Value.of(1.0));
        high.values.put(id(LEVEL), Value.of(9.0));
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void doesNotStartADriverInTheShadowOfAnother() {
        rig.come("sim", 9, high);
        rig.come("sim", 1, low);

        untilValue(9.0);
        assertEquals(List.of(State.RUNNING, State.SHADOWED), states());
        assertEquals(List.of(), low.calls);
    }

    @Test
    void saysWhetherTheOneThatServesIsHigherOrEarlier() {
        rig.come("sim", 1, low);
        FakeReference<Driver> top = rig.come("sim", 9, high);
        untilValue(9.0);
        assertEquals(
                "one of the same id and a higher rank serves",
                rig.points.drivers().get(1).detail());

        rig.go(top);
        untilValue(1.0);
        rig.come("sim", 1, high);

        assertEquals(List.of(State.RUNNING, State.SHADOWED), states());
        assertEquals(
                "an earlier one of the same id and rank serves",
                rig.points.drivers().get(1).detail());
    }

    @Test
    void letsTheHigherOneServeFromItsComing() {
        rig.come("sim", 1, low);
        untilValue(1.0);

        rig.come("sim", 9, high);

        untilValue(9.0);
        assertEquals(List.of(State.RUNNING, State.SHADOWED), states());
        assertEquals(0, low.count("stop"));
    }

    @Test
    void goesBackToTheLowerOneWhenTheHigherGoes() {
        rig.come("sim", 1, low);
        untilValue(1.0);
        FakeReference<Driver> top = rig.come("sim", 9, high);
        untilValue(9.0);

        rig.go(top);

        untilValue(1.0);
        assertEquals(1, low.count("start"));
    }

    @Test
    void startsTheLowerOneWhenTheHigherGoesIfItHadNotBeenStarted() {
        FakeReference<Driver> top = rig.come("sim", 9, high);
        rig.come("sim", 1, low);
        untilValue(9.0);

        rig.go(top);

        untilValue(1.0);
    }

    @Test
    void takesTheOlderOfTwoOfOneRank() {
        rig.come("sim", 0, high);
        rig.come("sim", 0, low);

        untilValue(9.0);
        assertEquals(List.of(), low.calls);
    }

    @Test
    void followsAChangeOfRank() {
        FakeReference<Driver> first = rig.come("sim", 1, low);
        rig.come("sim", 0, high);
        untilValue(1.0);

        first.ranked(-1);
        rig.gateway.updatedDriver(first);

        untilValue(9.0);
    }

    @Test
    void doesNotHearADriverInTheShadow() {
        rig.come("sim", 1, low);
        untilValue(1.0);
        rig.come("sim", 9, high);
        untilValue(9.0);

        low.context.publish(List.of(Reading.good(id(LEVEL), Value.of(5.0))));
        low.context.status(false, "I am not asked");
        rig.time.advance(SECOND);

        untilValue(9.0);
        assertEquals(Quality.GOOD, rig.quality(LEVEL));
    }

    private void untilValue(double value) {
        Optional<Value> wanted = Optional.of(Value.of(value));
        rig.until(() -> rig.points
                .latest(id(LEVEL))
                .filter(sample -> sample.quality().equals(Quality.GOOD))
                .map(Sample::value)
                .equals(Optional.of(wanted)));
    }

    private List<State> states() {
        return rig.points.drivers().stream().map(DriverInfo::state).toList();
    }
}
