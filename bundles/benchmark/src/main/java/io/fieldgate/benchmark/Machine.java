package io.fieldgate.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What it was measured on.
 *
 * @param cpu the processor, as it calls itself
 * @param cores how many of its cores this process may use
 * @param memory main memory in MB
 * @param kernel name, version and architecture
 * @param java the virtual machine with its version
 */
record Machine(String cpu, int cores, long memory, String kernel, String java) {

    private static final Pattern MODEL = Pattern.compile("(?m)^(?:model name|Model|Hardware)\\s*:\\s*(.+)$");
    private static final Pattern MEMORY = Pattern.compile("(?m)^MemTotal:\\s+(\\d+) kB$");

    /** This machine. */
    static Machine here() throws IOException {
        return new Machine(
                cpu(Files.readString(Path.of("/proc/cpuinfo"))),
                Runtime.getRuntime().availableProcessors(),
                memory(Files.readString(Path.of("/proc/meminfo"))),
                System.getProperty("os.name")
                        + ' '
                        + System.getProperty("os.version")
                        + ' '
                        + System.getProperty("os.arch"),
                System.getProperty("java.vm.name") + ' ' + System.getProperty("java.runtime.version"));
    }

    static String cpu(String cpuinfo) {
        Matcher matcher = MODEL.matcher(cpuinfo);
        return matcher.find() ? matcher.group(1).strip() : "unknown";
    }

    static long memory(String meminfo) {
        Matcher matcher = MEMORY.matcher(meminfo);
        return matcher.find() ? Long.parseLong(matcher.group(1)) * 1_024 / 1_000_000 : 0;
    }
}
