package io.fieldgate.driver.gpio;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fieldgate.api.driver.Finding;
import org.junit.jupiter.api.Test;

class GpioDiscoveryTest {

    @Test
    void proposesAConfigurationThatWorksAndTakesNoLine() throws Exception {
        FakeLines lines = new FakeLines().busy(0, "spi0 CS0");

        Finding found = new GpioDiscovery(lines).find().get(0);

        assertEquals("/dev/gpiochip0: GPIO chip fieldgate, 8 lines, 1 in use", found.toString());
        assertEquals("io.fieldgate.driver.gpio-gpiochip0.cfg", found.file().orElseThrow());
        assertEquals("#   0, input, in use by spi0 CS0", found.lines().get(1));
        assertEquals("#   3 RELAY, input", found.lines().get(4));
        assertEquals(
                "#   line3 line=3 direction=in description=relay", found.lines().get(13));
        String table = found.lines().get(found.lines().size() - 1);
        assertEquals("lines=line1 line=1 direction=in", table);
        assertEquals(0, lines.open());
        assertEquals(
                1,
                GpioSettings.of("gpiochip0", "gpio", "gpiochip0", table.substring("lines=".length()))
                        .lines()
                        .size());
    }
}
