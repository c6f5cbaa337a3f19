package io.fieldgate.launcher.features;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.service.feature.FeatureService;

class FeatureSetTest {

    private static final FeatureService SERVICE =
            ServiceLoader.load(FeatureService.class).findFirst().orElseThrow();

    private final List<Artifact> dependencies = new ArrayList<>();

    @TempDir
    private Path folder;

    @BeforeEach
    void writeFeatures() throws IOException {
        write("base", """
                "bundles": [
                  { "id": "org.example:late:${version}", "bundleStartLevel": 5 },
                  { "id": "org.example:early:${version}", "bundleStartLevel": 1 },
                  { "id": "org.example:web:jar:with-all:${version}", "bundleStartLevel": 3 }
                ],
                "configurations": { "org.example.early~one": { "port:Integer": 8080, "names": ["a", "b"] } },
                "extensions": {
                  "io.fieldgate.class-path": { "kind": "mandatory", "type": "artifacts", "artifacts": [
                    { "id": "org.example:quiet:${version}" }, { "id": "org.example:shared:${version}", "exported": true } ] },
                  "framework-launching-properties": { "kind": "mandatory", "type": "json", "json": { "a.b": "c" } }
                }
                """);
        for (String key : List.of("late", "early", "web:jar:with-all", "quiet", "shared")) {
            dependencies.add(new Artifact("org.example:" + key, "1.2.3", Path.of(key + ".jar")));
        }
    }

    @Test
    void takesVersionsFromTheDependencies() throws IOException {
        String text = read().texts().get("base.json");

        assertTrue(text.contains("\"org.example:web:jar:with-all:1.2.3\""), text);
        assertTrue(text.contains("\"io.fieldgate:test:osgifeature:base:9.9\""), text);
    }

    @Test
    void ordersBundlesByStartLevel() throws IOException {
        assertEquals(
                List.of("early", "web", "late"),
                read().bundles().stream()
                        .map(bundle -> bundle.getID().getArtifactId())
                        .toList());
    }

    @Test
    void exportsOnlyWhatTheFeatureExports() throws IOException {
        FeatureSet features = read();

        assertEquals(2, features.classPath().size());
        assertEquals(
                List.of(Path.of("shared.jar")),
                features.exported().stream().map(Artifact::file).toList());
    }

    @Test
    void writesADefaultConfigurationAsAFile() throws IOException {
        DefaultFiles.write(folder, read().configurations().get(0));

        List<String> lines = Files.readAllLines(folder.resolve("org.example.early-one.cfg"));
        assertEquals(List.of("names=a,b", "port=8080"), lines.subList(1, 3));
    }

    @Test
    void refusesABundleThatIsNoDependency() {
        dependencies.remove(0);

        IllegalStateException failure = assertThrows(IllegalStateException.class, this::read);
        assertEquals("base.json names org.example:late, which is no dependency of the launcher", failure.getMessage());
    }

    @Test
    void refusesADependencyThatNoFeatureNames() {
        dependencies.add(new Artifact("org.example:stray", "1", Path.of("stray.jar")));

        IllegalStateException failure = assertThrows(IllegalStateException.class, this::read);
        assertTrue(
                failure.getMessage().endsWith("dependency but not named: [org.example:stray:1]"), failure::getMessage);
    }

    @Test
    void refusesABundleThatIsNamedTwice() throws IOException {
        write("more", "\"bundles\": [ { \"id\": \"org.example:early:${version}\", \"bundleStartLevel\": 1 } ]");

        IllegalStateException failure = assertThrows(IllegalStateException.class, this::read);
        assertEquals("the features name org.example:early:1.2.3 twice", failure.getMessage());
    }

    @Test
    void refusesABundleWithoutAStartLevel() throws IOException {
        write("more", "\"bundles\": [ { \"id\": \"org.example:plain:${version}\" } ]");
        dependencies.add(new Artifact("org.example:plain", "1", Path.of("plain.jar")));

        IllegalStateException failure = assertThrows(IllegalStateException.class, this::read);
        assertEquals("org.example:plain:1 needs a bundleStartLevel, a whole number from 1", failure.getMessage());
    }

    private FeatureSet read() throws IOException {
        return FeatureSet.read(SERVICE, folder, dependencies, "9.9");
    }

    private void write(String name, String body) throws IOException {
        String head = "{ \"feature-resource-version\": \"1.0\", \"id\": \"io.fieldgate:test:osgifeature:" + name
                + ":${version}\", ";
        Files.writeString(folder.resolve(name + ".json"), head + body + "}");
    }
}
