package io.fieldgate.driver.modbus;

import static io.fieldgate.driver.modbus.Drivers.assertBad;
import static io.fieldgate.driver.modbus.Drivers.assertValue;
import static io.fieldgate.driver.modbus.Drivers.ids;
import static io.fieldgate.driver.modbus.Drivers.read;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.Quality;
import io.fieldgate.api.data.Reading;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.driver.DriverException;
import io.fieldgate.testkit.FakeDriverContext;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The master with a simulator that nobody here wrote, over TCP and over a serial line. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class PymodbusTest {

    private static final String PYTHON = "/usr/bin/python3";
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private static final String[] REGISTERS = {
        "plc/level address=0 type=float32 unit=m writable=true",
        "plc/count address=2 type=int16 writable=true",
        "plc/beyond address=3 type=uint64",
        "plc/flags address=7 type=bits bit=4 length=4",
        "plc/flag address=7 type=bool bit=1 writable=true",
        "plc/swapped address=8 type=uint32 word-order=little writable=true",
        "plc/missing address=15",
        "plc/name address=20 type=string length=3 writable=true",
        "plc/setpoint address=30 type=int16 scale=0.1 unit=Cel writable=true",
        "plc/total address=32 type=int64 writable=true write-multiple=true",
        "plc/pump function=coil address=3 writable=true",
        "plc/valve function=coil address=4 writable=true write-multiple=true",
        "plc/alarm function=discrete address=6",
        "plc/measured function=input address=0 type=float32",
        "meter/level address=0 type=float32",
        "gone/level address=0 type=float32"
    };

    @TempDir
    private Path folder;

    private Path script() throws Exception {
        Tool.need(PYTHON, "-c", "import pymodbus.server, serial_asyncio");
        Path script = folder.resolve("simulator.py");
        try (InputStream source = PymodbusTest.class.getResourceAsStream("simulator.py")) {
            Files.copy(source, script);
        }
        return script;
    }

    private static ModbusDriver driver(String connect) {
        Map<String, Object> settings = new HashMap<>(Map.of(
                "units", new String[] {"plc unit=1", "meter unit=2", "gone unit=9"},
                "registers", REGISTERS,
                "timeout.ms", 1000,
                "retries", 1,
                "dead.retry.s", 60,
                "gap", 20));
        settings.put("parity", "none");
        return new ModbusDriver(Drivers.config(connect, settings));
    }

    @Test
    void readsAndWritesOverTcp() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        try (Tool simulator = Tool.start(PYTHON, script().toString(), "tcp", Integer.toString(port))) {
            ModbusDriver driver = driver("tcp:127.0.0.1:" + port);
            try {
                await(simulator.output()).atMost(LIMIT).ignoreExceptions().until(() -> {
                    driver.start(new FakeDriverContext());
                    return true;
                });
                readsAndWrites(driver);
            } finally {
                driver.stop();
            }
        }
    }

    @Test
    void readsAndWritesOverASerialLine() throws Exception {
        Tool.need("/usr/bin/socat");
        Path ours = folder.resolve("ours");
        Path theirs = folder.resolve("theirs");
        String script = script().toString();
        try (Tool line = Tool.start("/usr/bin/socat", "pty,raw,echo=0,link=" + ours, "pty,raw,echo=0,link=" + theirs)) {
            await("both ends of the line").atMost(LIMIT).until(() -> Files.exists(ours) && Files.exists(theirs));
            try (Tool simulator = Tool.start(PYTHON, script, "rtu", theirs.toString())) {
                awaitSimulator(ours.toString());
                ModbusDriver driver = driver("rtu:" + ours);
                try {
                    driver.start(new FakeDriverContext());
                    readsAndWrites(driver);
                } finally {
                    driver.stop();
                }
                assertFalse(simulator.output().contains("Traceback"), simulator.output());
            }
            assertEquals("", line.output());
        }
        assertEquals(List.of(), leftBehind());
    }

    private static void awaitSimulator(String line) throws DriverException {
        ModbusDriver probe = new ModbusDriver(Drivers.config(
                "rtu:" + line,
                Map.of("parity", "none", "dead.retry.s", 1, "registers", new String[] {"level address=0"})));
        try {
            probe.start(new FakeDriverContext());
            await("an answer of the simulator")
                    .atMost(LIMIT)
                    .until(() -> read(probe, "plc/level").quality().equals(Quality.GOOD));
        } finally {
            probe.stop();
        }
    }

    private static List<String> leftBehind() throws Exception {
        try (Stream<Path> files = Files.walk(Path.of(System.getProperty("java.io.tmpdir")), 2)) {
            return files.map(Path::toString)
                    .filter(name -> name.contains("fieldgate-modbus-"))
                    .toList();
        }
    }

    private static void readsAndWrites(ModbusDriver driver) throws DriverException {
        List<Reading> readings = driver.read(ids(
                "plc/level",
                "plc/count",
                "plc/beyond",
                "plc/flags",
                "plc/flag",
                "plc/swapped",
                "plc/missing",
                "plc/name",
                "plc/pump",
                "plc/valve",
                "plc/alarm",
                "plc/measured",
                "meter/level",
                "gone/level"));
        assertValue(Value.of(21.5), readings.get(0));
        assertValue(Value.of(-2), readings.get(1));
        assertBad(Quality.Code.OUT_OF_RANGE, readings.get(2));
        assertValue(Value.of(0xA), readings.get(3));
        assertValue(Value.of(false), readings.get(4));
        assertValue(Value.of(131_073), readings.get(5));
        assertBad(Quality.Code.CONFIGURATION, readings.get(6));
        assertValue(Value.of("FIELD"), readings.get(7));
        assertValue(Value.of(true), readings.get(8));
        assertValue(Value.of(false), readings.get(9));
        assertValue(Value.of(true), readings.get(10));
        assertValue(Value.of(21.5), readings.get(11));
        assertValue(Value.of(21.5), readings.get(12));
        assertBad(Quality.Code.TIMEOUT, readings.get(13));

        written(driver, "plc/level", Value.of(3.25));
        written(driver, "plc/count", Value.of(-32_768));
        written(driver, "plc/flag", Value.of(true));
        written(driver, "plc/swapped", Value.of(4_000_000_000L));
        written(driver, "plc/name", Value.of("GATE"));
        written(driver, "plc/setpoint", Value.of(-12.3));
        written(driver, "plc/total", Value.of(-1L << 40));
        written(driver, "plc/pump", Value.of(false));
        written(driver, "plc/valve", Value.of(true));
        assertValue(Value.of(0xA), read(driver, "plc/flags"));
    }

    private static void written(ModbusDriver driver, String point, Value value) throws DriverException {
        assertValue(value, driver.write(PointId.of("bus/" + point), value));
        assertValue(value, read(driver, point));
    }
}
