package io.fieldgate.benchmark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The flags of a running virtual machine, so that another one can be given the same. */
final class JvmFlags {

    private JvmFlags() {}

    /** The flags of a process of the gateway. */
    static List<String> of(long pid) throws IOException {
        byte[] line = Files.readAllBytes(Path.of("/proc", String.valueOf(pid), "cmdline"));
        return of(List.of(new String(line, StandardCharsets.UTF_8).split("\0", -1)));
    }

    /**
     * What of a command line says how the machine works: all flags before the class path but those that name files of the
     * gateway's. What stands behind the class path does.
     *
     * @param command the command line, the path of {@code java} first
     */
    static List<String> of(List<String> command) {
        int classPath = command.indexOf("-cp");
        if (classPath < 0) {
            throw new IllegalArgumentException("there is no -cp in " + command);
        }
        return command.subList(1, classPath).stream()
                .filter(flag -> !flag.startsWith("-Dfieldgate."))
                .toList();
    }
}
