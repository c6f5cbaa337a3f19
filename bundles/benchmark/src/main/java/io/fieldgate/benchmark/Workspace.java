package io.fieldgate.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * A folder for everything that a run makes, and the processes it has started. Both are gone when it is closed, or when the
 * benchmark is interrupted.
 */
final class Workspace implements AutoCloseable {

    private final Path folder;
    private final Set<Process> processes = ConcurrentHashMap.newKeySet();
    private final Thread hook = new Thread(this::killAll, "benchmark-end");
    private int folders;

    Workspace() throws IOException {
        // The path of a Unix domain socket, of which the gateway has one, must be short.
        folder = Files.createTempDirectory("fieldgate-bench-");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** A new folder. */
    Path folder(String name) throws IOException {
        return Files.createDirectory(folder.resolve(name + '-' + ++folders));
    }

    void track(Process process) {
        processes.add(process);
    }

    void release(Process process) {
        processes.remove(process);
    }

    /** Copies a folder with all that is in it, except what cannot be copied, such as sockets. */
    static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else if (Files.isRegularFile(file)) {
                    Files.copy(file, copy);
                }
            }
        }
    }

    static void delete(Path tree) throws IOException {
        List<Path> all;
        try (Stream<Path> files = Files.walk(tree)) {
            all = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : all) {
            Files.deleteIfExists(file);
        }
    }

    @Override
    public void close() throws IOException {
        Runtime.getRuntime().removeShutdownHook(hook);
        processes.forEach(Process::destroyForcibly);
        processes.forEach(process -> process.onExit().join());
        delete(folder);
    }

    private void killAll() {
        processes.forEach(Process::destroyForcibly);
        processes.forEach(process -> process.onExit().join());
        try {
            delete(folder);
        } catch (IOException e) {
            // the folder for temporary files is where it may stay
        }
    }
}
