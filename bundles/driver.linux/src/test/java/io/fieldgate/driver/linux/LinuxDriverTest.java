package io.fieldgate.driver.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.api.data.DeviceInfo;
import io.fieldgate.api.data.PointId;
import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.Quality;
import io.fieldgate.api.data.Reading;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.driver.DriverException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class LinuxDriverTest {

    @TempDir
    private Path root;

    @Test
    void saysWhatIsMissingWhereThereIsNothing() {
        LinuxDriver driver = driver(root, Set.of("cpu"));

        DriverException e = assertThrows(DriverException.class, () -> driver.start(new FakeMachine(root)));

        assertEquals(DriverException.Reason.CONFIGURATION, e.reason());
        assertTrue(e.getMessage().contains("/proc/stat"), e.getMessage());
    }

    @Test
    void readsOnlyTheGroupsThatAreConfigured() throws DriverException {
        FakeMachine machine = new FakeMachine(root)
                .write("/proc/uptime", "1.0 1.0")
                .write("/proc/loadavg", "0.25 1.50 12.00 3/120 4711");
        LinuxDriver driver = driver(root, Set.of("system"));

        driver.start(machine);

        assertEquals(1, driver.devices().size());
        assertEquals("linux/system", driver.devices().get(0).id().toString());
    }

    @Test
    void answersInTheOrderAskedWhateverFails() throws IOException {
        FakeMachine machine = new FakeMachine(root)
                .write("/proc/uptime", "1.0 1.0")
                .write("/proc/loadavg", "0.25 1.50 12.00 3/120 4711")
                .write("/proc/sys/kernel/hostname", "pump-7")
                .start();
        machine.delete("/proc/loadavg");
        Files.write(root.resolve("proc/uptime"), new byte[] {(byte) 0xff, 0, '\n', '\n', -1});

        List<Reading> readings = machine.driver()
                .read(List.of(
                        PointId.of("linux/system/uptime"),
                        PointId.of("linux/cpu/load-1m"),
                        PointId.of("linux/none/such"),
                        PointId.of("linux/system/hostname")));

        assertEquals(
                List.of(
                        "linux/system/uptime=- bad (not-a-value)",
                        "linux/cpu/load-1m=- bad (disconnected)",
                        "linux/none/such=- bad (disconnected)",
                        "linux/system/hostname=pump-7 good"),
                readings.stream().map(Reading::toString).toList());
    }

    @Test
    void looksForChangesEveryTenSecondsAndSaysSoOnce() {
        FakeMachine machine =
                new FakeMachine(root).write("/proc/uptime", "1.0 1.0").start();
        machine.write("/proc/meminfo", "MemTotal: 1 kB");
        machine.advanceSeconds(9);
        machine.read("linux/system/uptime");
        assertEquals(0, machine.changes);

        machine.advanceSeconds(1);
        machine.read("linux/system/uptime");
        assertEquals(1, machine.changes);

        machine.advanceSeconds(20);
        machine.read("linux/system/uptime");
        assertEquals(1, machine.changes);
        assertEquals(List.of("linux/memory", "linux/system"), machine.devices());
    }

    @Test
    void readsAFileThatIsBiggerThanItsBuffer() {
        String[] lines = new String[5000];
        for (int i = 0; i < lines.length; i++) {
            lines[i] = "Filler" + i + ": 1 kB";
        }
        lines[lines.length - 1] = "MemTotal: 7 kB";
        FakeMachine machine =
                new FakeMachine(root).write("/proc/meminfo", lines).start();

        assertEquals(Value.of(7L * 1024), machine.value("linux/memory/total"));
    }

    /** Whatever machine this is: all that it shows must be well formed, and the basics must be there. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void readsTheMachineItRunsOn() throws DriverException {
        FakeMachine context = new FakeMachine(root);
        LinuxDriver driver = driver(Path.of("/"), Set.copyOf(LinuxSettings.ALL_GROUPS));
        driver.start(context);

        List<DeviceInfo> devices = driver.devices();
        List<PointInfo> points =
                devices.stream().flatMap(device -> device.points().stream()).toList();
        List<Reading> readings = driver.read(points.stream().map(PointInfo::id).toList());

        assertEquals(points.size(), readings.size());
        for (int i = 0; i < points.size(); i++) {
            check(points.get(i), readings.get(i));
        }
        for (String basic : List.of("linux/memory/used", "linux/cpu/load-1m", "linux/system/uptime")) {
            Reading reading = driver.read(List.of(PointId.of(basic))).get(0);
            assertEquals(Quality.GOOD, reading.quality(), basic);
        }
    }

    private static void check(PointInfo info, Reading reading) {
        assertEquals(info.id(), reading.point());
        assertFalse(info.description().isEmpty(), info.toString());
        reading.value().ifPresent(value -> {
            assertEquals(info.type(), value.type(), info.toString());
            if (value instanceof Value.DecimalValue decimal) {
                info.range().ifPresent(range -> assertTrue(range.contains(decimal.value()), reading.toString()));
            }
        });
    }

    private static LinuxDriver driver(Path root, Set<String> groups) {
        LinuxSettings settings = new LinuxSettings(root, new Periods(Duration.ofSeconds(1)), groups);
        return new LinuxDriver(settings, SpaceProbe::ofSystem, System::nanoTime);
    }
}
