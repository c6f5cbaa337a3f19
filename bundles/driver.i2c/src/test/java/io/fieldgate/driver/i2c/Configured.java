package io.fieldgate.driver.i2c;

import io.fieldgate.testkit.Configurations;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** A configuration as an administrator would write it. */
record Configured(List<String> parts, List<String> registers) {

    static Configured parts(String... lines) {
        return new Configured(List.of(lines), List.of());
    }

    static Configured registers(String... lines) {
        return new Configured(List.of(), List.of(lines));
    }

    I2cDriver driver(Bus bus) {
        return driver(bus, new AtomicLong());
    }

    I2cDriver driver(Bus bus, AtomicLong nanos) {
        Map<String, Object> values = Map.of(
                "fieldgate.driver.id",
                "i2c",
                "bus",
                7,
                "parts",
                parts.toArray(String[]::new),
                "registers",
                registers.toArray(String[]::new));
        return new I2cDriver(Configurations.of(I2cDriver.Config.class, values), bus, nanos::get);
    }
}
