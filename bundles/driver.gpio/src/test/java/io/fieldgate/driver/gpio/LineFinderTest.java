package io.fieldgate.driver.gpio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.fieldgate.api.driver.DriverException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LineFinderTest {

    private static final Lines.Chip ONE = chip("gpiochip0", "soc", "LED", "4", "SHARED");
    private static final Lines.Chip TWO = chip("gpiochip1", "usb", "DOOR", "", "SHARED");
    private static final Lines.Chip THREE = chip("gpiochip2", "usb", "BELL");

    private static Lines.Chip chip(String name, String label, String... lines) {
        List<Lines.State> states = IntStream.range(0, lines.length)
                .mapToObj(i -> new Lines.State(i, lines[i], false, false, ""))
                .toList();
        return new Lines.Chip(name, label, states);
    }

    private static String find(String chip, String line) throws DriverException {
        LineSettings settings = GpioSettings.of("gpio", "gpio", chip, "x line=" + line + " direction=in")
                .lines()
                .get(0);
        LineFinder.Place place = new LineFinder(chip, List.of(ONE, TWO, THREE)).find(settings);
        return place.chip().name() + '/' + place.line().number();
    }

    private static String refusal(String chip, String line) {
        return assertThrows(DriverException.class, () -> find(chip, line)).getMessage();
    }

    @Test
    void findsByNameOnAnyChip() throws DriverException {
        assertEquals("gpiochip1/0", find("", "DOOR"));
    }

    @Test
    void findsByNumberOnTheChipOfALabelOrName() throws DriverException {
        assertEquals("gpiochip0/2", find("soc", "2"));
        assertEquals("gpiochip1/2", find("gpiochip1", "2"));
    }

    @Test
    void aNameGoesBeforeANumber() throws DriverException {
        assertEquals("gpiochip0/1", find("soc", "4"));
    }

    @Test
    void saysWhatIsThere() {
        assertEquals("line x: there is no line 9 on any of [gpiochip0 (soc)]", refusal("soc", "9"));
        assertEquals(
                "there is no GPIO chip pci: there is [gpiochip0 (soc), gpiochip1 (usb), gpiochip2 (usb)]",
                refusal("pci", "1"));
        assertEquals(
                "line SHARED is there more than once, on [gpiochip0 (soc), gpiochip1 (usb)]: give the chip, or the line's number",
                refusal("", "SHARED"));
        assertEquals(
                "chip=usb is not one chip but [gpiochip1 (usb), gpiochip2 (usb)]: give a name gpiochipN",
                refusal("usb", "1"));
    }
}
