package io.fieldgate.driver.modbus;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.Quality;
import io.fieldgate.api.data.Reading;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.driver.DriverException;
import io.fieldgate.testkit.Configurations;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Drivers for tests, and what they say. */
final class Drivers {

    private Drivers() {}

    static ModbusDriver.Config config(String connect, Map<String, ?> more) {
        Map<String, Object> values = new HashMap<>(Map.of(
                "fieldgate.driver.id",
                "bus",
                "connect",
                connect,
                "timeout.ms",
                300,
                "retries",
                0,
                "units",
                new String[] {"plc unit=1"},
                "registers",
                new String[0]));
        values.putAll(more);
        return Configurations.of(ModbusDriver.Config.class, values);
    }

    static ModbusDriver at(int port, Map<String, ?> more) {
        return new ModbusDriver(config("tcp:127.0.0.1:" + port, more));
    }

    static ModbusDriver at(int port, String... registers) {
        return at(port, Map.of("registers", registers));
    }

    static List<PointId> ids(String... points) {
        return Arrays.stream(points).map(point -> PointId.of("bus/" + point)).toList();
    }

    static Reading read(ModbusDriver driver, String point) throws DriverException {
        return driver.read(ids(point)).get(0);
    }

    static void assertValue(Value expected, Reading reading) {
        assertEquals(Reading.good(reading.point(), expected), reading);
    }

    static void assertBad(Quality.Code expected, Reading reading) {
        assertEquals(Quality.bad(expected), reading.quality(), reading::toString);
    }
}
