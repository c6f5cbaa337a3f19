package io.fieldgate.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.fieldgate.api.data.Access;
import io.fieldgate.api.data.DeviceId;
import io.fieldgate.api.data.DeviceInfo;
import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.Quality;
import io.fieldgate.api.data.Reading;
import io.fieldgate.api.data.Sample;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.data.ValueType;
import io.fieldgate.api.gateway.DriverInfo;
import io.fieldgate.api.gateway.PointException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code fg:points}, {@code fg:read}, {@code fg:write} and {@code fg:devices}. */
class PointCommandsTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:01:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final PointId LEVEL = PointId.of("sim/tank/level");
    private static final PointId LOAD = PointId.of("linux/cpu/load");
    private static final PointId VALVE = PointId.of("sim/tank/valve");
    private static final PointId HEATER = PointId.of("sim/tank/heater");
    private static final PointId COUNT = PointId.of("sim/tank/count");
    private static final PointId LABEL = PointId.of("sim/tank/label");
    private static final PointId BLOB = PointId.of("sim/tank/blob");

    private final FakePoints points = new FakePoints();
    private final FakeSession session = FakeSession.plain();
    private final PointCommands list = new PointCommands(CLOCK);
    private final AccessCommands access = new AccessCommands(CLOCK, Duration.ZERO);
    private final DeviceCommands devices = new DeviceCommands();

    @BeforeEach
    void bind() {
        list.bindPoints(points);
        access.bindPoints(points);
        devices.bindPoints(points);
        points.with(
                        PointInfo.builder(LEVEL, ValueType.DECIMAL)
                                .unit("m")
                                .range(0, 2.5)
                                .pollPeriod(Duration.ofMillis(500))
                                .build(),
                        new Sample(
                                Reading.good(LEVEL, Value.of(1.23456789)).takenAt(NOW.minusSeconds(3)),
                                NOW.minusSeconds(2),
                                1))
                .with(
                        PointInfo.builder(LOAD, ValueType.DECIMAL).build(),
                        new Sample(Reading.bad(LOAD, Quality.Code.TIMEOUT), NOW.minusSeconds(61), 2));
    }

    @Test
    void listsPointsByName() throws Exception {
        assertEquals("""
                POINT           VALUE    UNIT  QUALITY        AGE
                linux/cpu/load  -        1     bad (timeout)  1 min 1 s
                sim/tank/level  1.23457  m     good           2 s""", list.points(session));
        assertEquals(2, list.points(session, "sim/**").lines().count());
        assertEquals(2, list.points(session, "--bad").lines().count());
        assertEquals(1, list.points(session, "--bad", "sim/**").lines().count());
    }

    @Test
    void listsAllThereIsToSay() throws Exception {
        assertEquals("""
                POINT           TYPE     ACCESS  RANGE     PERIOD  VALUE       UNIT  QUALITY  AGE  SEQUENCE  DEVICE TIME
                sim/tank/level  decimal  r       0 to 2.5  500 ms  1.23456789  m     good     2 s         1  2026-01-01T00:00:57Z""", list.points(session, "-l", "sim/**"));
    }

    @Test
    void shortensTheQualityBeforeTheName() throws Exception {
        assertEquals("""
                POINT           VALUE    UNIT  QUALI…  AGE
                linux/cpu/load  -        1     bad (…  1 min 1 s
                sim/tank/level  1.23457  m     good    2 s""", list.points(FakeSession.of(48, 24)));
    }

    @Test
    void readsFromTheHardware() throws Exception {
        points.answering(
                LEVEL, CompletableFuture.completedFuture(new Sample(Reading.good(LEVEL, Value.of(2.0)), NOW, 9)));

        access.read(session, "sim/tank/level", "sim/tank/level");

        assertEquals("""
                POINT           VALUE  UNIT  QUALITY  AGE
                sim/tank/level  2      m     good     0 s
                """, session.printed());
    }

    @Test
    void saysWhichPointsCouldNotBeRead() {
        points.answering(
                        LEVEL,
                        CompletableFuture.completedFuture(new Sample(Reading.good(LEVEL, Value.of(2.0)), NOW, 9)))
                .answering(
                        LOAD,
                        CompletableFuture.completedFuture(
                                new Sample(Reading.bad(LOAD, Quality.Code.DEVICE_FAILURE), NOW, 10)))
                .answering(HEATER, new CompletableFuture<>())
                .refusing(VALVE, PointException.Reason.BUSY, "too much waits for sim already");

        assertEquals(
                "fg:read: linux/cpu/load is bad (device-failure); sim/tank/heater did not answer within 0 s; too much waits"
                        + " for sim already",
                assertThrows(
                                IllegalStateException.class,
                                () -> access.read(
                                        session,
                                        "sim/tank/level",
                                        "linux/cpu/load",
                                        "sim/tank/heater",
                                        "sim/tank/valve"))
                        .getMessage());
        assertEquals(3, session.printed().lines().count());
    }

    @Test
    void writesAndShowsWhatTheDeviceHasConfirmed() throws Exception {
        writable(HEATER, ValueType.DECIMAL);
        points.answering(
                HEATER, CompletableFuture.completedFuture(new Sample(Reading.good(HEATER, Value.of(-5.0)), NOW, 9)));

        assertEquals("""
                POINT            VALUE  UNIT  QUALITY  AGE
                sim/tank/heater  -5     1     good     0 s""", access.write(session, "sim/tank/heater", "-5"));
        assertEquals(List.of("write by shell"), points.writers);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "valve | true | boolean true",
                "valve | ON | boolean true",
                "valve | 1 | boolean true",
                "valve | False | boolean false",
                "valve | off | boolean false",
                "valve | 0 | boolean false",
                "heater | 5 | decimal 5.0",
                "heater | -.5e1 | decimal -5.0",
                "count | -7 | integer -7",
                "count | 9223372036854775807 | integer 9223372036854775807",
                "label | two words | text two words",
                "label | 007 | text 007",
                "blob | 0aFF | bytes 0aff",
                "blob | '' | bytes ''",
            })
    void readsAValueByTheTypeOfThePoint(String name, String text, String written) throws Exception {
        writableOfEachType();
        PointId point = DeviceId.of("sim/tank").point(name);
        points.answering(
                point, CompletableFuture.completedFuture(new Sample(Reading.good(point, Value.of(1)), NOW, 9)));

        access.write(session, point.toString(), text);

        assertEquals(List.of(point + "=" + written.replace("''", "")), points.written);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "valve | maybe | sim/tank/valve takes true, on or 1, and false, off or 0",
                "heater | warm | sim/tank/heater takes a number from 0 to 100 %",
                "heater | 1e999 | sim/tank/heater takes a number from 0 to 100 %",
                "heater | NaN | sim/tank/heater takes a number from 0 to 100 %",
                "heater | 5d | sim/tank/heater takes a number from 0 to 100 %",
                "count | 1.5 | sim/tank/count takes a whole number",
                "count | 9223372036854775808 | sim/tank/count takes a whole number",
                "blob | 0g | sim/tank/blob takes bytes as two hexadecimal digits each",
                "blob | 123 | sim/tank/blob takes bytes as two hexadecimal digits each",
            })
    void refusesAValueOfAnotherType(String name, String text, String line) {
        writableOfEachType();
        assertEquals("fg:write: " + line + ", got \"" + text + '"', refused("sim/tank/" + name, text));
        assertEquals(List.of(), points.written);
    }

    @Test
    void saysWhyAPointIsNotWritten() {
        writableOfEachType();
        assertEquals("fg:write: sim/tank/level is read-only", refused("sim/tank/level", "1"));
        assertEquals(
                "fg:write: no device has a point sim/tank/lid now; fg:points lists those that are there, fg:devices the drivers",
                refused("sim/tank/lid", "1"));
        assertEquals("fg:write: " + messageOf(() -> PointId.of("tank")), refused("tank", "1"));
        points.refusing(HEATER, PointException.Reason.OUT_OF_RANGE, "101.0 is too much")
                .refusing(VALVE, PointException.Reason.DISCONNECTED, "sim is not connected")
                .answering(COUNT, new CompletableFuture<>());
        assertEquals("fg:write: 101.0 is too much", failed("sim/tank/heater", "101"));
        assertEquals("fg:write: sim is not connected", failed("sim/tank/valve", "on"));
        assertEquals(
                "fg:write: sim/tank/count did not confirm it within 0 s; whether it took the value is not known",
                failed("sim/tank/count", "1"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "points | --foo | fg:points: there is no option --foo, there are -l, --long, --bad, --help. Usage: fg:points [-l] [--bad] [FILTER…]",
                "points | sim | fg:points: a filter is driver/device/point with * for any segment or ** for the rest, got \"sim\"",
                "points | sim/** sim/pump/* | fg:points: no point matches sim/pump/* now; fg:points lists those that are there",
                "devices | pump | fg:devices: no driver matches pump now; fg:devices lists those that are there",
                "read | | fg:read: one POINT or more is needed. Usage: fg:read POINT…",
                "write | sim/tank/valve | fg:write: a VALUE is needed. Usage: fg:write POINT VALUE",
                "write | sim/tank/valve on now | fg:write: \"now\" is one argument too many. Usage: fg:write POINT VALUE",
                "devices | a b | fg:devices: \"b\" is one argument too many. Usage: fg:devices [FILTER]",
                "devices | a/b/c | fg:devices: a filter of devices is driver or driver/device with * for any, got \"a/b/c\"",
            })
    void refusesWhatIsWrong(String command, String given, String line) {
        String[] words = given == null ? new String[0] : given.split(" ");
        assertEquals(
                line,
                assertThrows(IllegalArgumentException.class, () -> {
                            switch (command) {
                                case "points" -> list.points(session, words);
                                case "read" -> access.read(session, words);
                                case "write" -> access.write(session, words);
                                default -> devices.devices(session, words);
                            }
                        })
                        .getMessage());
    }

    @Test
    void saysHowDriversAreAndWhy() throws Exception {
        points.with("linux", DriverInfo.State.HUNG, "read did not answer within 10 s")
                .with("sim", DriverInfo.State.RUNNING, "")
                .with(DeviceInfo.builder(LOAD.device())
                        .description("This machine")
                        .point(PointInfo.builder(LOAD, ValueType.DECIMAL).build())
                        .build())
                .with(DeviceInfo.builder(LEVEL.device()).build());

        assertEquals("""
                DRIVER  STATE    POINTS  BUNDLE                           DETAIL
                linux   hung          6  io.fieldgate.driver.linux 1.0.0  read did not answer within 10 s
                sim     running       6  io.fieldgate.driver.sim 1.0.0

                DEVICE     POINTS  BAD  DESCRIPTION
                linux/cpu       1    1  This machine
                sim/tank        0    0""", devices.devices(session));
        assertEquals("""
                DRIVER  STATE  POINTS  BUNDLE                           DETAIL
                linux   hung        6  io.fieldgate.driver.linux 1.0.0  read did not answer
                                                                        within 10 s

                DEVICE     POINTS  BAD  DESCRIPTION
                linux/cpu       1    1  This machine""", devices.devices(FakeSession.of(80, 24), "linux/*"));
        assertEquals(5, devices.devices(session, "sim").lines().count());
        assertEquals(4, devices.devices(session, "sim/pump").lines().count());
    }

    private void writableOfEachType() {
        writable(VALVE, ValueType.BOOLEAN);
        points.with(
                PointInfo.builder(HEATER, ValueType.DECIMAL)
                        .access(Access.READ_WRITE)
                        .unit("%")
                        .range(0, 100)
                        .build(),
                new Sample(Reading.bad(HEATER, Quality.Code.WAITING), NOW, 8));
        writable(COUNT, ValueType.INTEGER);
        writable(LABEL, ValueType.TEXT);
        writable(BLOB, ValueType.BYTES);
    }

    private void writable(PointId point, ValueType type) {
        points.with(
                PointInfo.builder(point, type).access(Access.READ_WRITE).build(),
                new Sample(Reading.bad(point, Quality.Code.WAITING), NOW, 7));
    }

    private static String messageOf(Executable call) {
        return assertThrows(IllegalArgumentException.class, call).getMessage();
    }

    private String refused(String... given) {
        return assertThrows(IllegalArgumentException.class, () -> access.write(session, given))
                .getMessage();
    }

    private String failed(String... given) {
        return assertThrows(IllegalStateException.class, () -> access.write(session, given))
                .getMessage();
    }
}
