package io.fieldgate.itest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/** What this very build has made: the folder that the launcher's module leaves, and the jars in it. */
final class Distribution {

    private static final Path FOLDER = Path.of(
                    System.getProperty("fieldgate.distribution", "../../launcher/target/fieldgate"))
            .toAbsolutePath()
            .normalize();

    private Distribution() {}

    /** The folder that holds {@code bin/} and {@code lib/}. */
    static Path folder() {
        if (!Files.isDirectory(FOLDER)) {
            throw new AssertionError("there is no distribution at " + FOLDER + ": build the launcher first");
        }
        return FOLDER;
    }

    static Path command() {
        return folder().resolve("bin/fieldgate");
    }

    /** The root of the sources that it was built from. */
    static Path sources() {
        return Path.of(System.getProperty("fieldgate.root", "../.."))
                .toAbsolutePath()
                .normalize();
    }

    /** The shipped bundle of a symbolic name. File names mean nothing. */
    static Path bundle(String symbolicName) {
        return jars().stream()
                .filter(jar -> symbolicName.equals(symbolicName(jar).orElse("")))
                .findFirst()
                .orElseThrow(() -> new AssertionError(symbolicName + " is not shipped: " + jars()));
    }

    /** Symbolic names of our own shipped bundles that begin with a prefix. */
    static List<String> names(String prefix) {
        List<String> names = jars().stream()
                .flatMap(jar -> symbolicName(jar).stream())
                .filter(name -> name.startsWith(prefix))
                .sorted()
                .toList();
        if (names.isEmpty()) {
            throw new AssertionError("no bundle called " + prefix + "… is shipped: " + jars());
        }
        return names;
    }

    static Optional<String> symbolicName(Path jar) {
        return header(jar, "Bundle-SymbolicName").map(name -> name.replaceFirst(";.*", ""));
    }

    static Optional<String> header(Path jar, String name) {
        try (JarFile file = new JarFile(jar.toFile())) {
            Manifest manifest = file.getManifest();
            return manifest == null
                    ? Optional.empty()
                    : Optional.ofNullable(manifest.getMainAttributes().getValue(name));
        } catch (IOException e) {
            throw new UncheckedIOException(jar + " cannot be read", e);
        }
    }

    private static List<Path> jars() {
        try (Stream<Path> found = Files.walk(folder().resolve("lib"))) {
            return found.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
