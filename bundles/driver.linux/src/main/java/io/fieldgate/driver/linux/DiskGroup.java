package io.fieldgate.driver.linux;

import io.fieldgate.api.data.Deadband;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.data.ValueType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Whole disks that are hardware: how much is read and written. */
final class DiskGroup implements Group {

    private static final String STATS = "/proc/diskstats";
    private static final String BLOCK = "/sys/block";

    /** /proc/diskstats counts sectors of 512 bytes, whatever the disk has. */
    private static final int BYTES_PER_SECTOR = 512;

    private static final int NAME_COLUMN = 2;
    private static final int SECTORS_READ = 2;
    private static final int SECTORS_WRITTEN = 6;

    private final KernelFiles files;
    private final Periods periods;
    private final KernelFile stats;
    private final Map<String, Rates> rates = new HashMap<>();

    private record Rates(Rate read, Rate written) {}

    DiskGroup(KernelFiles files, Periods periods) {
        this.files = files;
        this.periods = periods;
        this.stats = files.file(STATS);
    }

    @Override
    public List<LinuxDevice> scan() {
        if (!files.isThere(STATS)) {
            return List.of();
        }
        List<String> disks = files.names(BLOCK, "").stream()
                .filter(this::isHardware)
                .limit(MOST)
                .toList();
        rates.keySet().retainAll(disks);
        Names names = new Names("disk-");
        List<LinuxDevice> devices = new ArrayList<>();
        for (String disk : disks) {
            devices.add(device(disk, names.of(disk)));
        }
        return devices;
    }

    /** Leaves out loops, RAM disks and mappings, which have no hardware, drives without a medium, and eMMC boot areas. */
    private boolean isHardware(String disk) {
        String folder = BLOCK + '/' + disk;
        boolean bootArea = disk.startsWith("mmcblk") && disk.contains("boot");
        return !bootArea
                && files.exists(folder + "/device")
                && !files.textOf(folder + "/size").equals("0");
    }

    private LinuxDevice device(String disk, String name) {
        Rates of = rates.computeIfAbsent(disk, key -> new Rates(new Rate(), new Rate()));
        LinuxDevice device = new LinuxDevice(name, "Disk " + disk);
        add(device, "read-rate", "Bytes read per second", disk, SECTORS_READ, of.read());
        add(device, "write-rate", "Bytes written per second", disk, SECTORS_WRITTEN, of.written());
        return device;
    }

    private void add(LinuxDevice device, String point, String description, String disk, int column, Rate rate) {
        device.add(
                device.point(point, ValueType.DECIMAL, periods.normal())
                        .unit("By/s")
                        .deadband(Deadband.absolute(1))
                        .description(description),
                () -> Value.of(BYTES_PER_SECTOR
                        * rate.update(sectors(disk, column), files.batch().nanos())));
    }

    private long sectors(String disk, int column) throws IOException {
        Fields fields = stats.fields();
        if (!fields.find(NAME_COLUMN, disk)) {
            throw UnreadableException.gone("disk " + disk);
        }
        return fields.skip(column).number();
    }
}
