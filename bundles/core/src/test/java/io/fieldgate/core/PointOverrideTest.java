package io.fieldgate.core;

import static io.fieldgate.core.PointRig.SECOND;
import static io.fieldgate.core.PointRig.id;
import static io.fieldgate.core.PointRig.polled;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.fieldgate.api.data.Access;
import io.fieldgate.api.data.Deadband;
import io.fieldgate.api.data.DeviceInfo;
import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.Role;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.data.ValueType;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PointOverrideTest {

    private static final PointInfo LEVEL = PointInfo.builder(id("sim/tank/level"), ValueType.DECIMAL)
            .unit("m")
            .access(Access.READ_WRITE)
            .range(0, 2)
            .pollPeriod(SECOND)
            .deadband(Deadband.absolute(0.1))
            .description("how full it is")
            .build();

    @Test
    void changesPeriodAndDeadBandAndNothingElse() {
        PointInfo changed = new PointOverride("sim/**", 5000, "percent", 2).apply(LEVEL);

        assertEquals(
                PointInfo.builder(id("sim/tank/level"), ValueType.DECIMAL)
                        .unit("m")
                        .access(Access.READ_WRITE)
                        .range(0, 2)
                        .pollPeriod(Duration.ofSeconds(5))
                        .deadband(Deadband.percent(2))
                        .description("how full it is")
                        .build(),
                changed);
    }

    @Test
    void leavesWhatItSaysNothingOf() {
        assertSame(LEVEL, new PointOverride("linux/**", 5000, "none", 0).apply(LEVEL));
        assertEquals(LEVEL, new PointOverride("sim/**", 0, "keep", 0).apply(LEVEL));
    }

    @Test
    void letsTheHighestRankWin() {
        PointOverrides overrides = new PointOverrides();
        overrides.add(
                new FakeReference<PointOverride>().ranked(9), new PointOverride("sim/tank/level", 2000, "keep", 0));
        overrides.add(new FakeReference<PointOverride>().ranked(1), new PointOverride("**", 5000, "none", 0));

        PointInfo changed = overrides
                .apply(DeviceInfo.builder(LEVEL.id().device()).point(LEVEL).build())
                .points()
                .get(0);

        assertEquals(Optional.of(Duration.ofSeconds(2)), changed.pollPeriod());
        assertEquals(Deadband.NONE, changed.deadband());
    }

    @Test
    void takesEffectWhileADriverRuns() {
        try (PointRig rig = new PointRig()) {
            rig.up("sim", FakeDriver.with(polled("sim/tank/level")));

            FakeReference<PointOverride> reference = new FakeReference<>();
            rig.gateway.bindOverride(reference, new PointOverride("sim/**", 5000, "keep", 0));
            rig.time.advance(SECOND);
            rig.until(() -> period(rig).equals(Duration.ofSeconds(5)));

            rig.gateway.unbindOverride(reference);
            rig.time.advance(SECOND);
            rig.until(() -> period(rig).equals(SECOND));
        }
    }

    private static Duration period(PointRig rig) {
        return rig.points.info(id("sim/tank/level")).orElseThrow().pollPeriod().orElseThrow();
    }

    @Test
    void namesKeyAndValueAndWhatIsAllowed() {
        assertRefused("period.ms must be 0 or 10 to 86400000, is 9", "**", 9, "keep", 0);
        assertRefused("deadband.kind must be keep, none, absolute or percent, is wide", "**", 0, "wide", 0);
        assertRefused("deadband must be 0 or above, at most 100 for percent, is 101.0", "**", 0, "percent", 101);
        assertRefused("deadband must be 0 or above, at most 100 for percent, is NaN", "**", 0, "keep", Double.NaN);
        assertRefused("filter must be driver/device/point with * or **, is not given", null, 0, "keep", 0);
        assertRefused(
                "filter: a filter is driver/device/point with * for any segment or ** for the rest, got \"sim\"",
                "sim",
                0,
                "keep",
                0);
    }

    private static void assertRefused(String message, String filter, int period, String kind, double amount) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> new PointOverride(filter, period, kind, amount))
                        .getMessage());
    }

    @Test
    void leavesWhatAWriteMustKeepToAsTheDriverSaysIt() {
        PointInfo pump = PointInfo.builder(PointId.of("sim/tank/pump"), ValueType.BOOLEAN)
                .access(Access.READ_WRITE)
                .role(Role.ADMIN)
                .allowed(List.of(Value.of(true), Value.of(false)))
                .safe(Value.of(false))
                .confirmed(true)
                .build();

        assertEquals(pump, new PointOverride("sim/**", 0, "keep", 0).apply(pump));
    }
}
