package io.fieldgate.security;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.api.data.Role;
import io.fieldgate.api.security.Authentication;
import io.fieldgate.api.security.Credentials;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryTest {

    @TempDir
    Path home;

    private Path folder() {
        return home.resolve("security");
    }

    @Test
    void readsWhatItWroteAndNoPartOfIt() throws IOException {
        try (Subject subject = new Subject(folder())) {
            subject.user("anna", Role.OPERATOR);
            subject.users.createToken("ci", Role.VIEWER, Optional.of(Instant.parse("2030-01-01T00:00:00Z")), "test");
        }
        byte[] file = Files.readAllBytes(folder().resolve(Directory.FILE));
        Directory.Content content = DirectoryFile.read(file);
        assertArrayEquals(file, DirectoryFile.write(content));
        for (int length = 0; length < file.length; length++) {
            byte[] torn = Arrays.copyOf(file, length);
            assertThrows(IOException.class, () -> DirectoryFile.read(torn), "cut off at " + length);
            byte[] zeros = Arrays.copyOf(torn, file.length);
            assertThrows(IOException.class, () -> DirectoryFile.read(zeros), "zeros from " + length);
        }
    }

    @Test
    void refusesWhatIsNotAsItMustBe() {
        String hash = new Bcrypt(4).hash("password of anna");
        String anna = "{\"name\":\"anna\",\"role\":\"admin\",\"hash\":\"" + hash
                + "\",\"passwordSet\":\"2026-01-01T00:00:00Z\",\"stamp\":\"1\"}";
        assertGood("{\"version\":1,\"users\":[" + anna + "],\"tokens\":[]}");
        assertBad("{\"version\":2,\"users\":[],\"tokens\":[]}");
        assertBad("{\"users\":[],\"tokens\":[]}");
        assertBad("{\"version\":1,\"users\":[]}");
        assertBad("{\"version\":1,\"users\":{},\"tokens\":[]}");
        assertBad("{\"version\":1,\"users\":[null],\"tokens\":[]}");
        assertBad("{\"version\":1,\"users\":[" + anna + "," + anna + "],\"tokens\":[]}");
        assertBad("{\"version\":1,\"users\":[" + anna.replace("admin", "king") + "],\"tokens\":[]}");
        assertBad("{\"version\":1,\"users\":[" + anna.replace("anna", "../x") + "],\"tokens\":[]}");
        assertBad("{\"version\":1,\"users\":[" + anna.replace("$2b$", "$5$") + "],\"tokens\":[]}");
        assertBad("{\"version\":1,\"users\":[" + anna.replace("2026-01", "soon") + "],\"tokens\":[]}");
        assertBad("{\"version\":1,\"version\":1,\"users\":[],\"tokens\":[]}");
        assertBad("{\"version\":1,\"users\":[],\"tokens\":[]} more");
        assertBad("[]");
        assertBad("");
    }

    private static void assertGood(String file) {
        try {
            DirectoryFile.read(file.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new AssertionError(file, e);
        }
    }

    private static void assertBad(String file) {
        assertThrows(IOException.class, () -> DirectoryFile.read(file.getBytes(StandardCharsets.UTF_8)), file);
    }

    @Test
    void isWithoutUsersWhenTheFileIsDamagedUntilAnAdminSaysWhoIs() throws IOException {
        String admin;
        try (Subject subject = new Subject(folder())) {
            subject.user("root", Role.ADMIN);
            admin = Files.readString(folder().resolve("admin.token")).strip();
        }
        Path file = folder().resolve(Directory.FILE);
        byte[] damaged = Arrays.copyOf(Files.readAllBytes(file), 100);
        Files.write(file, damaged);
        for (int start = 0; start < 2; start++) {
            try (Subject subject = new Subject(folder())) {
                assertEquals(0, subject.users.users().size());
                assertEquals(0, subject.users.tokens().size(), "no new token of an admin either");
                assertTrue(subject.check.missing().isPresent());
                assertInstanceOf(
                        Authentication.Unknown.class, subject.outcome(new Credentials.Token(admin), Subject.ADDRESS));
                assertArrayEquals(damaged, Files.readAllBytes(folder().resolve(Directory.ASIDE)));
                assertFalse(Files.exists(file));
            }
        }
        try (Subject subject = new Subject(folder())) {
            subject.user("root", Role.ADMIN);
        }
        try (Subject subject = new Subject(folder())) {
            subject.known(new Credentials.Password("root", Subject.PASSWORD));
        }
    }

    @Test
    void changesNothingThatItCannotWrite() throws IOException {
        try (Subject subject = new Subject(folder())) {
            subject.user("anna", Role.OPERATOR);
            Files.move(folder(), home.resolve("away"));
            assertThrows(
                    UncheckedIOException.class,
                    () -> subject.users.setPassword("berta", Subject.PASSWORD, Optional.empty(), "test"));
            assertEquals(1, subject.users.users().size());
            assertInstanceOf(Authentication.Known.class, subject.password("anna", Subject.PASSWORD));
            assertTrue(subject.audit.lines.contains("test password set berta failed"));
        }
    }

    @Test
    void boundsUsersAndTokensAndRefusesWrongNames() {
        try (Subject subject = new Subject(folder())) {
            assertRefused(() -> subject.users.createToken("Not So", Role.VIEWER, Optional.empty(), "test"));
            assertRefused(() -> subject.users.createToken("admin", Role.VIEWER, Optional.empty(), "test"));
            assertRefused(
                    () -> subject.users.createToken("past", Role.VIEWER, Optional.of(subject.clock.instant()), "test"));
            assertRefused(() -> subject.users.revokeToken("nobody", "test"));
            assertRefused(() -> subject.users.setRole("nobody", Role.VIEWER, "test"));
            assertRefused(() -> subject.users.removeUser("nobody", "test"));
            assertRefused(() -> subject.users.setPassword("a".repeat(33), Subject.PASSWORD, Optional.empty(), "test"));
            for (int i = 1; i < Directory.MAX_TOKENS; i++) {
                subject.users.createToken("t" + i, Role.VIEWER, Optional.empty(), "test");
            }
            assertRefused(() -> subject.users.createToken("more", Role.VIEWER, Optional.empty(), "test"));
            for (int i = 0; i < Directory.MAX_USERS; i++) {
                subject.user("u" + i, Role.VIEWER);
            }
            assertRefused(() -> subject.user("more", Role.VIEWER));
            subject.user("u1", Role.ADMIN);
        }
    }

    private static void assertRefused(Runnable change) {
        assertThrows(IllegalArgumentException.class, change::run);
    }
}
