package io.fieldgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.api.data.Access;
import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.ValueType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PollPlanTest {

    private static final PointId FAST = PointId.of("sim/tank/fast");
    private static final PointId SLOW = PointId.of("sim/tank/slow");

    private final PollPlan plan = new PollPlan(0);

    @Test
    void readsPointsThatAreDueTogetherInOneRead() {
        plan.replace(List.of(every(FAST, 1), every(SLOW, 2)), 0);

        assertEquals(List.of(FAST, SLOW), at(0));
        assertEquals(List.of(FAST), at(1));
        assertEquals(List.of(FAST, SLOW), at(2));
    }

    @Test
    void hasNoTurnsForPointsWithoutAPeriodOrThatCannotBeRead() {
        plan.replace(
                List.of(
                        PointInfo.builder(FAST, ValueType.DECIMAL).build(),
                        PointInfo.builder(SLOW, ValueType.DECIMAL)
                                .access(Access.WRITE)
                                .pollPeriod(Duration.ofSeconds(1))
                                .build()),
                0);

        assertTrue(plan.isEmpty());
    }

    @Test
    void missesTheTurnsOfAPointWhoseReadIsStillOut() {
        plan.replace(List.of(every(FAST, 1)), 0);
        plan.turns(0);
        assertEquals(List.of(FAST), plan.begin().points());

        plan.turns(seconds(1));
        plan.turns(seconds(2));
        assertEquals(List.of(), plan.begin().points());
        plan.end();

        assertEquals(List.of(), plan.begin().points());
        assertEquals(List.of(FAST), at(3));
    }

    @Test
    void keepsTheTurnOfAPointThatIsNotInTheReadThatIsOut() {
        plan.replace(List.of(every(FAST, 1), every(SLOW, 2)), 0);
        at(0);
        plan.turns(seconds(1));
        plan.begin();
        plan.turns(seconds(2));
        plan.end();

        assertEquals(List.of(SLOW), plan.begin().points());
    }

    @Test
    void catchesUpWithOneTurnAfterALongPause() {
        plan.replace(List.of(every(FAST, 1)), 0);
        at(0);

        assertEquals(List.of(FAST), at(100));
        assertEquals(seconds(101), plan.nextTurn());
    }

    @Test
    void givesNewPointsATurnAtOnceAndThenTheGridOfTheOthers() {
        plan.replace(List.of(every(FAST, 1)), 0);
        at(0);

        plan.replace(List.of(every(FAST, 1), every(SLOW, 2)), seconds(1) / 2);

        assertEquals(seconds(1) / 2, plan.nextTurn());
        assertEquals(List.of(SLOW), read(seconds(1) / 2));
        assertEquals(List.of(FAST), at(1));
        assertEquals(List.of(FAST, SLOW), at(2));
    }

    @Test
    void forgetsPointsThatHaveGone() {
        plan.replace(List.of(every(FAST, 1), every(SLOW, 2)), 0);
        plan.replace(List.of(every(SLOW, 2)), 0);

        assertEquals(List.of(SLOW), at(0));
    }

    @Test
    void beginsWithTheJitter() {
        PollPlan later = new PollPlan(seconds(5));
        later.replace(List.of(every(FAST, 1)), 0);

        assertEquals(seconds(5), later.nextTurn());
    }

    private List<PointId> at(long second) {
        return read(seconds(second));
    }

    private List<PointId> read(long now) {
        plan.turns(now);
        List<PointId> batch = new ArrayList<>(plan.begin().points());
        plan.end();
        return batch.stream().sorted().toList();
    }

    private static PointInfo every(PointId point, int seconds) {
        return PointInfo.builder(point, ValueType.DECIMAL)
                .pollPeriod(Duration.ofSeconds(seconds))
                .build();
    }

    private static long seconds(long count) {
        return Duration.ofSeconds(count).toNanos();
    }
}
