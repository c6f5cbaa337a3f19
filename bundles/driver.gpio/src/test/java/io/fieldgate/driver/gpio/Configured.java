package io.fieldgate.driver.gpio;

import io.fieldgate.testkit.Configurations;
import java.util.List;
import java.util.Map;

/** A configuration as an administrator would write it. */
record Configured(String chip, List<String> lines) {

    Configured(String chip, String... lines) {
        this(chip, List.of(lines));
    }

    GpioDriver driver(Chips chips) {
        Map<String, Object> values =
                Map.of("fieldgate.driver.id", "board", "chip", chip, "lines", lines.toArray(String[]::new));
        return new GpioDriver(Configurations.of(GpioDriver.Config.class, values), chips, System::nanoTime, 20);
    }
}
