package io.fieldgate.driver.i2c;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.api.driver.Finding;
import io.fieldgate.driver.i2c.BusException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class I2cDiscoveryTest {

    @TempDir
    private Path root;

    private final FakeBus bus = new FakeBus();

    @BeforeEach
    void makeABus() throws IOException {
        Path entry = Files.createDirectories(root.resolve("class/i2c-dev/i2c-7"));
        Files.writeString(entry.resolve("name"), "a bus\n");
    }

    private List<Finding> find() throws Exception {
        return new I2cDiscovery(root, root, place -> bus).find();
    }

    private Map<String, Finding> found() throws Exception {
        return find().stream().collect(Collectors.toMap(Finding::address, Function.identity()));
    }

    @Test
    void knowsTheReadyMadePartsAsTheyAreAfterAReset() throws Exception {
        bus.with(0x76, Parts.bme280())
                .with(0x40, FakePart.ofWords().with(0, 0x399f))
                .with(0x48, FakePart.ofWords().with(1, 0x8583).with(2, 0x8000).with(3, 0x7fff))
                .with(0x49, FakePart.ofWords().with(2, 0x4b00).with(3, 0x5000))
                .with(0x38, FakePart.ofOctets())
                .with(0x68, FakePart.ofOctets());

        Map<String, Finding> found = found();

        assertEquals("a bus, 6 addresses answer or are held", found.get("i2c-7").description());
        assertEquals("BME280", found.get("i2c-7 0x76").description());
        assertEquals("INA219", found.get("i2c-7 0x40").description());
        assertEquals("ADS1115", found.get("i2c-7 0x48").description());
        assertEquals("LM75", found.get("i2c-7 0x49").description());
        assertTrue(found.get("i2c-7 0x38").description().startsWith("PCF8574A"));
        assertEquals(
                "a part that is not known, at 0x68", found.get("i2c-7 0x68").description());
    }

    @Test
    void theStartingConfigurationCanBeRead() throws Exception {
        bus.with(0x76, Parts.bme280()).with(0x20, FakePart.ofOctets());

        Finding finding = find().get(0);

        assertEquals("io.fieldgate.driver.i2c-7.cfg", finding.file().orElseThrow());
        assertEquals(
                List.of(
                        "# i2c-7: a bus",
                        "# or: bits-20 type=mcp23017 address=0x20",
                        "fieldgate.driver.id=i2c-7",
                        "bus=7",
                        "parts=bits-20 type=pcf8574 address=0x20,\\",
                        "  bme280-76 type=bme280 address=0x76"),
                finding.lines());
        String[] parts = String.join("", finding.lines().subList(4, 6))
                .replace("parts=", "")
                .replace("\\", "")
                .split(",");
        assertDoesNotThrow(() -> I2cTables.read("i2c-7", new I2cTables.Texts(parts), Pause.SLEEP, System::nanoTime));
    }

    @Test
    void leavesAloneWhatTheKernelHolds() throws Exception {
        bus.holders.put(0x48, "lm75");

        assertEquals(
                "held by the kernel's driver lm75", found().get("i2c-7 0x48").description());
        assertFalse(bus.asked.contains("quick " + 0x48), "it is not asked");
    }

    @Test
    void asksNoPortExpanderForRegistersAndWritesNoMemory() throws Exception {
        bus.with(0x21, FakePart.ofOctets()).with(0x3f, FakePart.ofOctets()).with(0x50, FakePart.ofOctets());
        find();

        assertFalse(bus.asked.contains("register " + 0x21));
        assertFalse(bus.asked.contains("register " + 0x3f));
        assertTrue(bus.asked.contains("read " + 0x50));
        assertFalse(bus.asked.contains("quick " + 0x50));
        assertFalse(bus.asked.contains("quick " + 0x07) || bus.asked.contains("quick " + 0x78), "reserved");
        assertEquals(List.of(), bus.parts.get(0x21).writes);
    }

    @Test
    void aBusThatHangsOrMayNotBeUsedIsSaidSo() throws Exception {
        bus.errors.put(0x30, 110);
        assertEquals(
                "a bus; not searched: the bus hangs at 0x30 on i2c-7: is a line held low?",
                find().get(0).description());

        List<Finding> refused = new I2cDiscovery(root, root, place -> {
                    throw new BusException(Kind.NO_BUS, "put that user into the group i2c");
                })
                .find();
        assertEquals(
                "a bus; not searched: put that user into the group i2c",
                refused.get(0).description());
    }

    @Test
    void withoutBusesNothingIsFound() throws Exception {
        assertEquals(List.of(), new I2cDiscovery(root.resolve("none"), root, place -> bus).find());
    }
}
