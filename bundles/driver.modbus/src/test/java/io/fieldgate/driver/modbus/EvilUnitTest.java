package io.fieldgate.driver.modbus;

import static io.fieldgate.driver.modbus.Drivers.assertBad;
import static io.fieldgate.driver.modbus.Drivers.assertValue;
import static io.fieldgate.driver.modbus.Drivers.ids;
import static io.fieldgate.driver.modbus.Drivers.read;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.Quality;
import io.fieldgate.api.data.Reading;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.driver.DriverException;
import io.fieldgate.testkit.FakeDriverContext;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Units that answer wrongly, late, by halves or not at all harm their own points only. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class EvilUnitTest {

    private final FakeDriverContext context = new FakeDriverContext();
    private FakeUnit unit;
    private ModbusDriver driver;

    @BeforeEach
    void open() throws IOException {
        unit = new FakeUnit();
        unit.set(5, 1234);
    }

    @AfterEach
    void close() throws IOException {
        if (driver != null) {
            driver.stop();
        }
        unit.close();
    }

    private void start(Map<String, ?> settings) throws DriverException {
        driver = Drivers.at(unit.port(), settings);
        driver.start(context);
    }

    private void start(String... registers) throws DriverException {
        start(Map.of("registers", registers));
    }

    private void startTwo() throws DriverException {
        start(Map.of("units", new String[] {"plc unit=1", "meter unit=2"}, "registers", new String[] {
            "plc/a address=5", "meter/b address=5", "meter/c address=500"
        }));
    }

    @Test
    void dropsAnswersToOtherRequestsAndOfOtherUnits() throws Exception {
        unit.behaves((request, wire) -> {
            byte[] wrong = {3, 2, 0x7F, 0x7F};
            wire.raw(FakeUnit.frame(request.transaction() + 1, request.unit(), wrong));
            wire.raw(FakeUnit.frame(request.transaction(), request.unit() + 1, wrong));
            wire.raw(FakeUnit.frame(request.transaction(), request.unit(), new byte[] {4, 2, 0x7F, 0x7F}));
            unit.memory(request, wire);
        });
        start("a address=5");

        assertValue(Value.of(1234), read(driver, "plc/a"));
    }

    @Test
    void dropsALateAnswer() throws Exception {
        AtomicReference<FakeUnit.Request> late = new AtomicReference<>();
        unit.behaves((request, wire) -> {
            FakeUnit.Request before = late.getAndSet(request);
            if (before != null) {
                wire.answer(before, new byte[] {3, 2, 0x7F, 0x7F});
                unit.memory(request, wire);
            }
        });
        start(Map.of("retries", 1, "registers", new String[] {"a address=5"}));

        assertValue(Value.of(1234), read(driver, "plc/a"));
    }

    @Test
    void putsTogetherAnAnswerThatComesOctetByOctet() throws Exception {
        unit.behaves((request, wire) -> {
            byte[] frame = FakeUnit.frame(request.transaction(), request.unit(), new byte[] {3, 2, 4, 2});
            for (byte octet : frame) {
                wire.raw(new byte[] {octet});
            }
        });
        start("a address=5");

        assertValue(Value.of(0x402), read(driver, "plc/a"));
    }

    @Test
    void aHalfAnswerIsATimeout() throws Exception {
        unit.behaves((request, wire) -> wire.raw(
                Arrays.copyOf(FakeUnit.frame(request.transaction(), request.unit(), new byte[] {3, 2, 4, 2}), 8)));
        start("a address=5");

        assertBad(Quality.Code.TIMEOUT, read(driver, "plc/a"));
    }

    @Test
    void connectsAgainWhenTheConnectionIsCutInAnAnswer() throws Exception {
        start("a address=5");
        assertValue(Value.of(1234), read(driver, "plc/a"));
        AtomicReference<FakeUnit.Request> first = new AtomicReference<>();
        unit.behaves((request, wire) -> {
            if (first.compareAndSet(null, request)) {
                wire.raw(new byte[] {0, 1, 0, 0, 0});
                throw new IOException("cut");
            }
            unit.memory(request, wire);
        });

        assertValue(Value.of(1234), read(driver, "plc/a"));
    }

    @Test
    void saysThatTheConnectionIsLostWhenWhatComesIsNotModbus() throws Exception {
        unit.behaves((request, wire) ->
                wire.raw("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
        start("a address=5");

        DriverException failure = assertThrows(DriverException.class, () -> read(driver, "plc/a"));

        assertEquals(DriverException.Reason.CONNECTION, failure.reason());
        assertTrue(failure.getMessage().contains("what comes is not Modbus/TCP"), failure::getMessage);
    }

    @ParameterizedTest
    @CsvSource({"1, CONFIGURATION", "2, CONFIGURATION", "4, DEVICE_FAILURE", "10, DISCONNECTED", "11, TIMEOUT"})
    void anExceptionIsBadAndItsCodeIsSaid(int code, Quality.Code quality) throws Exception {
        unit.behaves((request, wire) -> wire.exception(request, code));
        start("a address=5");

        assertBad(quality, read(driver, "plc/a"));
        String said = context.statuses().get(context.statuses().size() - 1).detail();
        assertTrue(said.startsWith("plc: Modbus exception " + code + ", "), said);
    }

    @Test
    void readsTheGoodPointsOfARefusedBlockAndRemembersTheBadOnes() throws Exception {
        unit.behaves((request, wire) -> {
            boolean bad = request.address() <= 12 && request.address() + request.count() > 12;
            if (bad) {
                wire.exception(request, 2);
            } else {
                unit.memory(request, wire);
            }
        });
        String[] lines = new String[20];
        String[] names = new String[20];
        for (int i = 0; i < 20; i++) {
            unit.set(i, i);
            lines[i] = "p" + i + " address=" + i;
            names[i] = "plc/p" + i;
        }
        start(lines);
        List<PointId> all = ids(names);

        List<Reading> readings = driver.read(all);

        for (int i = 0; i < 20; i++) {
            if (i == 12) {
                assertBad(Quality.Code.CONFIGURATION, readings.get(i));
            } else {
                assertValue(Value.of(i), readings.get(i));
            }
        }
        unit.forget();
        assertEquals(readings, driver.read(all));
        assertFalse(
                unit.requests().stream()
                        .anyMatch(request -> request.address() + request.count() > 12 && request.address() <= 12),
                "it asks again for what was refused");
        assertTrue(unit.requests().size() <= 5, "requests: " + unit.requests().size());
    }

    @Test
    void aSilentUnitIsAskedOnceAndThenLeftAlone() throws Exception {
        unit.behaves((request, wire) -> {
            if (request.unit() == 1) {
                unit.memory(request, wire);
            }
        });
        startTwo();
        for (int i = 0; i < 20; i++) {
            List<Reading> readings = driver.read(ids("meter/b", "plc/a", "meter/c"));

            assertBad(Quality.Code.TIMEOUT, readings.get(0));
            assertValue(Value.of(1234), readings.get(1));
            assertBad(Quality.Code.TIMEOUT, readings.get(2));
        }

        assertEquals(
                1,
                unit.requests().stream().filter(request -> request.unit() == 2).count());
        assertEquals(
                20,
                unit.requests().stream().filter(request -> request.unit() == 1).count());
    }

    @Test
    void aUnitThatIsBackIsReadAgain() throws Exception {
        unit.behaves((request, wire) -> {});
        start(Map.of("dead.retry.s", 1, "registers", new String[] {"a address=5"}));
        assertBad(Quality.Code.TIMEOUT, read(driver, "plc/a"));
        unit.behaves(unit::memory);

        org.awaitility.Awaitility.await()
                .atMost(java.time.Duration.ofSeconds(20))
                .untilAsserted(() -> assertValue(Value.of(1234), read(driver, "plc/a")));
        assertEquals("", context.statuses().get(context.statuses().size() - 1).detail());
    }

    @Test
    void writesBitsWithoutMaskWriteIfTheUnitHasNone() throws Exception {
        unit.set(5, 0xF0F0);
        unit.behaves((request, wire) -> {
            if (request.function() == 22) {
                wire.exception(request, 1);
            } else {
                unit.memory(request, wire);
            }
        });
        start("a address=5 type=bool bit=0 writable=true");
        PointId point = PointId.of("bus/plc/a");

        assertValue(Value.of(true), driver.write(point, Value.of(true)));
        assertEquals(0xF0F1, unit.get(5));
        assertValue(Value.of(false), driver.write(point, Value.of(false)));
        assertEquals(0xF0F0, unit.get(5));
        assertEquals(
                1,
                unit.requests().stream()
                        .filter(request -> request.function() == 22)
                        .count());
    }

    @Test
    void aWriteThatIsAnsweredWithSomethingElseIsNotConfirmed() throws Exception {
        unit.behaves((request, wire) -> wire.answer(request, new byte[] {6, 0, 5, 0, 0}));
        start("a address=5 writable=true");

        assertThrows(DriverException.class, () -> driver.write(PointId.of("bus/plc/a"), Value.of(7)));
    }

    @Test
    void aValueThatDoesNotFitIsNotSent() throws Exception {
        start("a address=5 writable=true");

        DriverException refusal =
                assertThrows(DriverException.class, () -> driver.write(PointId.of("bus/plc/a"), Value.of(65_536)));

        assertEquals(DriverException.Reason.OUT_OF_RANGE, refusal.reason());
        assertEquals(List.of(), unit.requests());
    }

    @Test
    void aStopEndsAnExchangeThatWaits() throws Exception {
        unit.behaves((request, wire) -> driver.stop());
        start(Map.of("timeout.ms", 4000, "registers", new String[] {"a address=5"}));
        long begin = System.nanoTime();

        assertThrows(DriverException.class, () -> read(driver, "plc/a"));

        assertTrue(System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(4), "the stop has waited for the answer");
    }
}
