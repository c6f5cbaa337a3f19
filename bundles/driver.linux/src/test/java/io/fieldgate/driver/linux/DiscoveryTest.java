package io.fieldgate.driver.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fieldgate.api.driver.Finding;
import io.fieldgate.testkit.FakeDriverContext;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiscoveryTest {

    @TempDir
    private Path root;

    @Test
    void findsConvertersWithAConfigurationThatWorks() throws Exception {
        try (FakeConverter converter = new FakeConverter(root)) {
            converter.files().write("/sys/bus/iio/devices/iio:device1/name", "plain");

            List<Finding> found = new ConverterDiscovery(root).find();

            assertEquals(
                    "iio:device0: adc, can be sampled: accel_x, voltage0, voltage1",
                    found.get(0).toString());
            assertEquals("iio:device1: plain, read one by one", found.get(1).toString());
            assertEquals(
                    Optional.of("io.fieldgate.driver.linux.sampling-device0.cfg"),
                    found.get(0).file());
            Properties file = new Properties();
            file.load(new StringReader(String.join("\n", found.get(0).lines())));
            SamplingDriver driver = converter.driver(Map.of(
                    "fieldgate.driver.id", file.getProperty("fieldgate.driver.id"),
                    "converter", file.getProperty("converter"),
                    "channels", file.getProperty("channels").split(","),
                    "trigger", "clock",
                    "rate.hz", Integer.valueOf(file.getProperty("rate.hz"))));
            driver.start(new FakeDriverContext());
            assertEquals(5, driver.devices().get(0).points().size());
            driver.stop();
        }
    }

    @Test
    void findsThermometers() {
        new FakeMachine(root)
                .write("/sys/bus/w1/devices/28-0316a2794bff/temperature", "1")
                .write("/sys/bus/w1/devices/01-0316a2794bff/id", "1")
                .write("/sys/bus/w1/devices/w1_bus_master1/name", "1");

        assertEquals(
                List.of(
                        "01-0316a2794bff: no thermometer, and not read",
                        "28-0316a2794bff: thermometer, read as linux/w1-28-0316a2794bff/temperature"),
                new ThermometerDiscovery(root)
                        .find().stream().map(Finding::toString).toList());
    }
}
