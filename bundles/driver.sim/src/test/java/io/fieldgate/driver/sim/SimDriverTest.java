package io.fieldgate.driver.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.api.data.DeviceId;
import io.fieldgate.api.data.DeviceInfo;
import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.Quality;
import io.fieldgate.api.data.Range;
import io.fieldgate.api.data.Reading;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.data.ValueType;
import io.fieldgate.api.driver.DriverException;
import io.fieldgate.api.gateway.DriverContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimDriverTest {

    private static final DeviceId TANK = DeviceId.of("sim/tank");
    private static final PointId LEVEL = TANK.point("level");
    private static final PointId VALVE = TANK.point("valve");
    private static final PointId HEATER = TANK.point("heater");
    private static final PointId OUTFLOW = TANK.point("outflow");
    private static final PointId AUTOMATIC = TANK.point("automatic");
    private static final Quality SIMULATED = Quality.uncertain(Quality.Code.SIMULATED);

    private final SettableClock clock = new SettableClock();
    private final List<Reading> published = new ArrayList<>();
    private final SimDriver driver = new SimDriver(new TankSettings(TANK, 2, 20, 8, 0, 1, 250), clock);

    @BeforeEach
    void start() {
        driver.start(new Publishing());
    }

    @Test
    void showsOneTankWithItsPoints() {
        DeviceInfo tank = driver.devices().get(0);

        assertEquals(1, driver.devices().size());
        assertEquals(TANK, tank.id());
        assertEquals(
                List.of(
                        "sim/tank/level (decimal in m, r)",
                        "sim/tank/temperature (decimal in Cel, r)",
                        "sim/tank/valve (boolean, rw)",
                        "sim/tank/heater (decimal in %, rw)",
                        "sim/tank/outflow (decimal in L/s, rw)",
                        "sim/tank/automatic (boolean, rw)"),
                tank.points().stream().map(PointInfo::toString).toList());
    }

    @Test
    void declaresRangesAndThePeriod() {
        List<PointInfo> points = driver.devices().get(0).points();

        assertEquals(Optional.of(new Range(0, 2)), points.get(0).range());
        assertEquals(Optional.of(new Range(0, 20)), points.get(4).range());
        assertTrue(points.stream()
                .allMatch(point -> point.pollPeriod().orElseThrow().equals(Duration.ofMillis(250))));
    }

    @Test
    void readsInTheOrderAskedAndMarksEverythingAsSimulated() {
        clock.advanceSeconds(10);

        List<Reading> readings = driver.read(List.of(VALVE, LEVEL));

        assertEquals(
                List.of(VALVE, LEVEL), readings.stream().map(Reading::point).toList());
        assertEquals(1.12, decimal(readings.get(1)), 1e-9);
        assertTrue(readings.stream().allMatch(reading -> reading.quality().equals(SIMULATED)));
    }

    @Test
    void givesValuesOfTheTypeThatEachPointDeclares() {
        for (PointInfo info : driver.devices().get(0).points()) {
            ValueType type =
                    driver.read(List.of(info.id())).get(0).value().orElseThrow().type();
            assertEquals(info.type(), type, info.toString());
        }
    }

    @Test
    void answersForAPointItDoesNotHaveAndStillReadsTheOthers() {
        PointId unknown = PointId.of("sim/tank/colour");

        List<Reading> readings = driver.read(List.of(unknown, LEVEL));

        assertEquals(Reading.bad(unknown, Quality.Code.CONFIGURATION), readings.get(0));
        assertEquals(SIMULATED, readings.get(1).quality());
    }

    @Test
    void confirmsAWriteWithWhatThePointSaysNow() throws DriverException {
        Reading confirmed = driver.write(VALVE, Value.of(false));

        assertEquals(Reading.of(VALVE, Value.of(false), SIMULATED), confirmed);
        clock.advanceSeconds(10);
        assertEquals(0.92, decimal(driver.read(List.of(LEVEL)).get(0)), 1e-9);
    }

    @Test
    void endsAutomaticControlWhenTheValveIsMovedAndSaysSoOnce() throws DriverException {
        driver.write(VALVE, Value.of(true));
        driver.write(VALVE, Value.of(false));

        assertEquals(List.of(Reading.of(AUTOMATIC, Value.of(false), SIMULATED)), published);
    }

    @Test
    void endsAutomaticControlWhenTheHeaterIsSet() throws DriverException {
        driver.write(HEATER, Value.of(30.0));
        clock.advanceSeconds(60);

        assertEquals(30, decimal(driver.read(List.of(HEATER)).get(0)));
        assertEquals(List.of(Reading.of(AUTOMATIC, Value.of(false), SIMULATED)), published);
    }

    @Test
    void staysAutomaticWhenOnlyTheOutflowIsSet() throws DriverException {
        Reading confirmed = driver.write(OUTFLOW, Value.of(0.0));

        assertEquals(0, decimal(confirmed));
        assertEquals(
                Optional.of(Value.of(true)),
                driver.read(List.of(AUTOMATIC)).get(0).value());
        assertTrue(published.isEmpty());
    }

    @Test
    void goesBackToAutomaticWhenItIsWritten() throws DriverException {
        driver.write(VALVE, Value.of(false));
        published.clear();

        Reading confirmed = driver.write(AUTOMATIC, Value.of(true));

        assertEquals(Optional.of(Value.of(true)), confirmed.value());
        assertTrue(published.isEmpty(), "the confirmation has said it already");
    }

    @ParameterizedTest
    @ValueSource(strings = {"level", "temperature"})
    void refusesToWriteASensor(String name) {
        DriverException e = assertThrows(DriverException.class, () -> driver.write(TANK.point(name), Value.of(1.0)));

        assertEquals(DriverException.Reason.READ_ONLY, e.reason());
    }

    @Test
    void refusesToWriteAPointItDoesNotHave() {
        DriverException e =
                assertThrows(DriverException.class, () -> driver.write(PointId.of("sim/well/valve"), Value.of(true)));

        assertEquals(DriverException.Reason.NO_SUCH_POINT, e.reason());
    }

    private static double decimal(Reading reading) {
        return ((Value.DecimalValue) reading.value().orElseThrow()).value();
    }

    private final class Publishing implements DriverContext {

        @Override
        public void publish(List<Reading> readings) {
            published.addAll(readings);
        }

        @Override
        public void devicesChanged() {
            throw new AssertionError("the tank does not change");
        }

        @Override
        public void status(boolean connected, String detail) {
            throw new AssertionError("the tank is always there");
        }
    }
}
