package io.fieldgate.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a jar says of itself, and what a copy of it says. */
class BundleJarTest {

    @TempDir
    private Path folder;

    @Test
    void theNameStandsWithoutDirectives() throws IOException {
        BundleJar bundle = BundleJar.of(jar("com.example.hello; singleton:=true", "1.2.3.rc-1"));

        assertEquals("com.example.hello", bundle.symbolicName());
        assertEquals("1.2.3.rc-1", bundle.version());
        assertEquals(Optional.empty(), bundle.header("Import-Package"));
    }

    @Test
    void aShortVersionIsMadeWhole() throws IOException {
        assertEquals("1.0.0", BundleJar.of(jar("com.example.hello", "1")).version());
        assertEquals("1.2.0", BundleJar.of(jar("com.example.hello", "1.2")).version());
    }

    @Test
    void aJarThatIsNoBundleHasNoName() throws IOException {
        BundleJar jar = BundleJar.of(jar("", "1.0.0"));

        assertTrue(assertThrows(AssertionError.class, jar::symbolicName)
                .getMessage()
                .contains("is no bundle"));
    }

    @Test
    void aCopyIsAnotherVersionWithTheSameContent() throws IOException {
        Path original = jar("com.example.hello", "1.0.0");

        Path copy = BundleJar.of(original).reversioned("1.0.1");

        assertEquals("1.0.1", BundleJar.of(copy).version());
        assertEquals("com.example.hello", BundleJar.of(copy).symbolicName());
        assertTrue(Files.size(copy) > Files.size(original));
    }

    private Path jar(String symbolicName, String version) throws IOException {
        Manifest manifest = new Manifest();
        Attributes headers = manifest.getMainAttributes();
        headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        if (!symbolicName.isEmpty()) {
            headers.put(new Attributes.Name("Bundle-SymbolicName"), symbolicName);
        }
        headers.put(new Attributes.Name("Bundle-Version"), version);
        Path jar = Files.createTempFile(folder, "bundle", ".jar");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file, manifest)) {
            out.putNextEntry(new ZipEntry("hello.txt"));
            out.write(1);
        }
        return jar;
    }
}
