package io.fieldgate.testkit;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** A bundle as a file: what its manifest says, and the same bundle in another version. */
public final class BundleJar {

    private static final Path COPIES = Path.of("target/test-bundles");

    private final Path path;
    private final Manifest manifest;

    private BundleJar(Path path) {
        this.path = path;
        try (JarFile file = new JarFile(path.toFile())) {
            manifest = file.getManifest() == null ? new Manifest() : new Manifest(file.getManifest());
        } catch (IOException e) {
            throw new UncheckedIOException(path + " cannot be read", e);
        }
    }

    /**
     * Reads the manifest of a jar.
     *
     * @param jar the jar; one that is no bundle has no {@link #symbolicName()} but may be asked for headers
     * @return what it says
     * @throws UncheckedIOException if it cannot be read
     */
    public static BundleJar of(Path jar) {
        return new BundleJar(jar);
    }

    /**
     * The file.
     *
     * @return the path it was read from
     */
    public Path path() {
        return path;
    }

    /**
     * A header of the main section of the manifest.
     *
     * @param name its name, for example {@code Import-Package}
     * @return its value; empty if there is no such header
     */
    public Optional<String> header(String name) {
        return Optional.ofNullable(manifest.getMainAttributes().getValue(name));
    }

    /**
     * The symbolic name without its directives.
     *
     * @return {@code Bundle-SymbolicName} up to the first semicolon
     * @throws AssertionError if the jar is no bundle
     */
    public String symbolicName() {
        return header("Bundle-SymbolicName")
                .map(name -> name.replaceFirst(";.*", "").trim())
                .orElseThrow(() -> new AssertionError(path + " is no bundle: its manifest has no Bundle-SymbolicName"));
    }

    /**
     * The version, whole as a running gateway shows it.
     *
     * @return {@code Bundle-Version}, with {@code 0} for parts that it leaves out (OSGi Core 8, 3.2.5)
     */
    public String version() {
        String version = header("Bundle-Version").map(String::trim).orElse("0");
        long dots = version.chars().filter(character -> character == '.').count();
        return version + ".0".repeat((int) Math.max(0, 2 - dots));
    }

    /**
     * Copies the bundle and has the copy say that it is another version. It differs in content too, by one small file.
     *
     * @param version an OSGi version, for example {@code 1.0.1}
     * @return the copy, a file under {@code target/test-bundles/} that is replaced when the same version is asked for again
     * @throws IOException if it cannot be written
     */
    public Path reversioned(String version) throws IOException {
        Path copy = Files.createDirectories(COPIES.toAbsolutePath()).resolve(symbolicName() + '-' + version + ".jar");
        Manifest changed = new Manifest(manifest);
        changed.getMainAttributes().put(new Attributes.Name("Bundle-Version"), version);
        try (JarFile original = new JarFile(path.toFile());
                OutputStream file = Files.newOutputStream(copy);
                JarOutputStream out = new JarOutputStream(file, changed)) {
            Enumeration<JarEntry> entries = original.entries();
            while (entries.hasMoreElements()) {
                JarEntry entry = entries.nextElement();
                if (!entry.getName().equals(JarFile.MANIFEST_NAME)) {
                    out.putNextEntry(new JarEntry(entry.getName()));
                    original.getInputStream(entry).transferTo(out);
                }
            }
            out.putNextEntry(new JarEntry("testkit-version.txt"));
            out.write(version.getBytes(StandardCharsets.UTF_8));
        }
        return copy;
    }
}
