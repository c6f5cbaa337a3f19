package io.fieldgate.launcher.features;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Version;

class DistributionBuildTest {

    @TempDir
    private Path folder;

    @Test
    void readsTheListOfDependencies() throws IOException {
        Path list = Files.write(
                folder.resolve("list"),
                List.of(
                        "",
                        "The following files have been resolved:",
                        "   org.example:plain:jar:1.0:compile:/r/plain-1.0.jar -- module org.example.plain (auto)",
                        "   org.example:web:jar:with-all:2.0:runtime:/r/web-2.0-with-all.jar",
                        "   org.example:build:jar:3.0:provided:/r/build-3.0.jar",
                        "   org.example:junit:jar:5.0:test:/r/junit-5.0.jar"));

        assertEquals(
                List.of(
                        new Artifact("org.example:plain", "1.0", Path.of("/r/plain-1.0.jar")),
                        new Artifact("org.example:web:jar:with-all", "2.0", Path.of("/r/web-2.0-with-all.jar"))),
                Artifact.read(list));
    }

    @Test
    void readsTheExportsOfAManifest() throws IOException {
        JarManifest manifest = new JarManifest(jar(Map.of(
                "Bundle-SymbolicName", "org.example.shared; singleton:=true",
                "Export-Package",
                        "a.b;uses:=\"c.d,e.f\";version=\"2.0.17\",a.c;version=1.5,a.d,a.b;version=\"1.7.36\"")));

        assertEquals("org.example.shared", manifest.symbolicName());
        assertEquals(
                Map.of(
                        "a.b",
                        Set.of(new Version(2, 0, 17), new Version(1, 7, 36)),
                        "a.c",
                        Set.of(new Version(1, 5, 0)),
                        "a.d",
                        Set.of(Version.emptyVersion)),
                manifest.exports());
    }

    @Test
    void refusesAJarThatIsNoBundle() throws IOException {
        JarManifest manifest = new JarManifest(jar(Map.of()));

        IllegalStateException failure = assertThrows(IllegalStateException.class, manifest::symbolicName);
        assertEquals("some.jar is no bundle: it has no symbolic name", failure.getMessage());
    }

    @Test
    void writesFrameworkProperties() {
        List<String> lines = FrameworkProperties.lines(
                List.of("{\"a.b\":\"c\",\"n\":5}"),
                Map.of("x.y", new TreeSet<>(Set.of(new Version(1, 2, 0), new Version(1, 1, 0)))),
                "9.9");

        assertTrue(
                lines.containsAll(List.of(
                        "a.b=c",
                        "n=5",
                        "fieldgate.version=9.9",
                        "org.osgi.framework.system.packages.extra=x.y;version=1.1.0,x.y;version=1.2.0")),
                lines::toString);
    }

    private Path jar(Map<String, String> headers) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.forEach((name, value) -> manifest.getMainAttributes().putValue(name, value));
        Path jar = folder.resolve("some.jar");
        try (JarOutputStream stream = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            stream.flush();
        }
        return jar;
    }
}
