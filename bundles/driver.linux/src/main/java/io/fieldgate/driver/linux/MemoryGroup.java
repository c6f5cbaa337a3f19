package io.fieldgate.driver.linux;

import io.fieldgate.api.data.Deadband;
import io.fieldgate.api.data.PointInfo;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.data.ValueType;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** The memory of the machine, and what the gateway takes of it. */
final class MemoryGroup implements Group {

    private static final String MEMINFO = "/proc/meminfo";
    private static final String STATUS = "/proc/self/status";
    private static final int BYTES_PER_KILOBYTE = 1024;
    private static final Deadband ONE_MEBIBYTE = Deadband.absolute(1 << 20);

    private final KernelFiles files;
    private final Periods periods;
    private final KernelFile meminfo;
    private final KernelFile status;

    MemoryGroup(KernelFiles files, Periods periods) {
        this.files = files;
        this.periods = periods;
        this.meminfo = files.file(MEMINFO);
        this.status = files.file(STATUS);
    }

    @Override
    public List<LinuxDevice> scan() {
        LinuxDevice memory = new LinuxDevice("memory", "Main memory");
        if (files.isThere(MEMINFO)) {
            memory.add(
                    bytes(memory, "total", periods.rare()).description("Memory that the kernel can use"),
                    () -> Value.of(bytes(meminfo, "MemTotal")));
            memory.add(
                    bytes(memory, "available", periods.normal())
                            .description("Memory that programs can get without swapping"),
                    () -> Value.of(bytes(meminfo, "MemAvailable")));
            memory.add(
                    memory.point("used", ValueType.DECIMAL, periods.normal())
                            .unit("%")
                            .range(0, 100)
                            .deadband(Deadband.absolute(0.1))
                            .description("Share of the memory that is not available"),
                    this::used);
            memory.add(
                    bytes(memory, "swap-used", periods.normal()).description("Memory that is swapped out"),
                    () -> Value.of(bytes(meminfo, "SwapTotal") - bytes(meminfo, "SwapFree")));
        }
        if (files.isThere(STATUS)) {
            memory.add(
                    bytes(memory, "gateway", periods.normal())
                            .description("Resident memory of the gateway's own process"),
                    () -> Value.of(bytes(status, "VmRSS")));
        }
        return memory.sources().isEmpty() ? List.of() : List.of(memory);
    }

    private static PointInfo.Builder bytes(LinuxDevice memory, String name, Duration period) {
        return memory.point(name, ValueType.INTEGER, period).unit("By").deadband(ONE_MEBIBYTE);
    }

    private Value used() throws IOException {
        long total = bytes(meminfo, "MemTotal");
        if (total == 0) {
            throw UnreadableException.notAValue(meminfo + " says that there is no memory");
        }
        return Value.of(100.0 * (total - bytes(meminfo, "MemAvailable")) / total);
    }

    private static long bytes(KernelFile file, String name) throws IOException {
        Fields fields = file.fields();
        if (!fields.find(0, name)) {
            throw UnreadableException.notAValue(file + " has no line " + name);
        }
        return fields.number() * BYTES_PER_KILOBYTE;
    }
}
