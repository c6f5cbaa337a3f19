package io.fieldgate.driver.linux;

import io.fieldgate.api.data.Value;
import io.fieldgate.api.data.ValueType;
import java.util.List;

/** The machine as a whole: what it is and how long it has run. */
final class SystemGroup implements Group {

    private static final String UPTIME = "/proc/uptime";
    private static final String LOAD_AVERAGES = "/proc/loadavg";
    private static final String HOSTNAME = "/proc/sys/kernel/hostname";
    private static final String RELEASE = "/proc/sys/kernel/osrelease";
    private static final String BOARD = "/proc/device-tree/model";
    private static final String PRODUCT = "/sys/class/dmi/id/product_name";
    private static final int TASKS_COLUMN = 3;

    private final KernelFiles files;
    private final Periods periods;
    private final KernelFile uptime;
    private final KernelFile loadAverages;

    SystemGroup(KernelFiles files, Periods periods) {
        this.files = files;
        this.periods = periods;
        this.uptime = files.file(UPTIME);
        this.loadAverages = files.file(LOAD_AVERAGES);
    }

    @Override
    public List<LinuxDevice> scan() {
        LinuxDevice system = new LinuxDevice("system", "The machine as a whole");
        if (files.isThere(UPTIME)) {
            system.add(
                    system.point("uptime", ValueType.DECIMAL, periods.slow())
                            .unit("s")
                            .description("Time since the machine started"),
                    () -> Value.of(uptime.fields().decimal()));
        }
        if (files.isThere(LOAD_AVERAGES)) {
            // "1/91": of 91 tasks 1 can run.
            addTasks(system, "tasks-running", "Tasks that run or could run now", TASKS_COLUMN);
            addTasks(system, "tasks", "Processes and threads", TASKS_COLUMN + 1);
        }
        addText(system, "hostname", "Name of the machine", HOSTNAME);
        addText(system, "kernel", "Release of the kernel", RELEASE);
        addText(system, "model", "Model of the board or machine", files.exists(BOARD) ? BOARD : PRODUCT);
        return system.sources().isEmpty() ? List.of() : List.of(system);
    }

    private void addTasks(LinuxDevice system, String name, String description, int column) {
        system.add(
                system.point(name, ValueType.INTEGER, periods.slow()).description(description),
                () -> Value.of(loadAverages.fields().skip(column).number()));
    }

    private void addText(LinuxDevice system, String name, String description, String path) {
        if (files.isThere(path)) {
            KernelFile file = files.file(path);
            system.add(
                    system.point(name, ValueType.TEXT, periods.rare()).description(description),
                    () -> Value.of(file.fields().text()));
        }
    }
}
