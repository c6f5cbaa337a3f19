package io.fieldgate.itest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A home for a gateway. It lies in the folder for temporary files, for the path of a Unix domain socket must be short; its logs are
 * kept under {@code target/} when it goes.
 */
final class GatewayHome {

    private static final AtomicInteger COUNT = new AtomicInteger();

    private final Path path;
    private final String name;

    private GatewayHome(Path path, String name) {
        this.path = path;
        this.name = name;
    }

    static GatewayHome create() throws IOException {
        String caller = StackWalker.getInstance()
                .walk(frames -> frames.map(StackWalker.StackFrame::getClassName)
                        .filter(type -> type.endsWith("IT"))
                        .findFirst())
                .orElse("gateway");
        String name = caller.substring(caller.lastIndexOf('.') + 1) + '-' + COUNT.incrementAndGet();
        Path path = Files.createTempDirectory("fieldgate-it-");
        for (String folder : List.of("etc", "deploy", "data")) {
            Files.createDirectories(path.resolve(folder));
        }
        return new GatewayHome(path, name);
    }

    Path path() {
        return path;
    }

    Path stdout() {
        return path.resolve("stdout.txt");
    }

    Path stderr() {
        return path.resolve("stderr.txt");
    }

    /** Writes {@code etc/<pid>.cfg} in one step. */
    GatewayHome configure(String pid, Map<String, String> values) throws IOException {
        Path staged = Files.createTempFile(path, "staged", ".tmp");
        Files.writeString(
                staged,
                values.entrySet().stream()
                        .map(entry -> entry.getKey() + '=' + entry.getValue() + '\n')
                        .sorted()
                        .collect(Collectors.joining()));
        Files.move(
                staged,
                path.resolve("etc").resolve(pid + ".cfg"),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
        return this;
    }

    /** A call of {@code bin/fieldgate}. */
    ProcessBuilder command(Path java, String... arguments) {
        List<String> command = new ArrayList<>(List.of(Distribution.command().toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(path.toFile());
        builder.environment().put("JAVA_HOME", java.toString());
        return builder;
    }

    ProcessBuilder command(String... arguments) {
        return command(Path.of(System.getProperty("java.home")), arguments);
    }

    /** What the gateway has said on its standard output. */
    String console() {
        return read(stdout());
    }

    /** Console and log files. */
    String log() {
        List<Path> files = new ArrayList<>(List.of(stdout(), stderr()));
        files.addAll(logFiles());
        return files.stream().map(GatewayHome::read).collect(Collectors.joining("\n"));
    }

    List<Path> logFiles() {
        Path folder = path.resolve("data/log");
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".log"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Keeps the logs and deletes the rest, unless that was done before. */
    void delete() throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        Path kept = Files.createDirectories(Path.of("target/gateways"));
        Files.writeString(kept.resolve(name + ".log"), log());
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
