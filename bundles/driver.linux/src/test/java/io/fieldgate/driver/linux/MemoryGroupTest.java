package io.fieldgate.driver.linux;

import static io.fieldgate.api.data.Quality.Code.NOT_A_VALUE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fieldgate.api.data.Value;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryGroupTest {

    @TempDir
    private Path root;

    private FakeMachine machine;

    @BeforeEach
    void build() {
        machine = new FakeMachine(root);
        machine.write(
                "/proc/meminfo",
                "MemTotal:        1000000 kB",
                "MemFree:          100000 kB",
                "MemAvailable:     250000 kB",
                "SwapTotal:         50000 kB",
                "SwapFree:          20000 kB");
        machine.write("/proc/self/status", "Name:\tjava", "VmPeak:\t  900000 kB", "VmRSS:\t   65536 kB");
    }

    @Test
    void readsBytesAndTheShareThatIsUsed() {
        machine.start();

        assertEquals(Value.of(1_024_000_000L), machine.value("linux/memory/total"));
        assertEquals(Value.of(256_000_000L), machine.value("linux/memory/available"));
        assertEquals(75.0, machine.decimal("linux/memory/used"));
        assertEquals(Value.of(30_720_000L), machine.value("linux/memory/swap-used"));
        assertEquals(Value.of(64L * 1024 * 1024), machine.value("linux/memory/gateway"));
    }

    @Test
    void showsItsPoints() {
        assertEquals(
                List.of(
                        "total (integer in By, r)",
                        "available (integer in By, r)",
                        "used (decimal in %, r)",
                        "swap-used (integer in By, r)",
                        "gateway (integer in By, r)"),
                machine.start().points("linux/memory"));
    }

    @Test
    void hasNoValueForALineThatIsMissingAndStillReadsTheOthers() {
        machine.start();
        machine.write("/proc/meminfo", "MemTotal:        1000000 kB", "SwapTotal: a lot", "SwapFree: 0 kB");

        assertEquals(Value.of(1_024_000_000L), machine.value("linux/memory/total"));
        assertEquals(NOT_A_VALUE, machine.code("linux/memory/available"));
        assertEquals(NOT_A_VALUE, machine.code("linux/memory/used"));
        assertEquals(NOT_A_VALUE, machine.code("linux/memory/swap-used"));
    }

    @Test
    void doesNotDivideByAMemoryOfNothing() {
        machine.start();
        machine.write("/proc/meminfo", "MemTotal: 0 kB", "MemAvailable: 0 kB");

        assertEquals(NOT_A_VALUE, machine.code("linux/memory/used"));
    }
}
