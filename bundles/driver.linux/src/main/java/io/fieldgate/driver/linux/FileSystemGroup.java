package io.fieldgate.driver.linux;

import io.fieldgate.api.data.Deadband;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.data.ValueType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Mounted file systems that keep data on a device: how full they are. */
final class FileSystemGroup implements Group {

    private static final String MOUNTS = "/proc/mounts";
    private static final Deadband ONE_MEBIBYTE = Deadband.absolute(1 << 20);

    private final KernelFiles files;
    private final Periods periods;
    private final SpaceProbe probe;
    private final KernelFile mounts;

    FileSystemGroup(KernelFiles files, Periods periods, SpaceProbe probe) {
        this.files = files;
        this.periods = periods;
        this.probe = probe;
        this.mounts = files.file(MOUNTS);
    }

    @Override
    public List<LinuxDevice> scan() {
        Names names = new Names("fs-");
        List<LinuxDevice> devices = new ArrayList<>();
        for (String folder : folders()) {
            devices.add(device(folder.equals("/") ? names.of("root") : names.of(folder), folder));
        }
        return devices;
    }

    private List<String> folders() {
        if (!files.isThere(MOUNTS)) {
            return List.of();
        }
        try {
            return Mount.onDevices(mounts.text()).stream()
                    .map(Mount::folder)
                    .filter(files::exists)
                    .limit(MOST)
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private LinuxDevice device(String name, String folder) {
        Path path = files.path(folder);
        LinuxDevice device = new LinuxDevice(name, "File system at " + folder);
        device.add(
                device.point("size", ValueType.INTEGER, periods.rare())
                        .unit("By")
                        .description("Size of the file system"),
                () -> Value.of(probe.at(path).total()));
        device.add(
                device.point("free", ValueType.INTEGER, periods.slow())
                        .unit("By")
                        .deadband(ONE_MEBIBYTE)
                        .description("What programs can still write"),
                () -> Value.of(probe.at(path).available()));
        device.add(
                device.point("used", ValueType.DECIMAL, periods.slow())
                        .unit("%")
                        .range(0, 100)
                        .deadband(Deadband.absolute(0.1))
                        .description("Share that is used of what programs can use"),
                () -> Value.of(usedPercent(probe.at(path))));
        return device;
    }

    /** As df says it: what is reserved for the superuser counts neither as used nor as free. */
    private static double usedPercent(SpaceProbe.Space space) throws UnreadableException {
        double used = (double) space.total() - space.free();
        double usable = used + space.available();
        if (!(used >= 0 && usable > 0)) {
            throw UnreadableException.notAValue("a file system of " + space + " is not possible");
        }
        return 100 * used / usable;
    }
}
