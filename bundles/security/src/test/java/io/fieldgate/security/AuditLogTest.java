package io.fieldgate.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.api.security.Audit.Outcome;
import io.fieldgate.testkit.ManualClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditLogTest {

    @TempDir
    Path home;

    private final ManualClock clock = new ManualClock();

    private Path folder() {
        return home.resolve("security");
    }

    private AuditLog open(long maxBytes, int files) {
        return new AuditLog(folder(), maxBytes, files, clock);
    }

    private List<String> lines() throws IOException {
        return Files.readAllLines(folder().resolve("audit.log"), StandardCharsets.US_ASCII);
    }

    @Test
    void writesOneObjectInALineForItsOwnerAlone() throws IOException {
        AuditLog log = open(16_000, 2);
        log.record("anna", "192.0.2.7", "write", "sim/tank/valve", Outcome.DONE);
        assertEquals(
                List.of(
                        "{\"time\":\"2026-01-01T00:00:00Z\",\"who\":\"anna\",\"from\":\"192.0.2.7\",\"action\":\"write\","
                                + "\"subject\":\"sim/tank/valve\",\"outcome\":\"done\"}"),
                lines());
        assertEquals(
                "rw-------",
                PosixFilePermissions.toString(Files.getPosixFilePermissions(folder().resolve("audit.log"))));
        log.close();
    }

    @Test
    void nobodyCanForgeALineOrReachTheTerminal() throws IOException {
        AuditLog log = open(16_000, 2);
        String evil = "x\"}\n{\"who\":\"root\r\u2028\u0085\u001b[2J\u009b\0";
        log.record(evil, evil, evil, evil, Outcome.REFUSED);
        assertEquals(1, lines().size());
        byte[] bytes = Files.readAllBytes(folder().resolve("audit.log"));
        for (byte each : bytes) {
            assertTrue(each == '\n' || (each >= ' ' && each < 0x7f), "printable ASCII, got " + each);
        }
        Map<String, Object> line = Json.read(lines().get(0).getBytes(StandardCharsets.US_ASCII));
        assertEquals(evil, line.get("subject"), "and yet nothing of it is lost");
        log.close();
    }

    @Test
    void cutsWhatIsLong() throws IOException {
        AuditLog log = open(16_000, 2);
        log.record("n".repeat(10_000), "f".repeat(10_000), "a".repeat(10_000), "s".repeat(10_000), Outcome.DONE);
        assertTrue(lines().get(0).length() < 600, lines().get(0));
        log.close();
    }

    @Test
    void keepsABoundedNumberOfFilesOfBoundedLength() throws IOException {
        AuditLog log = open(1000, 3);
        for (int i = 0; i < 100; i++) {
            log.record("anna", "", "write", "line " + i, Outcome.DONE);
        }
        log.close();
        try (Stream<Path> files = Files.list(folder())) {
            List<Path> all = files.toList();
            assertEquals(3, all.size(), all.toString());
            for (Path file : all) {
                assertTrue(Files.size(file) <= 1000, file.toString());
            }
        }
        assertTrue(lines().get(lines().size() - 1).contains("line 99"));
        assertTrue(Files.readString(folder().resolve("audit.1.log")).endsWith("\n"));
    }

    @Test
    void goesOnBehindWhatIsThereAndNotWithinALineThatIsCutOff() throws IOException {
        AuditLog log = open(16_000, 2);
        log.record("anna", "", "write", "first", Outcome.DONE);
        log.close();
        Path file = folder().resolve("audit.log");
        Files.writeString(file, Files.readString(file) + "{\"time\":\"20");
        AuditLog next = open(16_000, 2);
        next.record("anna", "", "write", "second", Outcome.DONE);
        next.close();
        assertEquals(3, lines().size());
        assertTrue(lines().get(0).contains("first"));
        assertTrue(lines().get(2).contains("second"));
    }

    @Test
    void aRemovedFolderIsMadeAgain() throws IOException {
        AuditLog log = open(16_000, 2);
        log.record("anna", "", "write", "first", Outcome.DONE);
        Files.delete(folder().resolve("audit.log"));
        Files.delete(folder());
        log.record("anna", "", "write", "second", Outcome.DONE);
        assertEquals(1, lines().size());
        log.close();
    }

    @Test
    void whatCannotBeWrittenIsSaidOnceAndStopsNobody() throws IOException {
        Files.writeString(folder(), "a file in the place of the folder");
        List<String> said = new ArrayList<>();
        Handler listener = new Handler() {
            @Override
            public void publish(LogRecord line) {
                said.add(line.getLevel() + " " + line.getMessage());
            }

            @Override
            public void flush() {
                // Nothing is kept.
            }

            @Override
            public void close() {
                // Nothing is open.
            }
        };
        Logger logger = Logger.getLogger(AuditLog.class.getName());
        logger.addHandler(listener);
        AuditLog log = open(16_000, 2);
        try {
            for (int i = 0; i < 100; i++) {
                log.record("anna", "", "write", "lost " + i, Outcome.DONE);
            }
            assertEquals(1, said.size(), said.toString());
            assertTrue(said.get(0).startsWith("SEVERE the audit log cannot be written"), said.toString());
            Files.delete(folder());
            log.record("anna", "", "write", "found", Outcome.DONE);
            assertEquals(1, lines().size());
            assertEquals(2, said.size(), said.toString());
        } finally {
            logger.removeHandler(listener);
            log.close();
        }
    }

    @Test
    void aFullDiskStopsNobody() throws IOException {
        Path full = Path.of("/dev/full");
        org.junit.jupiter.api.Assumptions.assumeTrue(Files.exists(full));
        Files.createDirectories(folder());
        Files.createSymbolicLink(folder().resolve("audit.log"), full);
        AuditLog log = open(16_000, 2);
        for (int i = 0; i < 10; i++) {
            log.record("anna", "", "write", "lost", Outcome.DONE);
        }
        Files.delete(folder().resolve("audit.log"));
        log.record("anna", "", "write", "found", Outcome.DONE);
        assertEquals(1, lines().size());
        assertFalse(Files.isSymbolicLink(folder().resolve("audit.log")));
        log.close();
    }

    @Test
    void namesAKeyWithABadValue() {
        assertThrows(IllegalArgumentException.class, () -> AuditLog.checked("files", 1, 2, 100));
    }
}
