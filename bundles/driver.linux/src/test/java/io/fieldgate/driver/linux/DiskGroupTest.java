package io.fieldgate.driver.linux;

import static io.fieldgate.api.data.Quality.Code.DISCONNECTED;
import static io.fieldgate.api.data.Quality.Code.NOT_A_VALUE;
import static io.fieldgate.api.data.Quality.Code.WAITING;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskGroupTest {

    @TempDir
    private Path root;

    private FakeMachine machine;

    @BeforeEach
    void build() {
        machine = new FakeMachine(root);
        stats(1000, 2000);
        disk("mmcblk0", "62333952");
        disk("mmcblk0boot0", "8192");
        disk("sdb", "0");
        machine.write("/sys/block/loop0/size", "100");
    }

    private void disk(String name, String sectors) {
        machine.write("/sys/block/" + name + "/size", sectors);
        machine.write("/sys/block/" + name + "/device/type", "MMC");
    }

    private void stats(long read, long written) {
        machine.write(
                "/proc/diskstats",
                "   7       0 loop0 1 2 3 4 5 6 7 8 0 0 0",
                " 179       0 mmcblk0 50 60 " + read + " 70 80 90 " + written + " 100 0 0 0",
                " 179       1 mmcblk0p1 5 6 7 8 9 10 11 12 0 0 0");
    }

    @Test
    void showsWholeDisksThatAreHardwareAndHaveAMedium() {
        assertEquals(List.of("linux/disk-mmcblk0"), machine.start().devices());
        assertEquals(
                List.of("read-rate (decimal in By/s, r)", "write-rate (decimal in By/s, r)"),
                machine.points("linux/disk-mmcblk0"));
    }

    @Test
    void countsSectorsOf512BytesPerSecond() {
        machine.start();
        machine.advanceSeconds(2);
        stats(1100, 2004);

        assertEquals(25_600.0, machine.decimal("linux/disk-mmcblk0/read-rate"));
        assertEquals(1024.0, machine.decimal("linux/disk-mmcblk0/write-rate"));
    }

    @Test
    void givesNoRateWhenACounterGoesBackAndBeginsAnew() {
        machine.start();
        machine.advanceSeconds(1);
        stats(5, 2001);
        assertEquals(WAITING, machine.code("linux/disk-mmcblk0/read-rate"));
        assertEquals(512.0, machine.decimal("linux/disk-mmcblk0/write-rate"));

        machine.advanceSeconds(1);
        stats(7, 2001);
        assertEquals(1024.0, machine.decimal("linux/disk-mmcblk0/read-rate"));
        assertEquals(0.0, machine.decimal("linux/disk-mmcblk0/write-rate"));
    }

    @Test
    void saysWhenADiskIsNotListedAnyMore() {
        machine.start();
        machine.write("/proc/diskstats", "   7       0 loop0 1 2 3 4 5 6 7 8 0 0 0");

        assertEquals(DISCONNECTED, machine.code("linux/disk-mmcblk0/read-rate"));
    }

    @Test
    void saysWhenALineEndsTooSoon() {
        machine.start();
        machine.write("/proc/diskstats", " 179       0 mmcblk0 50 60", " 179       1 mmcblk0p1 5 6 7 8");

        assertEquals(NOT_A_VALUE, machine.code("linux/disk-mmcblk0/write-rate"));
    }
}
