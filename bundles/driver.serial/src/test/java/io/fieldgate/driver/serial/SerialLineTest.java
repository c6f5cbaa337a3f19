package io.fieldgate.driver.serial;

import static io.fieldgate.driver.serial.Configs.table;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.driver.DriverException;
import io.fieldgate.api.stream.LineConnection;
import io.fieldgate.api.stream.LineObserver;
import io.fieldgate.testkit.FakeDriverContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The driver at a line of the kernel's own. */
class SerialLineTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int FLOOD = 300_000;

    private SocatPair line;
    private FakeDriverContext context = new FakeDriverContext();
    private SerialDriver driver;

    @BeforeEach
    void begin() throws IOException, DriverException {
        line = new SocatPair();
        driver = driver();
        driver.start(context);
    }

    @AfterEach
    void end() throws IOException {
        driver.stop();
        line.close();
    }

    private SerialDriver driver() {
        SerialSettings settings = SerialSettings.of(Configs.of(
                "port", line.near().toString(),
                "baud", 115_200,
                "line_max_bytes", 64,
                "lines", table("count pattern=\"N (?<n>[0-9]+)\""),
                "points", table("n type=integer", "go send=\"SET %s\\n\" type=integer")));
        return new SerialDriver(settings, () -> SerialPortLink.open(settings.port()), new BackOff(50, 200));
    }

    private long number(String point) {
        var value =
                driver.read(List.of(PointId.of("serial1/line/" + point))).get(0).value();
        return value.isPresent() && value.get() instanceof Value.IntegerValue integer ? integer.value() : -1;
    }

    private void awaitNumber(String point, long expected) {
        await().atMost(LIMIT).until(() -> number(point) == expected);
    }

    @Test
    void joinsHalfLinesAndLeavesOutGarbageAndLinesThatAreTooLong() throws IOException {
        line.say("N 1");
        line.say("23\n");
        awaitNumber("n", 123);

        line.say("\u0000\u00ff garbage\nN\nN 5" + "0".repeat(500) + "\nN 7\r\n");

        awaitNumber("n", 7);
        assertEquals(1, number("too-long"));
        assertEquals(2, number("unmatched"));
        assertEquals(4, number("lines"));
    }

    @Test
    void countsEachOfManyLinesThoughItTellsTheLastOnly() throws IOException {
        StringBuilder all = new StringBuilder();
        for (int i = 1; i <= FLOOD; i++) {
            all.append("N ").append(i).append('\n');
        }
        long begin = System.nanoTime();
        try (OutputStream out = Files.newOutputStream(line.far())) {
            out.write(all.toString().getBytes(StandardCharsets.US_ASCII));
            awaitNumber("n", FLOOD);
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        System.out.printf(
                "serial: %d lines in %.2f s, %.0f a second, %d readings%n",
                FLOOD, seconds, FLOOD / seconds, context.readings().size());

        assertEquals(FLOOD, number("lines"));
        assertEquals(0, number("unmatched"));
        assertTrue(
                context.readings().size() < FLOOD / 10, () -> context.readings().size() + " readings");
    }

    @Test
    void comesBackWhenTheLineIsPulledAndPutBack() throws IOException {
        line.say("N 1\n");
        awaitNumber("n", 1);

        line.pull();
        await().atMost(LIMIT).until(() -> context.statuses().stream().anyMatch(status -> !status.connected()));
        DriverException refusal =
                assertThrows(DriverException.class, () -> driver.write(PointId.of("serial1/line/go"), Value.of(1)));
        assertEquals(DriverException.Reason.CONNECTION, refusal.reason());

        line.plug();
        await().atMost(LIMIT)
                .until(() ->
                        context.statuses().get(context.statuses().size() - 1).connected());
        line.say("N 2\n");
        awaitNumber("n", 2);
    }

    @Test
    void letsOneOtherHearAndSpeak() throws Exception {
        ByteArrayOutputStream heard = new ByteArrayOutputStream();
        CountDownLatch ended = new CountDownLatch(1);
        LineObserver observer = new LineObserver() {
            @Override
            public synchronized void received(byte[] octets) {
                heard.writeBytes(octets);
            }

            @Override
            public void ended() {
                ended.countDown();
            }
        };
        LineConnection connection = driver.open(observer);
        assertThrows(DriverException.class, () -> driver.open(observer), "it is open already");

        line.say("N 9\n");
        awaitNumber("n", 9);
        assertEquals("N 9\n", heard.toString(StandardCharsets.US_ASCII));
        try (var far = Files.newInputStream(line.far())) {
            connection.send("hello".getBytes(StandardCharsets.US_ASCII));
            assertEquals("hello", new String(far.readNBytes(5), StandardCharsets.US_ASCII));
        }

        driver.stop();
        assertEquals(0, ended.getCount());
        assertThrows(DriverException.class, () -> connection.send(new byte[1]));
    }

    @Test
    void saysWhoHoldsAPort() {
        DriverException refusal = assertThrows(DriverException.class, () -> driver().start(new FakeDriverContext()));

        assertTrue(
                refusal.getMessage()
                        .contains("java (process " + ProcessHandle.current().pid()),
                refusal::getMessage);
    }

    @Test
    void leavesNothingAfterAThousandStartsAndStops() throws Exception {
        driver.stop();
        long files = descriptors();
        for (int i = 0; i < 1000; i++) {
            SerialDriver next = driver();
            next.start(new FakeDriverContext());
            next.stop();
        }
        assertEquals(files, descriptors());
        assertTrue(Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("fieldgate-serial")));
    }

    private long descriptors() throws IOException {
        String device = line.near().toRealPath().toString();
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.filter(file -> {
                        try {
                            return Files.readSymbolicLink(file).toString().equals(device);
                        } catch (IOException e) {
                            return false;
                        }
                    })
                    .count();
        }
    }
}
