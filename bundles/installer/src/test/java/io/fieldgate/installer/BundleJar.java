package io.fieldgate.installer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Makes the jar of a test bundle. */
final class BundleJar {

    private final Manifest manifest = new Manifest();
    private final Map<String, byte[]> entries = new TreeMap<>();
    private Class<?> activator;

    private BundleJar(String symbolicName) {
        header("Manifest-Version", "1.0");
        header("Bundle-ManifestVersion", "2");
        header("Bundle-SymbolicName", symbolicName);
        header("Import-Package", "org.osgi.framework");
    }

    static BundleJar named(String symbolicName) {
        return new BundleJar(symbolicName);
    }

    /** A bundle that registers its version as a greeting. */
    static BundleJar greeting(String symbolicName, String version) {
        return named(symbolicName).version(version).activator(GreetingActivator.class);
    }

    BundleJar version(String version) {
        return header("Bundle-Version", version);
    }

    BundleJar activator(Class<?> type) {
        activator = type;
        return header("Bundle-Activator", type.getName());
    }

    BundleJar header(String name, String value) {
        manifest.getMainAttributes().putValue(name, value);
        return this;
    }

    BundleJar entry(String name, byte[] bytes) {
        entries.put(name, bytes);
        return this;
    }

    /** Writes the jar in one go. */
    Path writeTo(Path file) throws IOException {
        Files.write(file, bytes());
        return file;
    }

    byte[] bytes() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
            if (activator != null) {
                String entry = activator.getName().replace('.', '/') + ".class";
                jar.putNextEntry(new JarEntry(entry));
                try (InputStream in = activator.getClassLoader().getResourceAsStream(entry)) {
                    in.transferTo(jar);
                }
                jar.closeEntry();
            }
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                jar.putNextEntry(new JarEntry(entry.getKey()));
                jar.write(entry.getValue());
                jar.closeEntry();
            }
        }
        return bytes.toByteArray();
    }
}
