package io.fieldgate.driver.linux;

import static io.fieldgate.api.data.Quality.Code.NOT_A_VALUE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fieldgate.api.data.Value;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemGroupTest {

    @TempDir
    private Path root;

    private FakeMachine machine;

    @BeforeEach
    void build() {
        machine = new FakeMachine(root);
        machine.write("/proc/uptime", "93784.25 180000.00");
        machine.write("/proc/loadavg", "0.25 1.50 12.00 3/120 4711");
        machine.write("/proc/sys/kernel/hostname", "pump-7");
        machine.write("/proc/sys/kernel/osrelease", "6.12.25+rpt-rpi-v8");
        machine.write("/proc/device-tree/model", "A Board: Model 4/B\0");
    }

    @Test
    void readsWhatTheMachineIs() {
        machine.start();

        assertEquals(93_784.25, machine.decimal("linux/system/uptime"));
        assertEquals(Value.of(3L), machine.value("linux/system/tasks-running"));
        assertEquals(Value.of(120L), machine.value("linux/system/tasks"));
        assertEquals(Value.of("pump-7"), machine.value("linux/system/hostname"));
        assertEquals(Value.of("6.12.25+rpt-rpi-v8"), machine.value("linux/system/kernel"));
        assertEquals(Value.of("A Board: Model 4/B"), machine.value("linux/system/model"));
    }

    @Test
    void takesTheNameOfTheProductWhereThereIsNoDeviceTree() {
        machine.delete("/proc/device-tree");
        machine.write("/sys/class/dmi/id/product_name", "Box PC");

        assertEquals(Value.of("Box PC"), machine.start().value("linux/system/model"));
    }

    @Test
    void showsItsPoints() {
        assertEquals(
                List.of(
                        "uptime (decimal in s, r)",
                        "tasks-running (integer in 1, r)",
                        "tasks (integer in 1, r)",
                        "hostname (text, r)",
                        "kernel (text, r)",
                        "model (text, r)"),
                machine.start().points("linux/system"));
    }

    @Test
    void doesNotTakeAnEmptyFileForAText() {
        machine.start();
        machine.write("/proc/sys/kernel/hostname", "");

        assertEquals(NOT_A_VALUE, machine.code("linux/system/hostname"));
    }
}
