package io.fieldgate.transport.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * How many files and sockets the system lets the process open. When there are no more, {@code accept} fails again and again, and so does
 * everything else that opens a file.
 */
final class Descriptors {

    /** For bundles, logs, devices and what handlers open. */
    private static final int RESERVE = 192;

    private static final int LEAST = 16;
    private static final Path FILE = Path.of("/proc/self/limits");
    private static final String LINE = "Max open files";

    private Descriptors() {}

    /** How many of them connections may take; any number where the system does not say. */
    static int forConnections() {
        try {
            return forConnections(Files.readAllLines(FILE));
        } catch (IOException e) {
            return Integer.MAX_VALUE;
        }
    }

    /** What follows from the lines of {@code proc(5)}: the name, the soft limit, the hard one. */
    static int forConnections(List<String> lines) {
        for (String line : lines) {
            if (line.startsWith(LINE)) {
                String soft = line.substring(LINE.length()).strip().split("\\s+", 2)[0];
                try {
                    long most = Math.min(Long.parseLong(soft), Integer.MAX_VALUE);
                    return (int) Math.max(LEAST, most - RESERVE);
                } catch (NumberFormatException e) {
                    return Integer.MAX_VALUE; // "unlimited"
                }
            }
        }
        return Integer.MAX_VALUE;
    }
}
