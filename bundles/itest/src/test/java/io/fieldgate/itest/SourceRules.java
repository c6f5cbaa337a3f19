package io.fieldgate.itest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What the sources of a module must look like. */
final class SourceRules {

    private static final int LONGEST_SOURCE = 400;
    private static final int SHORTEST_README = 30;
    private static final int LONGEST_README = 120;

    /** The one form of the READMEs of handlers, drivers and transports. */
    private static final List<String> HEADINGS = List.of(
            "## What it needs on the machine",
            "## Configuration",
            "## Services",
            "## When it is stopped or updated",
            "## Example");

    private SourceRules() {}

    /** Everything that is wrong with a module; nothing if all is well. */
    static List<String> violations(Path module) throws IOException {
        List<String> found = new ArrayList<>(tooLong(module.resolve("src/main/java")));
        String name = module.getFileName().toString();
        if (name.startsWith("handler.") || name.startsWith("driver.") || name.startsWith("transport.")) {
            found.addAll(readme(module.resolve("README.md")));
        }
        return found;
    }

    private static List<String> tooLong(Path sources) throws IOException {
        if (!Files.isDirectory(sources)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(sources)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> lines(file).size() > LONGEST_SOURCE)
                    .map(file -> file.getFileName() + " has " + lines(file).size() + " lines")
                    .toList();
        }
    }

    private static List<String> readme(Path file) {
        if (!Files.exists(file)) {
            return List.of("it has no README.md");
        }
        List<String> found = new ArrayList<>();
        List<String> lines = lines(file);
        if (lines.size() < SHORTEST_README || lines.size() > LONGEST_README) {
            found.add("its README.md has " + lines.size() + " lines");
        }
        List<String> headings =
                lines.stream().filter(line -> line.startsWith("## ")).toList();
        HEADINGS.stream()
                .filter(heading -> !headings.contains(heading))
                .forEach(heading -> found.add("its README.md lacks " + heading));
        return found;
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
