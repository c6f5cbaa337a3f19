package io.fieldgate.driver.gpio;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.Quality.Level;
import io.fieldgate.api.data.Reading;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.driver.DriverException;
import io.fieldgate.api.driver.DriverException.Reason;
import io.fieldgate.testkit.FakeDriverContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GpioDriverTest {

    private final FakeChips chips = new FakeChips();
    private final FakeDriverContext context = new FakeDriverContext();
    private GpioDriver driver;

    @AfterEach
    void stop() {
        if (driver != null) {
            driver.stop();
        }
        assertEquals(0, chips.open(), "chips and lines that were not given back");
    }

    private void start(String... lines) throws DriverException {
        driver = new Configured("board", lines).driver(chips);
        driver.start(context);
    }

    private static PointId point(String name) {
        return PointId.of("board/gpio/" + name);
    }

    private Optional<Value> read(String name) {
        return driver.read(List.of(point(name))).get(0).value();
    }

    @Test
    void pushesEachEdgeWithItsTime() throws Exception {
        start("door line=0 use=in pull=up active-low=true");
        Instant before = Instant.now().minusSeconds(1);

        chips.set(0, true, System.nanoTime() - 1_000_000_000L);
        chips.set(0, false, System.nanoTime());

        List<Reading> pushed = context.readings();
        assertEquals(
                List.of(Value.of(true), Value.of(false)),
                pushed.stream().map(reading -> reading.value().orElseThrow()).toList());
        Instant told = pushed.get(0).deviceTime().orElseThrow();
        assertTrue(Duration.between(before, told).abs().toMillis() < 500, () -> told + " is not a second ago");
        assertEquals(List.of("0 in UP active-low"), chips.said);
    }

    @Test
    void anEdgeOfAnotherClockHasNoTime() throws Exception {
        start("door line=0 use=in");

        chips.set(0, true, System.nanoTime() + 3_600_000_000_000L);

        assertEquals(Optional.empty(), context.readings().get(0).deviceTime());
    }

    @Test
    void findsALineByItsName() throws Exception {
        driver = new Configured("", "relay line=D use=out initial=true").driver(chips);
        driver.start(context);

        assertEquals(List.of("3 high"), chips.said);
        assertEquals(Optional.of(Value.of(true)), read("relay"));
    }

    @Test
    void aBouncingContactCountsWhenItKeepsStill() throws Exception {
        start("door line=0 use=in debounce.ms=50 counter=true edge=both");

        for (int i = 0; i < 21; i++) {
            chips.set(0, i % 2 == 0, System.nanoTime());
        }

        await().atMost(Duration.ofSeconds(10)).until(() -> read("door-count").equals(Optional.of(Value.of(1))));
        assertEquals(Optional.of(Value.of(true)), read("door"));
    }

    @Test
    void countsTheEdgesThatItIsToldTo() throws Exception {
        start(
                "a line=0 use=in counter=true",
                "b line=1 use=in counter=true edge=falling",
                "c line=2 use=in counter=true edge=both");

        for (int i = 0; i < 10; i++) {
            for (int line = 0; line < 3; line++) {
                chips.set(line, i % 2 == 0, System.nanoTime());
            }
        }
        chips.set(0, true, System.nanoTime());

        assertEquals(Optional.of(Value.of(6)), read("a-count"));
        assertEquals(Optional.of(Value.of(5)), read("b-count"));
        assertEquals(Optional.of(Value.of(10)), read("c-count"));
    }

    @Test
    void tellsOfAFrequency() throws Exception {
        start("flow line=0 use=in frequency=true gate.ms=100");

        await().atMost(Duration.ofSeconds(10)).until(() -> {
            chips.set(0, true, System.nanoTime());
            chips.set(0, false, System.nanoTime());
            return context.readings().stream()
                    .filter(reading -> reading.point().equals(point("flow-frequency")))
                    .map(reading -> ((Value.DecimalValue) reading.value().orElseThrow()).value())
                    .anyMatch(hertz -> hertz > 0 && hertz < 10_000);
        });
    }

    @Test
    void anOutputBeginsAndEndsAsItIsToldTo() throws Exception {
        start("pump line=0 use=out initial=true safe=false", "valve line=1 use=out active-low=true safe=true");

        driver.write(point("pump"), Value.of(false));
        assertEquals(
                Value.of(true),
                driver.write(point("pump"), Value.of(true)).value().orElseThrow());
        assertEquals(
                Value.of(false),
                driver.write(point("valve"), Value.of(false)).value().orElseThrow());
        driver.stop();

        assertEquals(List.of("0 high", "1 high", "0 low", "0 high", "1 high", "0 low", "1 low"), chips.said);
    }

    @Test
    void anOutputByPulseWidthIsOnForItsShare() throws Exception {
        start("heater line=0 use=pwm hz=100 initial=100 safe=0");
        await().atMost(Duration.ofSeconds(10)).until(() -> chips.levels.getOrDefault(0, false));

        driver.write(point("heater"), Value.of(50.0));
        await().atMost(Duration.ofSeconds(10)).until(() -> !chips.levels.get(0));
        await().atMost(Duration.ofSeconds(10)).until(() -> chips.levels.get(0));
        assertEquals(Optional.of(Value.of(50.0)), read("heater"));
        driver.stop();

        assertEquals(false, chips.levels.get(0));
    }

    @Test
    void aLineThatIsHeldDoesNotHarmTheOthers() throws Exception {
        chips.holders.put(0, "gpioset");
        start("door line=0 use=in", "lamp line=1 use=out");

        assertEquals(
                Level.BAD, driver.read(List.of(point("door"))).get(0).quality().level());
        assertEquals(Optional.of(Value.of(false)), read("lamp"));
        assertTrue(
                context.statuses().get(0).connected()
                        && context.statuses().get(0).detail().contains("line 0 is held by \"gpioset\""),
                () -> "" + context.statuses());

        chips.holders.remove(0);
        await().atMost(Duration.ofSeconds(10)).until(() -> read("door").isPresent());
        await().atMost(Duration.ofSeconds(10))
                .until(() -> context.statuses()
                        .get(context.statuses().size() - 1)
                        .detail()
                        .isEmpty());
    }

    @Test
    void aChipThatIsPulledComesBackUnderAnotherName() throws Exception {
        start("door line=0 use=in", "lamp line=1 use=out initial=true");

        chips.pull();
        await().atMost(Duration.ofSeconds(10)).until(() -> read("lamp").isEmpty());
        await().atMost(Duration.ofSeconds(10))
                .until(() -> !context.statuses().isEmpty()
                        && !context.statuses().get(0).connected());
        DriverException refusal =
                assertThrows(DriverException.class, () -> driver.write(point("lamp"), Value.of(true)));
        assertEquals(Reason.CONNECTION, refusal.reason());

        chips.putBack("gpiochip7");
        await().atMost(Duration.ofSeconds(10)).until(() -> read("lamp").equals(Optional.of(Value.of(true))));
        chips.set(0, true, System.nanoTime());
        await().atMost(Duration.ofSeconds(10)).until(() -> read("door").equals(Optional.of(Value.of(true))));
    }

    @Test
    void saysWhichChipsThereAre() {
        GpioDriver elsewhere = new Configured("elsewhere", "door line=0 use=in").driver(chips);

        DriverException refusal = assertThrows(DriverException.class, () -> elsewhere.start(context));

        assertEquals(
                "there is no GPIO chip \"elsewhere\"; there are gpiochip0 (board), gpiochip1 (empty)",
                refusal.getMessage());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "door use=in;line is missing",
                "door line=0;use is missing",
                "door line=0 use=up;use=up is not allowed: it must be one of in, out, pwm",
                "door line=0 use=in pull=left;pull=left is not allowed: it must be one of as-is, none, up, down",
                "door line=0 use=in debounce.ms=20000;it must be a whole number from 0 to 10000",
                "door line=0 use=in initial=true;initial is unknown",
                "door line=0 use=out pull=up;pull is unknown",
                "door line=0 use=pwm hz=1000;hz=1000 is not allowed: it must be a whole number from 1 to 200",
                "door line=0 use=pwm hz=10 safe=200;safe=200.0 is not allowed: it must be from 0 to 100",
                "DOOR line=0 use=in;DOOR"
            })
    void saysWhatIsWrongWithALine(String line, String message) {
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> new Configured("board", line).driver(chips));

        assertTrue(refusal.getMessage().contains(message), refusal::getMessage);
    }

    @Test
    void aNumberNeedsAChip() {
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> new Configured("", "a line=0 use=in").driver(chips));

        assertEquals("lines, line \"a\": line=0 is a number, so chip must be given", refusal.getMessage());
    }

    @Test
    void isFoundWithAConfigurationThatWorks() throws Exception {
        chips.holders.put(2, "kernel");

        var found = new GpioDiscovery(chips).find();

        assertEquals("gpiochip0: board, 8 lines, 1 of them held", found.get(0).toString());
        assertEquals(
                Optional.of("io.fieldgate.driver.gpio-gpiochip0.cfg"),
                found.get(0).file());
        assertEquals(Optional.empty(), found.get(1).file());
        java.util.Properties file = new java.util.Properties();
        file.load(new java.io.StringReader(String.join("\n", found.get(0).lines())));
        driver = new Configured(
                        file.getProperty("chip"), file.getProperty("lines").split(","))
                .driver(chips);
        driver.start(context);
        assertEquals(7, driver.devices().get(0).points().size());
    }
}
