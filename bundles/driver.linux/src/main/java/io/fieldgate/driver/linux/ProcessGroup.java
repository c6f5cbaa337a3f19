package io.fieldgate.driver.linux;

import io.fieldgate.api.data.Value;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Programs that the configuration names: how many processes of that name there are, and what they take together (proc(5)). */
final class ProcessGroup implements Group {

    private static final String PROC = "/proc";
    private static final int RESIDENT_COLUMN = 21;
    private static final int USER_COLUMN = 11;
    private static final long PAGE_BYTES = 4096;
    /** What the kernel counts of a second in {@code stat}: 100 on every architecture that Java runs on. */
    private static final double TICKS = 100;

    private final KernelFiles files;
    private final Periods periods;
    private final List<String> programs;
    private final Map<String, Sum> sums = new LinkedHashMap<>();
    private final Map<String, Rate> rates = new LinkedHashMap<>();
    private long readIn;

    /** What the processes of one program take. */
    private record Sum(long count, long bytes, long ticks) {

        Sum plus(long pages, long more) {
            return new Sum(count + 1, bytes + pages * PAGE_BYTES, ticks + more);
        }
    }

    ProcessGroup(KernelFiles files, Periods periods, List<String> programs) {
        this.files = files;
        this.periods = periods;
        this.programs = programs;
    }

    @Override
    public List<LinuxDevice> scan() {
        List<LinuxDevice> devices = new ArrayList<>();
        Names names = new Names("process-");
        for (String program : programs) {
            SysfsDevice device = new SysfsDevice(files, PROC, names.of(program), "Program " + program);
            Rate rate = rates.computeIfAbsent(program, unknown -> new Rate());
            device.add(
                    device.integer("count", periods.slow(), "Processes of this name"),
                    () -> Value.of(sum(program).count()));
            device.add(
                    device.integer("memory", periods.slow(), "Memory that they hold together")
                            .unit("By"),
                    () -> Value.of(sum(program).bytes()));
            device.add(
                    device.decimal("cpu", "%", periods.slow(), "Time of one processor that they take together"),
                    () -> Value.of(100
                            / TICKS
                            * rate.update(sum(program).ticks(), files.batch().nanos())));
            device.device().ifPresent(devices::add);
        }
        return devices;
    }

    /** Looks at all processes once in a batch. */
    private Sum sum(String program) {
        if (readIn != files.batch().number()) {
            readIn = files.batch().number();
            sums.clear();
            for (String process : files.names(PROC, "")) {
                if (Character.isDigit(process.charAt(0))) {
                    look(process);
                }
            }
        }
        return sums.getOrDefault(program, new Sum(0, 0, 0));
    }

    private void look(String process) {
        try {
            // "42 (name with (parts)) S 1 …"
            String text = files.file(PROC + '/' + process + "/stat").text();
            int open = text.indexOf('(');
            int close = text.lastIndexOf(')');
            String name = open < 0 || close < open ? "" : text.substring(open + 1, close);
            if (programs.contains(name)) {
                String[] fields = text.substring(close + 2).split(" ", -1);
                sums.merge(
                        name,
                        new Sum(0, 0, 0)
                                .plus(
                                        Long.parseLong(fields[RESIDENT_COLUMN]),
                                        Long.parseLong(fields[USER_COLUMN]) + Long.parseLong(fields[USER_COLUMN + 1])),
                        (a, b) -> new Sum(a.count() + b.count(), a.bytes() + b.bytes(), a.ticks() + b.ticks()));
            }
        } catch (IOException | IndexOutOfBoundsException | NumberFormatException e) {
            // It has ended while it was looked at.
            return;
        }
    }
}
