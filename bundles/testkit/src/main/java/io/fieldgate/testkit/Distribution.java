package io.fieldgate.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The distribution that the tests run: the folder that {@code fieldgate-….tar.gz} unpacks to, named by the system property
 * {@value #PROPERTY}.
 *
 * <p>Every method throws an {@link AssertionError} that says what to set if the property is missing or names something else.
 */
public final class Distribution {

    /** System property: the folder that holds {@code bin/} and {@code lib/}; a relative one is resolved in the working folder. */
    public static final String PROPERTY = "fieldgate.distribution";

    private Distribution() {}

    /**
     * Where the distribution is.
     *
     * @return the absolute path of the folder that holds {@code bin/} and {@code lib/}
     */
    public static Path folder() {
        String value = System.getProperty(PROPERTY, "");
        if (value.isBlank()) {
            throw new AssertionError("the system property " + PROPERTY
                    + " is not set: unpack the distribution and name its folder, with Maven in systemPropertyVariables of"
                    + " Failsafe's configuration");
        }
        Path folder = Path.of(value).toAbsolutePath().normalize();
        if (!Files.isRegularFile(folder.resolve("bin/fieldgate")) || !Files.isDirectory(folder.resolve("lib"))) {
            throw new AssertionError("there is no distribution at " + folder + ", where the system property " + PROPERTY
                    + " points: it would hold bin/fieldgate and lib/");
        }
        return folder;
    }

    /**
     * The command line of the gateway.
     *
     * @return the absolute path of {@code bin/fieldgate}
     */
    public static Path command() {
        return folder().resolve("bin/fieldgate");
    }

    /**
     * Finds a shipped bundle by what its manifest says; file names mean nothing.
     *
     * @param symbolicName the symbolic name, for example {@code io.fieldgate.handler.echo}
     * @return its jar
     * @throws AssertionError if no such bundle is shipped
     */
    public static Path bundle(String symbolicName) {
        return bundles().stream()
                .filter(jar -> symbolicName.equals(BundleJar.of(jar).symbolicName()))
                .findFirst()
                .orElseThrow(() -> new AssertionError(symbolicName + " is not shipped in " + folder()));
    }

    /**
     * Lists shipped bundles by name.
     *
     * @param prefix how their symbolic names begin, for example {@code io.fieldgate.driver.}
     * @return symbolic names, sorted, at least one
     * @throws AssertionError if no such bundle is shipped
     */
    public static List<String> names(String prefix) {
        List<String> names = bundles().stream()
                .map(jar -> BundleJar.of(jar).symbolicName())
                .filter(name -> name.startsWith(prefix))
                .sorted()
                .toList();
        if (names.isEmpty()) {
            throw new AssertionError("no bundle called " + prefix + "… is shipped in " + folder());
        }
        return names;
    }

    /** The jars of {@code lib/} that are bundles, sorted by path. */
    static List<Path> bundles() {
        try (Stream<Path> found = Files.walk(folder().resolve("lib"))) {
            return found.filter(file -> file.toString().endsWith(".jar"))
                    .filter(jar ->
                            BundleJar.of(jar).header("Bundle-SymbolicName").isPresent())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
