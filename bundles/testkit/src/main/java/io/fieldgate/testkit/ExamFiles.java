package io.fieldgate.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/** What a {@link GatewayExam} takes from the distribution and the class path, and the home it makes. */
final class ExamFiles {

    private ExamFiles() {}

    /** Symbolic names of the shipped bundles, in the order in which the launcher starts them. */
    static List<String> shippedNames() {
        try (Stream<String> lines = Files.lines(lib().resolve("bundles.list"))) {
            return lines.filter(line -> !line.isBlank())
                    .map(line -> line.split("\t", -1)[2])
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The jars of these bundles, behind those that the launcher has on its class path for all bundles. */
    static List<Path> shipped(List<String> symbolicNames) {
        Stream<Path> forAll = Distribution.bundles().stream()
                .filter(jar -> jar.getParent().endsWith("boot"))
                .filter(jar -> BundleJar.of(jar).symbolicName().startsWith("org.osgi."));
        return Stream.concat(forAll, symbolicNames.stream().map(Distribution::bundle))
                .toList();
    }

    /** The framework properties of the distribution, but those that a test framework must set by itself. */
    static Properties frameworkProperties() throws IOException {
        Properties properties = new Properties();
        try (var in = Files.newInputStream(lib().resolve("framework.properties"))) {
            properties.load(in);
        }
        properties.remove("org.osgi.framework.system.packages.extra");
        return properties;
    }

    /** A home with the configuration that is shipped and nothing else. */
    static Path home() throws IOException {
        Path target = Files.createDirectories(Path.of("target/exam").toAbsolutePath());
        Path home = Files.createTempDirectory(target, "home-");
        Files.createDirectories(home.resolve("deploy"));
        Files.createDirectories(home.resolve("data"));
        Path etc = Files.createDirectories(home.resolve("etc"));
        Path shipped = Distribution.folder().resolve("features/etc");
        if (Files.isDirectory(shipped)) {
            try (Stream<Path> files = Files.list(shipped)) {
                for (Path file : files.toList()) {
                    Files.copy(file, etc.resolve(file.getFileName()));
                }
            }
        }
        return home;
    }

    /** The jar, or folder of classes, that a class of the class path comes from. */
    static Path origin(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(type + " is not from a file", e);
        }
    }

    private static Path lib() {
        return Distribution.folder().resolve("lib");
    }
}
