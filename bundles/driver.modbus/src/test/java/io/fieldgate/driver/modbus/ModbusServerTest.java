package io.fieldgate.driver.modbus;

import static io.fieldgate.driver.modbus.Drivers.assertBad;
import static io.fieldgate.driver.modbus.Drivers.assertValue;
import static io.fieldgate.driver.modbus.Drivers.read;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.api.data.Access;
import io.fieldgate.api.data.DeviceId;
import io.fieldgate.api.data.DeviceInfo;
import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.Quality;
import io.fieldgate.api.data.Reading;
import io.fieldgate.api.data.Role;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.data.ValueType;
import io.fieldgate.api.gateway.PointException;
import io.fieldgate.testkit.Configurations;
import io.fieldgate.testkit.FakeDriverContext;
import io.fieldgate.testkit.FakePoints;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What clients of the server see: those of Debian's mbpoll, of our own master, and those that speak badly. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ModbusServerTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String[] POINTS = {
        "sim/tank/level table=input address=0 type=float32",
        "sim/tank/setpoint table=holding address=10 type=int16 scale=0.1 writable=true",
        "sim/tank/count table=holding address=11 type=uint32 writable=true",
        "sim/tank/valve table=coil address=3 writable=true",
        "sim/tank/alarm table=discrete address=4",
        "sim/tank/spare table=input address=20 type=int16 bad=-1",
        "sim/tank/secret table=holding address=30 writable=true",
        "sim/tank/mode table=holding address=40 type=bits bit=0 length=4 writable=true",
        "sim/tank/on table=holding address=40 type=bool bit=7 writable=true",
    };

    private final FakePoints points = new FakePoints();
    private ModbusServer server;

    private static PointInfo.Builder info(String point, ValueType type) {
        return PointInfo.builder(PointId.of("sim/tank/" + point), type).access(Access.READ_WRITE);
    }

    @BeforeEach
    void start() {
        points.device(DeviceInfo.builder(DeviceId.of("sim/tank"))
                .point(info("level", ValueType.DECIMAL).build())
                .point(info("setpoint", ValueType.DECIMAL).build())
                .point(info("count", ValueType.INTEGER).build())
                .point(info("valve", ValueType.BOOLEAN).build())
                .point(info("alarm", ValueType.BOOLEAN).build())
                .point(info("spare", ValueType.INTEGER).build())
                .point(info("secret", ValueType.INTEGER).role(Role.ADMIN).build())
                .point(info("mode", ValueType.INTEGER).build())
                .point(info("on", ValueType.BOOLEAN).build())
                .build());
        points.update("sim/tank/level", Value.of(1.25));
        points.update("sim/tank/setpoint", Value.of(21.5));
        points.update("sim/tank/count", Value.of(100_000));
        points.update("sim/tank/valve", Value.of(true));
        points.update("sim/tank/alarm", Value.of(true));
        points.update("sim/tank/secret", Value.of(7));
        points.update("sim/tank/mode", Value.of(5));
        points.update("sim/tank/on", Value.of(true));
        server = server(Map.of());
    }

    private ModbusServer server(Map<String, ?> more) {
        Map<String, Object> settings =
                new HashMap<>(Map.of("listen", "127.0.0.1:0", "points", POINTS, "write.timeout.ms", 2000));
        settings.putAll(more);
        ModbusServer made = new ModbusServer(Configurations.of(ModbusServer.Config.class, settings), points);
        await().atMost(LIMIT).until(() -> made.port() > 0);
        return made;
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private String mbpoll(int status, String... arguments) throws Exception {
        Tool.need("/usr/bin/mbpoll");
        List<String> command = new ArrayList<>(List.of("/usr/bin/mbpoll", "-0", "-1", "-q", "-a", "1"));
        command.addAll(List.of("-p", Integer.toString(server.port())));
        command.addAll(List.of(arguments));
        int end = command.indexOf("--"); // What follows may be negative and is no option.
        command.add(end < 0 ? command.size() : end + 1, "127.0.0.1");
        try (Tool mbpoll = Tool.start(command.toArray(String[]::new))) {
            int ended = mbpoll.ends(20);
            assertEquals(status, ended, mbpoll.output());
            return mbpoll.output();
        }
    }

    private static void assertSays(String expected, String output) {
        assertTrue(output.contains(expected), () -> "\"" + expected + "\" is not in: " + output);
    }

    @Test
    void mbpollReadsAllTables() throws Exception {
        assertSays("[0]: \t1.25", mbpoll(0, "-t", "3:float", "-B", "-r", "0"));
        assertSays("[10]: \t215", mbpoll(0, "-t", "4", "-r", "10"));
        assertSays("[11]: \t100000", mbpoll(0, "-t", "4:int", "-B", "-r", "11"));
        assertSays("[3]: \t1", mbpoll(0, "-t", "0", "-r", "3"));
        assertSays("[4]: \t1", mbpoll(0, "-t", "1", "-r", "4"));
        assertSays("(-1)", mbpoll(0, "-t", "3", "-r", "20"));
    }

    @Test
    void mbpollWrites() throws Exception {
        mbpoll(0, "-t", "4", "-r", "10", "--", "65501"); // It takes no negative numbers: this is -35.
        mbpoll(0, "-t", "4:int", "-B", "-r", "11", "--", "70000");
        mbpoll(0, "-t", "0", "-r", "3", "--", "0");

        assertEquals(Value.of(-3.5), last("setpoint"));
        assertEquals(Value.of(70_000), last("count"));
        assertEquals(Value.of(false), last("valve"));
    }

    private Value last(String point) {
        PointId id = PointId.of("sim/tank/" + point);
        return points.answers().asked().stream()
                .filter(asked -> asked.point().equals(id))
                .reduce((first, second) -> second)
                .orElseThrow()
                .value()
                .orElseThrow();
    }

    @Test
    void mbpollIsToldWhatIsWrong() throws Exception {
        points.update(Reading.bad(PointId.of("sim/tank/level"), Quality.Code.SENSOR_FAILURE));

        assertSays("Slave device or server failure", mbpoll(1, "-t", "3:float", "-B", "-r", "0"));
        assertSays("Illegal data address", mbpoll(1, "-t", "4", "-r", "12", "-c", "2"));
    }

    private byte[] ask(int... request) throws IOException {
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            client.setSoTimeout(10_000);
            byte[] pdu = new byte[request.length];
            for (int i = 0; i < pdu.length; i++) {
                pdu[i] = (byte) request[i];
            }
            client.getOutputStream().write(FakeUnit.frame(7, 1, pdu));
            byte[] header = client.getInputStream().readNBytes(7);
            assertEquals(7, header[1]);
            return client.getInputStream().readNBytes((header[5] & 0xFF) - 1);
        }
    }

    private static void assertAnswer(int[] expected, byte[] answer) {
        byte[] octets = new byte[expected.length];
        for (int i = 0; i < octets.length; i++) {
            octets[i] = (byte) expected[i];
        }
        assertArrayEquals(octets, answer);
    }

    @Test
    void badPointsAreExceptionsOrWhatIsStated() throws Exception {
        points.update(Reading.bad(PointId.of("sim/tank/level"), Quality.Code.DISCONNECTED));
        points.update(Reading.bad(PointId.of("sim/tank/spare"), Quality.Code.DISCONNECTED));

        assertAnswer(new int[] {0x84, 0x0B}, ask(4, 0, 0, 0, 2));
        assertAnswer(new int[] {4, 2, 0xFF, 0xFF}, ask(4, 0, 20, 0, 1));
    }

    @Test
    void writesAreCheckedBeforeAnythingIsWritten() throws Exception {
        assertAnswer(new int[] {0x86, 2}, ask(6, 0, 30, 0, 1)); // Needs an admin.
        assertAnswer(new int[] {0x86, 3}, ask(6, 0, 11, 0, 1)); // Half of a number.
        assertAnswer(new int[] {0x90, 2}, ask(16, 0, 10, 0, 4, 8, 0, 1, 0, 0, 0, 1, 0, 1)); // One that is not there.
        assertAnswer(new int[] {0x85, 3}, ask(5, 0, 3, 1, 1)); // Neither on nor off.
        assertAnswer(new int[] {0x83, 3}, ask(3, 0, 10, 0, 126));
        assertAnswer(new int[] {0x83, 3}, ask(3, 0));
        assertAnswer(new int[] {0xAB, 1}, ask(0x2B, 0x0E, 1, 0));
        assertEquals(List.of(), points.answers().asked());
    }

    @ParameterizedTest
    @CsvSource({"OUT_OF_RANGE, 3", "BUSY, 6", "TIMEOUT, 11", "DISCONNECTED, 11", "READ_ONLY, 2", "FAILED, 4"})
    void aWriteThatFailsSaysWhy(PointException.Reason reason, int code) throws Exception {
        points.answers().fail(reason);

        assertAnswer(new int[] {0x85, code}, ask(5, 0, 3, 0xFF, 0));
    }

    @Test
    void aWriteIsAnsweredOnlyWhenItIsConfirmed() throws Exception {
        points.answers().hold();

        assertAnswer(new int[] {0x85, 0x0B}, ask(5, 0, 3, 0xFF, 0));
    }

    @Test
    void partsOfARegisterAreWrittenByMask() throws Exception {
        assertAnswer(new int[] {3, 2, 0, 0x85}, ask(3, 0, 40, 0, 1));

        assertAnswer(new int[] {22, 0, 40, 0xFF, 0xF0, 0, 3}, ask(22, 0, 40, 0xFF, 0xF0, 0, 3));

        assertEquals(Value.of(3), last("mode"));
        assertEquals(Value.of(true), last("on"));
    }

    @Test
    void ourOwnMasterUnderstandsIt() throws Exception {
        ModbusDriver driver = Drivers.at(
                server.port(), "level function=input address=0 type=float32", "missing function=input address=9");
        try {
            driver.start(new FakeDriverContext());
            assertValue(Value.of(1.25), read(driver, "plc/level"));
            assertBad(Quality.Code.CONFIGURATION, read(driver, "plc/missing"));
        } finally {
            driver.stop();
        }
    }

    @Test
    void anotherUnitIsNoPath() throws Exception {
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            client.getOutputStream().write(FakeUnit.frame(1, 9, new byte[] {4, 0, 0, 0, 2}));

            assertArrayEquals(
                    FakeUnit.frame(1, 9, new byte[] {(byte) 0x84, 0x0A}),
                    client.getInputStream().readNBytes(9));
        }
    }

    @Test
    void garbageEndsTheConnection() throws Exception {
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            client.getOutputStream()
                    .write("GET / HTTP/1.1\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            client.setSoTimeout(10_000);

            assertTrue(isGone(client));
        }
    }

    @Test
    void noMoreConnectionsThanAreAllowed() throws Exception {
        server.close();
        server = server(Map.of("connections.max", 1));
        try (Socket first = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            first.getOutputStream().write(FakeUnit.frame(1, 1, new byte[] {4, 0, 0, 0, 2}));
            assertEquals(13, first.getInputStream().readNBytes(13).length);
            try (Socket second = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
                second.setSoTimeout(10_000);
                assertTrue(isGone(second));
            }
        }
        await().atMost(LIMIT).ignoreExceptions().until(() -> ask(4, 0, 0, 0, 2).length == 6);
    }

    private static boolean isGone(Socket client) {
        try {
            return client.getInputStream().read() < 0;
        } catch (IOException e) {
            return true;
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "listen; 0.0.0.0:1502; unless allow names who may come in",
                "listen; localhost; host:port",
                "listen; plc.example:502; host:port",
                "allow; everybody; IP addresses",
                "points; sim/tank table=coil address=1; the name is the id of a point",
                "points; sim/tank/x table=input address=1 writable=true; can be read only",
                "points; sim/tank/x address=1; table is missing",
            })
    void saysWhatIsWrongInTheConfiguration(String key, String value, String expected) {
        Object setting = key.equals("listen") ? value : new String[] {value};
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> server(Map.of(key, setting)));

        assertTrue(refusal.getMessage().startsWith(key), refusal::getMessage);
        assertTrue(refusal.getMessage().contains(expected), refusal::getMessage);
    }
}
