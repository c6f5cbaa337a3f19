package io.fieldgate.driver.gpio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.api.data.Access;
import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.Value;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GpioSettingsTest {

    private static GpioSettings settings(String chip, String... lines) {
        return GpioSettings.of("gpio", "board", chip, lines);
    }

    @Test
    void describesThePointsOfALine() {
        List<String> points = settings(
                        "chip",
                        "door line=3 direction=in counter=true frequency=true",
                        "relay line=RELAY direction=out",
                        "fan line=4 direction=out pwm.hz=50")
                .lines()
                .stream()
                .flatMap(line -> line.points().stream())
                .map(PointInfo::toString)
                .toList();

        assertEquals(
                List.of(
                        "gpio/board/door (boolean, r)",
                        "gpio/board/door-count (integer in 1, r)",
                        "gpio/board/door-frequency (decimal in Hz, r)",
                        "gpio/board/relay (boolean, rw)",
                        "gpio/board/fan-duty (decimal in %, rw)"),
                points);
    }

    @Test
    void anOutputIsSafeWhenItIsOffUnlessToldOtherwise() {
        GpioSettings read = settings(
                "chip",
                "a line=1 direction=out",
                "b line=2 direction=out safe=true",
                "c line=3 direction=out pwm.hz=50",
                "d line=4 direction=in");

        assertEquals(
                List.of(
                        Optional.of(Value.of(false)),
                        Optional.of(Value.of(true)),
                        Optional.of(Value.of(0.0)),
                        Optional.empty()),
                read.lines().stream().map(line -> line.main.safe()).toList());
        assertEquals(Access.READ, read.lines().get(3).main.access());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    door direction=in                              | line is missing
                    door line=3                                    | direction is missing
                    door line=3 direction=up                       | direction=up is not allowed: it must be one of in, out
                    door line=3 direction=in pull=strong           | pull=strong is not allowed: it must be one of none, up, down
                    door line=3 direction=in debounce.ms=10001     | debounce.ms=10001 is not allowed
                    door line=3 direction=in initial=true          | initial is unknown: known are
                    door line=3 direction=out pull=up              | pull is unknown: known are
                    door line=3 direction=out pwm.hz=201           | pwm.hz=201 is not allowed: it must be a whole number from 1 to 200
                    door line=3 direction=out pwm.hz=9 initial=101 | it must be a number from 0 to 100
                    door line=3 direction=out safe=keep            | safe=keep is not allowed
                    Door line=3 direction=out                      | the name makes no id of a point
                    """)
    void aLineThatIsWrongIsNamed(String line, String message) {
        IllegalArgumentException wrong = assertThrows(IllegalArgumentException.class, () -> settings("chip", line));

        assertTrue(
                wrong.getMessage().startsWith("lines, line \"")
                        && wrong.getMessage().contains(message),
                wrong::getMessage);
    }

    @Test
    void aNumberNeedsAChip() {
        IllegalArgumentException wrong =
                assertThrows(IllegalArgumentException.class, () -> settings("", "door line=3 direction=in"));

        assertTrue(wrong.getMessage().contains("line=3 is a number, which needs the chip"), wrong::getMessage);
    }

    @Test
    void noLineAndNoPointIsThereTwice() {
        IllegalArgumentException line = assertThrows(
                IllegalArgumentException.class,
                () -> settings("chip", "a line=3 direction=in", "b line=3 direction=out"));
        IllegalArgumentException point = assertThrows(
                IllegalArgumentException.class,
                () -> settings("chip", "a line=3 direction=in counter=true", "a-count line=4 direction=in"));

        assertTrue(line.getMessage().contains("line 3 is there already, by the line \"a\""), line::getMessage);
        assertTrue(point.getMessage().contains("point a-count is there already"), point::getMessage);
    }

    @Test
    void anEmptyTableIsRefused() {
        assertTrue(assertThrows(IllegalArgumentException.class, () -> settings("chip"))
                .getMessage()
                .startsWith("lines is empty"));
    }
}
