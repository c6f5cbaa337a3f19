package io.fieldgate.testkit;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * Which file descriptors this process has open, by what they lead to: files, sockets, pipes and what the kernel has no name for. Known
 * on Linux alone; elsewhere there are none.
 */
final class OpenFiles {

    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final long PAUSE_NANOS = 20_000_000;

    private OpenFiles() {}

    /** By target, such as {@code /dev/gpiochip0} or {@code socket:[4711]}: how many lead there. */
    static Map<String, Integer> now() throws IOException {
        Map<String, Integer> open = new HashMap<>();
        if (Files.isDirectory(DESCRIPTORS)) {
            try (DirectoryStream<Path> links = Files.newDirectoryStream(DESCRIPTORS)) {
                links.forEach(link -> count(link, open));
            } catch (DirectoryIteratorException e) {
                throw e.getCause();
            }
        }
        return open;
    }

    private static void count(Path link, Map<String, Integer> open) {
        try {
            String target = Files.readSymbolicLink(link).toString();
            if (!isKept(target)) {
                open.merge(target, 1, Integer::sum);
            }
        } catch (IOException e) {
            // It was closed since it was listed: it is not open now.
        }
    }

    /** What the JVM opens by itself for as long as it likes, and the list that is being read. */
    private static boolean isKept(String target) {
        return target.endsWith(".jar")
                || target.endsWith("/lib/modules")
                || target.equals("/dev/random")
                || target.equals("/dev/urandom")
                || target.matches("/proc/[0-9]+/fd");
    }

    /**
     * Waits for those that have come since to be closed.
     *
     * @param before what was open
     * @return the targets of those that are still open at the limit, as often as they are
     */
    static List<String> outlive(Map<String, Integer> before, Duration limit) throws IOException {
        long deadline = System.nanoTime() + limit.toNanos();
        List<String> left = since(before);
        while (!left.isEmpty() && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(PAUSE_NANOS);
            left = since(before);
        }
        return left;
    }

    private static List<String> since(Map<String, Integer> before) throws IOException {
        List<String> come = new ArrayList<>();
        now().forEach((target, count) -> {
            for (int i = before.getOrDefault(target, 0); i < count; i++) {
                come.add(target);
            }
        });
        return come.stream().sorted().toList();
    }
}
