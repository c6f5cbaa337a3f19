package io.fieldgate.driver.linux;

import io.fieldgate.api.data.Deadband;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.data.ValueType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The processors: how busy they are and how fast they run. */
final class CpuGroup implements Group {

    private static final String STAT = "/proc/stat";
    private static final String LOAD_AVERAGES = "/proc/loadavg";
    private static final String POLICIES = "/sys/devices/system/cpu/cpufreq";
    private static final String PROCESSORS = "/sys/devices/system/cpu";
    private static final double KILOHERTZ_PER_MEGAHERTZ = 1000;

    private final KernelFiles files;
    private final Periods periods;
    private final KernelFile stat;
    private final KernelFile loadAverages;
    private final Busyness busyness = new Busyness();
    private final Map<String, Busyness> each = new HashMap<>();

    CpuGroup(KernelFiles files, Periods periods) {
        this.files = files;
        this.periods = periods;
        this.stat = files.file(STAT);
        this.loadAverages = files.file(LOAD_AVERAGES);
    }

    @Override
    public List<LinuxDevice> scan() {
        LinuxDevice cpu = new LinuxDevice("cpu", "Processors");
        if (files.isThere(STAT)) {
            cpu.add(
                    cpu.point("load", ValueType.DECIMAL, periods.normal())
                            .unit("%")
                            .range(0, 100)
                            .deadband(Deadband.absolute(0.5))
                            .description("Share of the time in which the processors were busy"),
                    this::load);
            cpu.add(
                    cpu.point("processors", ValueType.INTEGER, periods.rare())
                            .description("Number of processors that are online"),
                    this::processors);
        }
        if (files.isThere(LOAD_AVERAGES)) {
            addLoadAverage(cpu, 0, "load-1m", "1 minute");
            addLoadAverage(cpu, 1, "load-5m", "5 minutes");
            addLoadAverage(cpu, 2, "load-15m", "15 minutes");
        }
        addEach(cpu);
        addFrequency(cpu);
        return cpu.sources().isEmpty() ? List.of() : List.of(cpu);
    }

    /** One load for each processor, if there are several. */
    private void addEach(LinuxDevice cpu) {
        List<String> processors = files.names(PROCESSORS, "cpu").stream()
                .filter(name -> name.matches("cpu\\d+"))
                .toList();
        if (processors.size() > 1 && files.exists(STAT)) {
            for (String processor : processors.subList(0, Math.min(MOST, processors.size()))) {
                Busyness own = each.computeIfAbsent(processor, unknown -> new Busyness());
                cpu.add(
                        cpu.point("load-" + processor, ValueType.DECIMAL, periods.normal())
                                .unit("%")
                                .range(0, 100)
                                .deadband(Deadband.absolute(0.5))
                                .description("Share of the time in which " + processor + " was busy"),
                        () -> load(processor, own));
            }
        }
    }

    private void addLoadAverage(LinuxDevice cpu, int column, String name, String time) {
        cpu.add(
                cpu.point(name, ValueType.DECIMAL, periods.normal())
                        .description("Mean number of tasks that ran or waited to, over " + time),
                () -> Value.of(loadAverages.fields().skip(column).decimal()));
    }

    private void addFrequency(LinuxDevice cpu) {
        List<KernelFile> policies = new ArrayList<>();
        for (String policy : files.names(POLICIES, "policy")) {
            String current = POLICIES + '/' + policy + "/scaling_cur_freq";
            if (files.isThere(current)) {
                policies.add(files.file(current));
            }
        }
        if (!policies.isEmpty()) {
            cpu.add(
                    cpu.point("frequency", ValueType.DECIMAL, periods.normal())
                            .unit("MHz")
                            .deadband(Deadband.absolute(10))
                            .description("Frequency of the processor that runs fastest"),
                    () -> Value.of(highest(policies) / KILOHERTZ_PER_MEGAHERTZ));
        }
    }

    private Value load() throws IOException {
        return load("cpu", busyness);
    }

    private Value load(String word, Busyness counted) throws IOException {
        Fields fields = line(word);
        // user, nice, system; idle, iowait; irq, softirq, steal. What guests use is in user already (proc(5)).
        long busy = fields.number() + fields.number() + fields.number();
        long idle = fields.number() + fields.number();
        busy += fields.number() + fields.number() + fields.number();
        return Value.of(counted.update(busy, idle, files.batch().nanos()));
    }

    private Fields line(String word) throws IOException {
        Fields fields = stat.fields();
        if (!fields.find(0, word)) {
            throw UnreadableException.notAValue(stat + " has no line " + word);
        }
        return fields;
    }

    private Value processors() throws IOException {
        Fields fields = line("cpu");
        long processors = 0;
        while (fields.nextLine() && fields.word().startsWith("cpu")) {
            processors++;
        }
        return Value.of(processors);
    }

    private static long highest(List<KernelFile> policies) throws IOException {
        long highest = 0;
        for (KernelFile policy : policies) {
            highest = Math.max(highest, policy.fields().number());
        }
        return highest;
    }
}
