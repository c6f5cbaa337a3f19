package io.fieldgate.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.itest.subject.TracingActivator;
import io.fieldgate.testkit.GatewayProcess;
import io.fieldgate.testkit.TestAuthority;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A jar that is not what a trusted signer has signed is refused, each with a message of its own, and nothing of it ever runs. */
class TamperedJarsIT {

    private static final String NAME = "io.fieldgate.itest.tampered";
    private static final String CLASS = TracingActivator.class.getName().replace('.', '/') + ".class";

    private static Technician technician;
    private static GatewayProcess gateway;

    @BeforeAll
    static void start() throws Exception {
        technician = Technician.come();
        gateway = GatewayProcess.start(technician.home());
        Technician.Told told = technician.update(gateway, NAME, technician.signed(jar("1.5.0")));
        assertEquals("committed", told.state(), told::json);
        assertEquals(1, traces(), "what is as it must be runs");
    }

    @AfterAll
    static void stop() throws Exception {
        gateway.close();
        technician.close();
    }

    @AfterEach
    void nothingOfItHasRun() throws Exception {
        assertEquals(1, traces());
        assertTrue(technician.bundle(gateway, NAME).contains("\"version\":\"1.5.0\""));
    }

    @Test
    void aByteOfAClassWasChanged() throws Exception {
        Path jar = changed(technician.signed(jar("1.6.0")), entries -> entries.get(CLASS)[200] ^= 1);

        assertRefused(403, CLASS + " was changed after the jar was signed", jar);
    }

    @Test
    void anEntryWasAdded() throws Exception {
        Path jar = changed(technician.signed(jar("1.6.1")), entries -> entries.put("added.txt", new byte[] {1}));

        assertRefused(403, "added.txt is not signed", jar);
    }

    @Test
    void theSignatureWasTakenAway() throws Exception {
        Path jar = changed(
                technician.signed(jar("1.6.2")),
                entries -> entries.keySet().removeIf(name -> name.matches("META-INF/.*\\.(SF|EC)")));

        assertRefused(403, "its signature files were taken out", jar);
    }

    @Test
    void itWasNeverSigned() throws Exception {
        assertRefused(403, "it is not signed", jar("1.6.3"));
    }

    @Test
    void aStrangerHasSigned() throws Exception {
        try (TestAuthority other = TestAuthority.make()) {
            assertRefused(
                    403, "signed by a stranger: CN=mallory", Technician.signed(jar("1.6.4"), other.certify("mallory")));
        }
    }

    @Test
    void theCertificateHasExpired() throws Exception {
        TestAuthority.Leaf old = technician.authority().certify("retired", "-10d", 5);

        assertRefused(403, "has expired", Technician.signed(jar("1.6.5"), old));
    }

    @Test
    void anOlderVersionIsReplayed() throws Exception {
        assertRefused(409, "1.4.0", technician.signed(jar("1.4.0")));
    }

    private static void assertRefused(int status, String says, Path jar) throws Exception {
        HttpResponse<String> answer = technician.put(gateway, NAME, jar);

        assertEquals(status, answer.statusCode(), answer.body());
        assertTrue(answer.body().contains(says), answer.body());
    }

    private static Path jar(String version) throws IOException {
        return TestBundle.of("tampered", TracingActivator.class)
                .version(version)
                .header("Bundle-Activator", TracingActivator.class.getName())
                .build();
    }

    private static Path changed(Path jar, Consumer<Map<String, byte[]>> change) throws IOException {
        Map<String, byte[]> entries = new TreeMap<>();
        Map<String, byte[]> first = new TreeMap<>();
        try (ZipFile file = new ZipFile(jar.toFile())) {
            for (ZipEntry entry :
                    file.stream().filter(one -> !one.isDirectory()).toList()) {
                entries.put(entry.getName(), file.getInputStream(entry).readAllBytes());
            }
        }
        change.accept(entries);
        first.put("META-INF/MANIFEST.MF", entries.remove("META-INF/MANIFEST.MF"));
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file)) {
            for (Map<String, byte[]> part : List.of(first, entries)) {
                for (Map.Entry<String, byte[]> entry : part.entrySet()) {
                    out.putNextEntry(new JarEntry(entry.getKey()));
                    out.write(entry.getValue());
                }
            }
        }
        return jar;
    }

    private static long traces() throws IOException {
        try (Stream<Path> files = Files.list(gateway.home().path())) {
            return files.filter(file -> file.getFileName().toString().startsWith(TracingActivator.TRACE))
                    .count();
        }
    }
}
