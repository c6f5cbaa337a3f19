package io.fieldgate.benchmark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a process uses, as Linux tells it in {@code /proc}, and a Java process of its heap. */
final class ProcessUsage {

    /** The unit of times in {@code /proc}: USER_HZ, which is 100 on every architecture that has a Java 17. */
    private static final int TICKS_PER_SECOND = 100;

    /** Fields 14 to 17 of {@code /proc/PID/stat}; the first behind the name, which may hold anything, is field 3. */
    private static final int UTIME = 14 - 3;

    private static final int CSTIME = 17 - 3;
    private static final Pattern RSS = Pattern.compile("(?m)^Rss:\\s+(\\d+) kB$");
    private static final Pattern HEAP =
            Pattern.compile("(?m)^(?!\\s*(?:Metaspace|class space)).*total\\s+\\d+K,\\s+used\\s+(\\d+)K");

    private ProcessUsage() {}

    /** The processor time of all its threads, those that have ended included, in seconds; it grows in steps of 10 ms. */
    static double cpuSeconds(long pid) throws IOException {
        return cpuSeconds(Files.readString(Path.of("/proc", String.valueOf(pid), "stat")));
    }

    /** The memory that it has in RAM, in kB, counted page by page. */
    static long residentKilobytes(long pid) throws IOException {
        return residentKilobytes(Files.readString(Path.of("/proc", String.valueOf(pid), "smaps_rollup")));
    }

    /**
     * What of its heap is in use after a full collection, in kB. It stops the process for a moment.
     *
     * @param pid a Java process
     * @return the size, or empty if this Java has no {@code jcmd}
     */
    static Optional<Long> liveHeapKilobytes(long pid) throws IOException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        if (!Files.isExecutable(jcmd)) {
            return Optional.empty();
        }
        output(jcmd, pid, "GC.run");
        return Optional.of(heapKilobytes(output(jcmd, pid, "GC.heap_info")));
    }

    static double cpuSeconds(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        long ticks = 0;
        for (int i = UTIME; i <= CSTIME; i++) {
            ticks += Long.parseLong(fields[i]);
        }
        return ticks / (double) TICKS_PER_SECOND;
    }

    static long residentKilobytes(String rollup) {
        Matcher matcher = RSS.matcher(rollup);
        if (!matcher.find()) {
            throw new IllegalArgumentException("there is no Rss in " + rollup);
        }
        return Long.parseLong(matcher.group(1));
    }

    static long heapKilobytes(String heapInfo) {
        return HEAP.matcher(heapInfo)
                .results()
                .mapToLong(generation -> Long.parseLong(generation.group(1)))
                .sum();
    }

    private static String output(Path jcmd, long pid, String command) throws IOException {
        Process process = new ProcessBuilder(jcmd.toString(), String.valueOf(pid), command)
                .redirectErrorStream(true)
                .start();
        try {
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException("jcmd " + command + " has failed: " + said);
            }
            return said;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while jcmd ran", e);
        } finally {
            process.destroyForcibly();
        }
    }
}
