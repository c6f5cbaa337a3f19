package io.fieldgate.driver.linux;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.Reading;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.driver.DriverException;
import io.fieldgate.testkit.FakeDriverContext;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SamplingDriverTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    @TempDir
    private Path root;

    private final FakeDriverContext context = new FakeDriverContext();
    private FakeConverter converter;
    private SamplingDriver driver;

    @BeforeEach
    void plug() throws Exception {
        converter = new FakeConverter(root);
    }

    @AfterEach
    void stop() throws Exception {
        if (driver != null) {
            driver.stop();
        }
        converter.close();
    }

    private void start(Map<String, Object> settings) throws DriverException {
        driver = converter.driver(settings);
        driver.start(context);
    }

    private List<Reading> pushed(String point) {
        return context.readings().stream()
                .filter(reading -> reading.point().equals(PointId.of("fast/scan/" + point)))
                .toList();
    }

    @Test
    void pushesEachScanWithItsTime() throws Exception {
        start(Map.of("trigger", "clock", "rate.hz", 500, "buffer.scans", 64));
        assertEquals("1", converter.file(FakeConverter.FOLDER + "/buffer/enable"));
        assertEquals("64", converter.file(FakeConverter.FOLDER + "/buffer/length"));
        assertEquals("1", converter.file(FakeConverter.FOLDER + "/scan_elements/in_voltage1_en"));
        assertEquals("0", converter.file(FakeConverter.FOLDER + "/scan_elements/in_accel_x_en"));
        assertEquals("clock", converter.file(FakeConverter.FOLDER + "/trigger/current_trigger"));
        assertEquals("500", converter.file("/sys/bus/iio/devices/trigger0/sampling_frequency"));

        Instant time = Instant.parse("2026-01-01T00:00:00.000000500Z");
        for (int i = 0; i < 1_000; i++) {
            converter.scan(i - 500, 4_000, time.getEpochSecond() * 1_000_000_000L + 500 + i);
        }

        await().atMost(LIMIT).until(() -> pushed("voltage0").size() == 1_000);
        assertEquals(Value.of(-1.0), pushed("voltage0").get(0).value().orElseThrow());
        assertEquals(Value.of(0.998), pushed("voltage0").get(999).value().orElseThrow());
        assertEquals(Value.of(7.98), pushed("voltage1").get(0).value().orElseThrow());
        assertEquals(
                time.plusNanos(999), pushed("voltage1").get(999).deviceTime().orElseThrow());
        assertEquals("V", driver.devices().get(0).points().get(0).unit());
    }

    @Test
    void putsEverythingBackAsItWas() throws Exception {
        start(Map.of("trigger", "clock", "rate.hz", 500));
        driver.stop();

        assertEquals("0", converter.file(FakeConverter.FOLDER + "/buffer/enable"));
        assertEquals("2", converter.file(FakeConverter.FOLDER + "/buffer/length"));
        assertEquals("0", converter.file(FakeConverter.FOLDER + "/scan_elements/in_voltage0_en"));
        assertEquals("", converter.file(FakeConverter.FOLDER + "/trigger/current_trigger"));
        assertEquals("10", converter.file("/sys/bus/iio/devices/trigger0/sampling_frequency"));
    }

    @Test
    void goesOnWhenTheConverterIsBack() throws Exception {
        start(Map.of());
        converter.scan(1, 1, 1);
        await().atMost(LIMIT).until(() -> !pushed("voltage0").isEmpty());

        converter.unplug();
        await().atMost(LIMIT).until(() -> context.statuses().stream().anyMatch(status -> !status.connected()));
        converter.plug();
        await().atMost(LIMIT)
                .until(() ->
                        context.statuses().get(context.statuses().size() - 1).connected());
        converter.scan(2, 2, 2);
        await().atMost(LIMIT).until(() -> pushed("voltage0").size() == 2);
    }

    @Test
    void saysWhyAConverterCannotBeSampled() throws Exception {
        assertEquals(
                "there is no converter none; there are [iio:device0 (adc)]", failureOf(Map.of("converter", "none")));
        assertEquals(
                "adc cannot sample [voltage9]: there is no such channel",
                failureOf(Map.of("channels", new String[] {"voltage9"})));
        assertEquals("there is no trigger sun", failureOf(Map.of("trigger", "sun", "rate.hz", 1)));
        assertEquals("0", converter.file(FakeConverter.FOLDER + "/scan_elements/in_timestamp_en"), "all is as it was");
        converter.files().write(FakeConverter.FOLDER + "/buffer/enable", "1");
        assertEquals("the buffer of adc is in use by another program", failureOf(Map.of()));
        converter.files().delete(FakeConverter.FOLDER + "/buffer");
        assertEquals("adc has no buffer: it can only be read one by one", failureOf(Map.of()));
    }

    private String failureOf(Map<String, Object> settings) {
        SamplingDriver failing = converter.driver(settings);
        return assertThrows(DriverException.class, () -> failing.start(context)).getMessage();
    }

    @Test
    void refusesValuesThatCannotBe() {
        for (Map<String, Object> bad : List.<Map<String, Object>>of(
                Map.of("channels", new String[0]),
                Map.of("channels", new String[] {"../x"}),
                Map.of("rate.hz", 1_001),
                Map.of("buffer.scans", 1),
                Map.of("trigger", "timer"),
                Map.of("converter", ""))) {
            assertThrows(IllegalArgumentException.class, () -> converter.driver(bad), bad::toString);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "le:s16/16>>0, -2",
        "be:s16/16>>0, -257",
        "le:u16/16>>0, 65534",
        "le:u12/16>>4, 4095",
        "le:s12/16>>4, -1",
        "be:u8/16>>8, 254"
    })
    void readsNumbersAsTheKernelSaysTheyAre(String type, long number) {
        ScanFormat format = new ScanFormat();
        format.add("x", 0, type);

        assertEquals(2, format.bytes());
        assertEquals(number, format.values(java.nio.ByteBuffer.wrap(new byte[] {(byte) 0xfe, (byte) 0xff}), 0)[0]);
    }

    @Test
    void alignsEachNumberToItsSize() {
        ScanFormat format = new ScanFormat();
        format.add("time", 9, "le:s64/64>>0");
        format.add("b", 2, "le:s32/32>>0");
        format.add("a", 1, "le:s8/8>>0");

        assertEquals(List.of("a", "b", "time"), format.channels());
        assertEquals(16, format.bytes());
        assertTrue(assertThrows(IllegalArgumentException.class, () -> format.add("c", 3, "le:s8/8X4>>0"))
                .getMessage()
                .contains("several values"));
        assertThrows(IllegalArgumentException.class, () -> format.add("c", 3, "le:s24/24>>0"));
        assertThrows(IllegalArgumentException.class, () -> format.add("c", 3, "unknown"));
    }
}
