package io.fieldgate.driver.linux;

import static io.fieldgate.api.data.Quality.Code.DISCONNECTED;
import static io.fieldgate.api.data.Quality.Code.NOT_A_VALUE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fieldgate.api.data.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSystemGroupTest {

    @TempDir
    private Path root;

    private FakeMachine machine;

    @BeforeEach
    void build() throws IOException {
        machine = new FakeMachine(root);
        for (String folder : List.of("boot/firmware", "mnt/USB Stick", "data", "etc", "snap")) {
            Files.createDirectories(root.resolve(folder));
        }
        machine.write(
                "/proc/mounts",
                "proc /proc proc rw 0 0",
                "/dev/mmcblk0p2 / ext4 rw,noatime 0 0",
                "tmpfs /run tmpfs rw 0 0",
                "/dev/mmcblk0p1 /boot/firmware vfat rw 0 0",
                "/dev/sda1 /mnt/USB\\040Stick exfat rw 0 0",
                "ubi0:data /data ubifs rw 0 0",
                "/dev/mmcblk0p2 /etc ext4 rw 0 0",
                "/dev/loop3 /snap squashfs ro 0 0",
                "/dev/sdb1 /gone ext4 rw 0 0",
                "nonsense");
    }

    @Test
    void showsEachDeviceOnceByTheFolderWhereItIsMountedFirst() {
        assertEquals(
                List.of("linux/fs-root", "linux/fs-boot-firmware", "linux/fs-mnt-usb-stick", "linux/fs-data"),
                machine.start().devices());
    }

    @Test
    void readsWhatIsThereAndWhatCanBeUsed() {
        machine.start();

        assertEquals(Value.of(1000L), machine.value("linux/fs-root/size"));
        assertEquals(Value.of(300L), machine.value("linux/fs-root/free"));
        // 600 used of 900 that can be; 100 are reserved.
        assertEquals(100.0 * 600 / 900, machine.decimal("linux/fs-root/used"));
    }

    @Test
    void showsItsPoints() {
        assertEquals(
                List.of("size (integer in By, r)", "free (integer in By, r)", "used (decimal in %, r)"),
                machine.start().points("linux/fs-data"));
    }

    @Test
    void saysWhenAFileSystemHasGone() {
        machine.start();
        machine.space = null;

        assertEquals(DISCONNECTED, machine.code("linux/fs-root/free"));
    }

    @Test
    void refusesFiguresThatCannotBe() {
        machine.start();
        machine.space = new SpaceProbe.Space(100, 200, 0);

        assertEquals(NOT_A_VALUE, machine.code("linux/fs-root/used"));
    }

    @Test
    void noticesWhatIsMountedAndUnmounted() {
        machine.start();
        machine.write("/proc/mounts", "/dev/mmcblk0p2 / ext4 rw 0 0");
        machine.advanceSeconds(11);

        machine.read("linux/fs-root/free");

        assertEquals(1, machine.changes);
        assertEquals(List.of("linux/fs-root"), machine.devices());
    }
}
