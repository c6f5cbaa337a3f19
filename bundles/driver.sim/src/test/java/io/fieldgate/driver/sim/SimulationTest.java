package io.fieldgate.driver.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.Quality;
import io.fieldgate.api.data.Reading;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.data.Value.DecimalValue;
import io.fieldgate.api.data.Value.IntegerValue;
import io.fieldgate.api.driver.DriverException;
import io.fieldgate.testkit.FakeDriverContext;
import io.fieldgate.testkit.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds for every kind of device. */
class SimulationTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final ManualClock clock = new ManualClock();

    @ParameterizedTest
    @EnumSource
    void saysTheSameForTheSameSeedAndTimes(Kind kind) throws Exception {
        assertEquals(series(kind, 7, SECOND), series(kind, 7, SECOND));
    }

    @ParameterizedTest
    @EnumSource
    void saysSomethingElseForAnotherSeed(Kind kind) throws Exception {
        assertNotEquals(series(kind, 7, SECOND), series(kind, 8, SECOND));
    }

    @ParameterizedTest
    @EnumSource
    void doesTheSameHoweverOftenItIsLookedAt(Kind kind) throws Exception {
        List<List<Reading>> often = series(kind, 7, Duration.ofSeconds(1));
        List<List<Reading>> seldom = series(kind, 7, Duration.ofSeconds(100));

        assertEquals(seldom.get(seldom.size() - 1), often.get(often.size() - 1));
    }

    @ParameterizedTest
    @EnumSource
    void keepsItsRangesForDays(Kind kind) throws Exception {
        SimulatedDriver driver = kind.make(kind == Kind.LOAD ? Map.of() : Map.of("noise.percent", 10.0), clock);
        List<PointInfo> points = points(driver);

        for (int minute = 0; minute < 2 * 24 * 60; minute++) {
            clock.advance(Duration.ofMinutes(1));
            List<Reading> readings = driver.read(ids(points));
            for (int i = 0; i < points.size(); i++) {
                assertFits(points.get(i), readings.get(i).value().orElseThrow());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void marksEverythingAsSimulatedInTheOrderAsked(Kind kind) throws Exception {
        SimulatedDriver driver = kind.make(Map.of(), clock);
        List<PointId> ids = ids(points(driver));

        List<Reading> readings = driver.read(ids);

        assertEquals(ids, readings.stream().map(Reading::point).toList());
        assertTrue(readings.stream()
                .allMatch(reading -> reading.quality().equals(Quality.uncertain(Quality.Code.SIMULATED))));
    }

    @ParameterizedTest
    @EnumSource
    void answersForAPointItDoesNotHaveAndStillReadsTheOthers(Kind kind) throws Exception {
        SimulatedDriver driver = kind.make(Map.of(), clock);
        PointId unknown = PointId.of("sim/well/colour");
        PointId known = points(driver).get(0).id();

        List<Reading> readings = driver.read(List.of(unknown, known));

        assertEquals(Reading.bad(unknown, Quality.Code.CONFIGURATION), readings.get(0));
        assertTrue(readings.get(1).value().isPresent());
        DriverException e = assertThrows(DriverException.class, () -> driver.write(unknown, Value.of(true)));
        assertEquals(DriverException.Reason.NO_SUCH_POINT, e.reason());
    }

    @ParameterizedTest
    @EnumSource
    void takesBackWhatItSaysOfWritablePointsAndRefusesAllOthers(Kind kind) throws Exception {
        SimulatedDriver driver = kind.make(Map.of(), clock);
        driver.start(new FakeDriverContext());
        for (PointInfo point : points(driver)) {
            Reading reading = driver.read(List.of(point.id())).get(0);
            Value value = reading.value().orElseThrow();
            if (point.access().writable()) {
                assertEquals(reading, driver.write(point.id(), value));
            } else {
                DriverException e = assertThrows(DriverException.class, () -> driver.write(point.id(), value));
                assertEquals(DriverException.Reason.READ_ONLY, e.reason());
            }
        }
        driver.stop();
    }

    private static void assertFits(PointInfo point, Value value) {
        assertEquals(point.type(), value.type(), point::toString);
        double number = value instanceof DecimalValue decimal
                ? decimal.value()
                : value instanceof IntegerValue whole ? whole.value() : 0;
        assertTrue(Double.isFinite(number), point + " is " + number);
        boolean numeric = value instanceof DecimalValue || value instanceof IntegerValue;
        assertTrue(
                !numeric || point.range().isEmpty() || point.range().get().contains(number),
                () -> point + " is " + number);
    }

    /** What all points say in the course of 1000 s. */
    private static List<List<Reading>> series(Kind kind, long seed, Duration pause) throws DriverException {
        ManualClock clock = new ManualClock();
        clock.advance(Duration.ofHours(8));
        SimulatedDriver driver = kind.make(Map.of("seed", seed), clock);
        List<PointId> ids = ids(points(driver));
        List<List<Reading>> series = new ArrayList<>();
        for (long past = 0; past < 1000; past += pause.toSeconds()) {
            clock.advance(pause);
            series.add(driver.read(ids));
        }
        return series;
    }

    private static List<PointInfo> points(SimulatedDriver driver) throws DriverException {
        return driver.devices().stream()
                .flatMap(device -> device.points().stream())
                .toList();
    }

    private static List<PointId> ids(List<PointInfo> points) {
        return points.stream().map(PointInfo::id).toList();
    }
}
