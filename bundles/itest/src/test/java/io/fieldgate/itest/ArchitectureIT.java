package io.fieldgate.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.itest.subject.ReleaseHandler;
import io.fieldgate.itest.subject.VersionHandler;
import io.fieldgate.testkit.Distribution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The architecture, read from the jars and sources of this very build; and each guard is seen to bark. */
class ArchitectureIT {

    private static final Pattern MODULE = Pattern.compile("<module>(bundles/([^<]+))</module>");
    private static final String SUBJECT = "io.fieldgate.itest.subject";

    /** Every module that makes a bundle, in the order in which they are built. */
    static Stream<Path> modules() throws IOException {
        return MODULE.matcher(Files.readString(Sources.root().resolve("pom.xml")))
                .results()
                .map(ArchitectureIT::path)
                .filter(module -> !module.endsWith("itest") && !module.endsWith("benchmark"));
    }

    /** All of them but those that are for tests. */
    static Stream<Path> shipped() throws IOException {
        return modules().filter(module -> !module.endsWith("testkit"));
    }

    @ParameterizedTest
    @MethodSource("modules")
    void pointsAtTheApiAndNowhereElse(Path module) throws IOException {
        String artifactId = "io.fieldgate." + module.getFileName();
        assertEquals(List.of(), BundleRules.violations(jar(module, artifactId), artifactId));
    }

    @ParameterizedTest
    @MethodSource("modules")
    void isWrittenInHouseStyle(Path module) throws IOException {
        assertEquals(List.of(), SourceRules.violations(module));
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void isShippedAsItWasBuilt(Path module) throws IOException {
        String artifactId = "io.fieldgate." + module.getFileName();
        assertEquals(-1, Files.mismatch(jar(module, artifactId), Distribution.bundle(artifactId)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    Export-Package        | io.fieldgate.itest.subject   | it exports
                    Import-Package        | io.fieldgate.core,*          | it imports io.fieldgate.core
                    Import-Package        | org.eclipse.jetty.server,*   | it imports org.eclipse.jetty.server
                    Require-Bundle        | io.fieldgate.core            | it has Require-Bundle
                    DynamicImport-Package | *                            | it has DynamicImport-Package
                    Bundle-Activator      | io.fieldgate.itest.subject.A | it has Bundle-Activator
                    Bundle-ClassPath      | .,lib.jar                    | it has Bundle-ClassPath
                    """)
    void aManifestThatBreaksARuleIsSeen(String header, String value, String violation) throws IOException {
        Path jar = TestBundle.of("rules", VersionHandler.class)
                .header("Bundle-SymbolicName", SUBJECT)
                .header(header, value)
                .header("-fixupmessages", "*;is:=ignore")
                .build();

        List<String> found = BundleRules.violations(jar, SUBJECT);

        assertEquals(1, found.size(), found::toString);
        assertTrue(found.get(0).startsWith(violation), found::toString);
    }

    @Test
    void aBundleThatKeepsTheRulesIsLeftInPeace() throws IOException {
        Path jar = TestBundle.of("rules", VersionHandler.class)
                .header("Bundle-SymbolicName", SUBJECT)
                .build();

        assertEquals(List.of(), BundleRules.violations(jar, SUBJECT));
    }

    @Test
    void aTransportMayImportJetty() throws IOException {
        Path jar = TestBundle.of("rules", VersionHandler.class)
                .header("Import-Package", "org.eclipse.jetty.io,*")
                .build();

        assertTrue(BundleRules.violations(jar, "io.fieldgate.transport.rules").stream()
                .noneMatch(violation -> violation.contains("jetty")));
    }

    @Test
    void anotherNameAndASecondPackageAreSeen() throws IOException {
        Path jar = TestBundle.of("rules", VersionHandler.class, ReleaseHandler.class, ArchitectureIT.class)
                .header("-fixupmessages", "*;is:=ignore")
                .build();

        List<String> found = BundleRules.violations(jar, SUBJECT);

        assertTrue(
                found.contains("its symbolic name is io.fieldgate.itest.rules, its artifact id " + SUBJECT),
                found::toString);
        assertTrue(found.contains("it contains io.fieldgate.itest"), found::toString);
        assertTrue(found.stream().anyMatch(violation -> violation.startsWith("its packages are")), found::toString);
    }

    @Test
    void aSourceThatIsTooLongAndAReadmeOfAnotherFormAreSeen(@TempDir Path folder) throws IOException {
        Path module = folder.resolve("driver.long");
        Path sources = Files.createDirectories(module.resolve("src/main/java"));
        Files.writeString(sources.resolve("Long.java"), "//\n".repeat(401));
        assertEquals(List.of("Long.java has 401 lines", "it has no README.md"), SourceRules.violations(module));

        Files.delete(sources.resolve("Long.java"));
        Files.writeString(module.resolve("README.md"), "# driver.long\n\n## Configuration\n");
        List<String> found = SourceRules.violations(module);
        assertTrue(found.contains("its README.md has 3 lines"), found::toString);
        assertTrue(found.contains("its README.md lacks ## Services"), found::toString);
    }

    private static Path path(MatchResult module) {
        return Sources.root().resolve(module.group(1));
    }

    private static Path jar(Path module, String artifactId) throws IOException {
        try (Stream<Path> files = Files.list(module.resolve("target"))) {
            List<Path> jars = files.filter(file -> file.getFileName().toString().startsWith(artifactId + '-'))
                    .filter(file -> file.getFileName().toString().endsWith(".jar"))
                    .filter(file -> !file.getFileName().toString().matches(".*-(sources|javadoc|tests)\\.jar"))
                    .toList();
            assertEquals(1, jars.size(), () -> "jars of " + artifactId + ": " + jars);
            return jars.get(0);
        }
    }
}
