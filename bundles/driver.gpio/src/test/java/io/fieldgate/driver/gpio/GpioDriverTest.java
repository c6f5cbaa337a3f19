package io.fieldgate.driver.gpio;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.Quality;
import io.fieldgate.api.data.Reading;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.driver.DriverException;
import io.fieldgate.testkit.FakeDriverContext;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class GpioDriverTest {

    private static final Instant THEN = Instant.parse("2026-01-02T03:04:05.678Z");

    private final FakeLines lines = new FakeLines();
    private final FakeDriverContext context = new FakeDriverContext();
    private GpioDriver driver;

    @TempDir
    private Path folder;

    @AfterEach
    void stops() {
        if (driver != null) {
            driver.stop();
            assertEquals(0, lines.open(), "lines are left");
        }
    }

    private GpioDriver start(String... table) throws DriverException {
        driver = driver(table);
        driver.start(context);
        return driver;
    }

    private GpioDriver driver(String... table) {
        return new GpioDriver(
                GpioSettings.of("gpio", "gpio", "fieldgate", table), lines, new KeptLevels(folder.resolve("levels")));
    }

    private static PointId point(String name) {
        return PointId.of("gpio/gpio/" + name);
    }

    private Reading read(String name) {
        return driver.read(List.of(point(name))).get(0);
    }

    private Optional<Value> value(String name) {
        return read(name).value();
    }

    @Test
    void pushesEachEdgeWithTheKernelsTime() throws Exception {
        start("door line=0 direction=in counter=true");

        lines.set(0, true, THEN);
        lines.set(0, false, THEN.plusMillis(1));

        assertEquals(
                List.of(
                        Reading.good(point("door"), Value.of(true)).takenAt(THEN),
                        Reading.good(point("door"), Value.of(false)).takenAt(THEN.plusMillis(1))),
                context.readings());
        assertEquals(Optional.of(Value.of(2L)), value("door-count"));
        assertEquals(Optional.of(Value.of(false)), value("door"));
    }

    @Test
    void activeLowInvertsWhatIsReadPushedAndAskedFor() throws Exception {
        start(
                "door line=0 direction=in active-low=true pull=up edge=rising",
                "relay line=RELAY direction=out active-low=true");

        assertEquals(new Lines.Wanted(Lines.Pull.UP, Lines.Edge.FALLING), lines.wanted(0));
        assertEquals(Optional.of(Value.of(true)), value("door"));
        assertEquals(Optional.of(Value.of(false)), value("relay"));
        assertTrue(lines.level(3), "off is high");
        driver.write(point("relay"), Value.of(true));
        assertFalse(lines.level(3));
    }

    @Test
    void aBounceIsOneEdgeWithTheTimeOfItsFirst() throws Exception {
        start("door line=0 direction=in debounce.ms=50 counter=true");

        for (int i = 0; i < 9; i++) {
            lines.set(0, i % 2 == 0, THEN.plusMillis(i));
        }

        await().atMost(10, SECONDS).until(() -> !context.readings().isEmpty());
        assertEquals(List.of(Reading.good(point("door"), Value.of(true)).takenAt(THEN)), context.readings());
        assertEquals(Optional.of(Value.of(1L)), value("door-count"));
    }

    @Test
    void outputsBeginAndEndAsConfigured() throws Exception {
        start(
                "a line=1 direction=out initial=true",
                "b line=2 direction=out safe=true",
                "c line=RELAY direction=out initial=true stop=keep");
        assertEquals(List.of("1=true", "2=false", "3=true"), lines.log());

        driver.stop();

        assertEquals(
                List.of("1=false", "1 released", "2=true", "2 released", "3 released"),
                lines.log().subList(3, 8));
        assertTrue(lines.level(3));
    }

    @Test
    void anOutputKeepsItsLevelOverAnUpdate() throws Exception {
        String table = "relay line=RELAY direction=out initial=keep stop=keep";
        start(table);
        assertEquals(Optional.of(Value.of(false)), value("relay"), "nothing is known of it");
        driver.write(point("relay"), Value.of(true));
        driver.stop();

        start(table);

        assertEquals(Optional.of(Value.of(true)), value("relay"));
        assertEquals(List.of("3=false", "3=true", "3 released", "3=true"), lines.log());
    }

    @Test
    void aBusyLineLeavesTheOthersAloneAndIsTriedAgain() throws Exception {
        lines.busy(3, "spi0 CS0");
        start("door line=0 direction=in", "relay line=RELAY direction=out");

        assertEquals(Optional.of(Value.of(false)), value("door"));
        assertEquals(Quality.bad(Quality.Code.DISCONNECTED), read("relay").quality());
        FakeDriverContext.Status status = context.statuses().get(0);
        assertTrue(status.connected());
        assertEquals("line relay (RELAY of gpiochip0 (fieldgate)) is held by \"spi0 CS0\"", status.detail());

        lines.free(3);

        await().atMost(30, SECONDS).until(() -> value("relay").isPresent());
        await().atMost(10, SECONDS).until(() -> context.statuses().size() == 2);
        assertEquals("", context.statuses().get(1).detail());
    }

    @Test
    void doesNotStartIfAllLinesAreBusy() {
        lines.busy(3, "");
        DriverException failure = assertThrows(DriverException.class, () -> start("relay line=3 direction=out"));

        assertEquals(DriverException.Reason.CONNECTION, failure.reason());
        assertEquals("line relay (3 of gpiochip0 (fieldgate)) is held by the kernel", failure.getMessage());

        lines.free(3);
        assertDoesNotThrow(() -> driver.start(context), "the gateway tries again");
        assertEquals(List.of(new FakeDriverContext.Status(true, "")), context.statuses());
    }

    @Test
    void comesBackWithAChipThatWasPulled() throws Exception {
        start("door line=0 direction=in", "fan line=4 direction=out pwm.hz=100 initial=50");

        lines.unplug();

        await().atMost(30, SECONDS).until(() -> context.changes() == 1);
        assertEquals(0, lines.open());
        assertTrue(context.readings().contains(Reading.bad(point("door"), Quality.Code.DISCONNECTED)));
        assertTrue(context.readings().contains(Reading.bad(point("fan-duty"), Quality.Code.DISCONNECTED)));
        assertTrue(context.statuses().get(0).connected());
        assertFalse(context.statuses().get(1).connected());

        lines.plug();

        await().atMost(30, SECONDS)
                .until(() -> value("door").isPresent() && value("fan-duty").isPresent());
        lines.set(0, true, THEN);
        await().atMost(10, SECONDS)
                .until(() -> context.readings()
                        .contains(Reading.good(point("door"), Value.of(true)).takenAt(THEN)));
    }

    @Test
    void switchesAnOutputAtTheDutyCycle() throws Exception {
        start("fan line=4 direction=out pwm.hz=200 safe=0");
        assertFalse(lines.level(4));

        driver.write(point("fan-duty"), Value.of(100.0));
        await().atMost(10, SECONDS).until(() -> lines.level(4));

        driver.write(point("fan-duty"), Value.of(30.0));
        int before = lines.log().size();
        await().atMost(10, SECONDS).until(() -> lines.log().size() > before + 20);
        List<String> switched = lines.log().subList(before + 2, before + 20);
        assertTrue(switched.contains("4=true") && switched.contains("4=false"), switched::toString);

        driver.stop();
        assertFalse(lines.level(4));
        DriverException failure =
                assertThrows(DriverException.class, () -> driver.write(point("fan-duty"), Value.of(1.0)));
        assertEquals(DriverException.Reason.CONNECTION, failure.reason());
    }

    @Test
    void leavesNothingAfterAThousandStarts() throws Exception {
        for (int i = 0; i < 1000; i++) {
            GpioDriver next = driver(
                    "door line=0 direction=in debounce.ms=10",
                    "relay line=RELAY direction=out",
                    "fan line=4 direction=out pwm.hz=200");
            next.start(context);
            lines.set(0, i % 2 == 0, THEN);
            next.stop();
            assertEquals(0, lines.open());
        }
        await().atMost(10, SECONDS)
                .until(() -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().startsWith("fieldgate-gpio")));
    }
}
