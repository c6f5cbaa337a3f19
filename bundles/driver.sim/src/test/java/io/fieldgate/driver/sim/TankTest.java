package io.fieldgate.driver.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.Quality;
import io.fieldgate.api.data.Range;
import io.fieldgate.api.data.Reading;
import io.fieldgate.api.data.Value;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TankTest {

    private static final double EXACT = 1e-9;
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

    private final SimProbe tank = tank(0);

    @Test
    void showsItsPointsWithRangesAndThePeriod() throws Exception {
        List<PointInfo> points = tank.driver.devices().get(0).points();

        assertEquals(
                List.of(
                        "sim/tank/level (decimal in m, r)",
                        "sim/tank/temperature (decimal in Cel, r)",
                        "sim/tank/valve (boolean, rw)",
                        "sim/tank/heater (decimal in %, rw)",
                        "sim/tank/outflow (decimal in L/s, rw)",
                        "sim/tank/automatic (boolean, rw)"),
                points.stream().map(PointInfo::toString).toList());
        assertEquals(Optional.of(new Range(0, 2)), points.get(0).range());
        assertEquals(Optional.of(new Range(0, 20)), points.get(4).range());
        assertTrue(points.stream()
                .allMatch(point -> point.pollPeriod().orElseThrow().equals(Duration.ofMillis(250))));
    }

    @Test
    void risesByInflowLessOutflowWhileTheValveIsOpen() throws Exception {
        tank.pass(Duration.ofSeconds(10));

        assertEquals(1.0 + 10 * (0.020 - 0.008), tank.number("level"), EXACT);
    }

    @Test
    void fallsByTheOutflowWhileTheValveIsClosed() throws Exception {
        tank.write("valve", Value.of(false));
        tank.pass(Duration.ofSeconds(10));

        assertEquals(1.0 - 10 * 0.008, tank.number("level"), EXACT);
    }

    @Test
    void isNeverBelowEmptyNorAboveFull() throws Exception {
        tank.write("valve", Value.of(true));
        tank.pass(Duration.ofSeconds(500));
        assertEquals(2.0, tank.number("level"));

        tank.write("valve", Value.of(false));
        tank.pass(Duration.ofSeconds(500));
        assertEquals(0.0, tank.number("level"));
    }

    @Test
    void keepsTheLevelBetweenTwentyAndEightyPercentByItself() throws Exception {
        List<Double> course = tank.course("level", TEN_MINUTES, SECOND);

        assertEquals(0.4, Collections.min(course), 0.02);
        assertEquals(1.6, Collections.max(course), 0.02);
    }

    @Test
    void keepsTheTemperatureBetweenFortyAndFiftyDegreesByItself() throws Exception {
        tank.pass(Duration.ofSeconds(100));
        List<Double> course = tank.course("temperature", TEN_MINUTES, SECOND);

        assertEquals(40, Collections.min(course), 0.5);
        assertEquals(50, Collections.max(course), 0.5);
    }

    @Test
    void approachesWhatTheHeaterGivesByTheTimeConstant() throws Exception {
        tank.write("heater", Value.of(50.0));
        tank.pass(Duration.ofMinutes(2));

        assertEquals(20 + 30 * (1 - Math.exp(-1)), tank.number("temperature"), EXACT);
    }

    @Test
    void hasNoiseWithinItsBound() throws Exception {
        List<Double> noisy = tank(1).course("level", Duration.ofSeconds(10), SECOND);
        List<Double> exact = tank.course("level", Duration.ofSeconds(10), SECOND);

        assertNotEquals(exact, noisy);
        for (int i = 0; i < exact.size(); i++) {
            assertEquals(exact.get(i), noisy.get(i), 0.02);
        }
    }

    @Test
    void standsStillWhenTheClockIsSetBackAndGoesOnFromThere() throws Exception {
        tank.pass(Duration.ofSeconds(10));
        double level = tank.number("level");

        tank.pass(Duration.ofSeconds(-1000));
        assertEquals(level, tank.number("level"));

        tank.pass(Duration.ofSeconds(10));
        assertEquals(level + 10 * 0.012, tank.number("level"), EXACT);
    }

    @Test
    void takesALeapOfTheClockForTenMinutes() throws Exception {
        SimProbe waited = tank(0);
        waited.write("heater", Value.of(100.0));
        waited.pass(TEN_MINUTES);
        tank.write("heater", Value.of(100.0));
        tank.pass(Duration.ofDays(10_000));

        assertEquals(waited.number("temperature"), tank.number("temperature"), EXACT);
    }

    @Test
    void endsAutomaticControlWhenTheValveIsMovedAndSaysSoOnce() throws Exception {
        tank.write("valve", Value.of(true));
        tank.write("valve", Value.of(false));

        assertEquals(
                List.of(Reading.of(tank.id("automatic"), Value.of(false), Quality.uncertain(Quality.Code.SIMULATED))),
                tank.context.readings());
    }

    @Test
    void endsAutomaticControlWhenTheHeaterIsSet() throws Exception {
        assertEquals(Value.of(30.0), tank.write("heater", Value.of(30.0)));
        tank.pass(Duration.ofMinutes(1));

        assertEquals(30, tank.number("heater"));
        assertFalse(tank.is("automatic"));
    }

    @Test
    void staysAutomaticWhenOnlyTheOutflowIsSet() throws Exception {
        assertEquals(Value.of(0.0), tank.write("outflow", Value.of(0.0)));

        assertTrue(tank.is("automatic"));
        assertTrue(tank.context.readings().isEmpty());
    }

    @Test
    void takesControlBackWhenItIsAskedTo() throws Exception {
        tank.write("valve", Value.of(true));
        tank.pass(Duration.ofSeconds(100));
        assertEquals(2.0, tank.number("level"));
        int before = tank.context.readings().size();

        assertEquals(Value.of(true), tank.write("automatic", Value.of(true)));
        assertEquals(before, tank.context.readings().size(), "the confirmation has said it already");
        tank.pass(SECOND);

        assertFalse(tank.is("valve"));
        assertEquals(100, tank.number("heater"));
    }

    private static SimProbe tank(double noisePercent) {
        try {
            return new SimProbe(Kind.TANK, Map.of("noise.percent", noisePercent, "period.ms", 250));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
