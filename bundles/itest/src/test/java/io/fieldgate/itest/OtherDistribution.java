package io.fieldgate.itest;

import io.fieldgate.testkit.Distribution;
import io.fieldgate.testkit.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** A distribution of another version: that of this build, with some files changed. */
final class OtherDistribution {

    private final Path folder;
    private final Path root;

    /** @param folder where it is made */
    OtherDistribution(Path folder, String version) throws IOException {
        this.folder = folder;
        root = folder.resolve("fieldgate-" + version);
        copy(Distribution.folder(), root);
        Path properties = root.resolve("lib/framework.properties");
        Files.writeString(
                properties,
                Files.readString(properties)
                        .replaceAll("(?m)^fieldgate\\.version=.*$", "fieldgate.version=" + version));
        Files.writeString(root.resolve("lib/build"), version + "-0000test\n");
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                boolean data = from.relativize(file).toString().matches("(data|etc|deploy)(/.*)?");
                if (!data && Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else if (!data) {
                    Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
    }

    /** Takes a bundle off the list of those that are started. */
    OtherDistribution without(String symbolicName) throws IOException {
        Path list = root.resolve("lib/bundles.list");
        List<String> lines = Files.readAllLines(list);
        Files.write(
                list,
                lines.stream()
                        .filter(line -> !line.endsWith('\t' + symbolicName))
                        .toList());
        return this;
    }

    /** Puts another bundle on the list. */
    OtherDistribution with(int startLevel, Path jar, String symbolicName) throws IOException {
        Files.copy(jar, root.resolve("lib").resolve(jar.getFileName()));
        Path list = root.resolve("lib/bundles.list");
        Files.writeString(
                list, Files.readString(list) + startLevel + '\t' + jar.getFileName() + '\t' + symbolicName + '\n');
        return this;
    }

    /** Takes a file away. */
    OtherDistribution withoutFile(String path) throws IOException {
        Files.delete(root.resolve(path));
        return this;
    }

    /** Packs it. */
    Path tarGz() throws IOException, InterruptedException {
        Path file = folder.resolve(root.getFileName() + ".tar.gz");
        Outcome.of(
                        new ProcessBuilder(
                                "tar",
                                "czf",
                                file.toString(),
                                "-C",
                                folder.toString(),
                                root.getFileName().toString()),
                        Duration.ofSeconds(60))
                .orFail();
        return file;
    }
}
