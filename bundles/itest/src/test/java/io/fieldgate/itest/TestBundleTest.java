package io.fieldgate.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.itest.subject.HoardingHandler;
import io.fieldgate.testkit.BundleJar;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

/** Bundles made at run time are what a build would make. */
class TestBundleTest {

    @Test
    void makesABundleWithItsComponentAndTheNestedClasses() throws IOException {
        Path jar = TestBundle.of("hoarding", HoardingHandler.class)
                .version("1.2.3")
                .text("notes/a.txt", "a")
                .build();

        assertEquals("1.2.3", BundleJar.of(jar).header("Bundle-Version").orElseThrow());
        assertEquals("io.fieldgate.itest.hoarding", BundleJar.of(jar).symbolicName());
        assertTrue(BundleJar.of(jar)
                .header("Import-Package")
                .orElseThrow()
                .contains("io.fieldgate.api.handler;version=\"[0.1,1)\""));
        try (JarFile file = new JarFile(jar.toFile())) {
            assertNotNull(file.getEntry("io/fieldgate/itest/subject/HoardingHandler$Marker.class"));
            assertNotNull(file.getEntry("notes/a.txt"));
            String component = BundleJar.of(jar).header("Service-Component").orElseThrow();
            String xml =
                    new String(file.getInputStream(file.getEntry(component)).readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(xml.contains("fieldgate.socket.path") && xml.contains("/hoarding"), xml);
        }
    }

    @Test
    void makesAnotherVersionOfABundle() throws IOException {
        Path jar = TestBundle.of("hoarding", HoardingHandler.class).build();

        Path later = BundleJar.of(jar).reversioned("2.0.0");

        assertEquals("2.0.0", BundleJar.of(later).header("Bundle-Version").orElseThrow());
        assertEquals(
                BundleJar.of(jar).header("Service-Component"),
                BundleJar.of(later).header("Service-Component"));
        assertTrue(Files.mismatch(jar, later) >= 0);
    }
}
