package io.fieldgate.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuthorizedKeysTest {

    /** Made with ssh-keygen, and what it said of it. */
    private static final String ED25519_LINE =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA8pub9lP4zm6uKaEGC9vtyJPJOPS4AkTYfwyZvW0zLq a person";

    private static final String ED25519_FINGERPRINT = "SHA256:ooIupoAsKLI/ZnwhwkqWI0ccZH5lzfVRvT4DXW4oFx0";

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("authorized_keys");
    }

    @Test
    void readsKeysOfEachTypeAndLeavesCommentsOut() throws Exception {
        KeyPair ec = TestGateway.ec();
        KeyPair rsa = TestGateway.rsa(2048);
        write("# who may come in", "", TestGateway.line(ec, "a b"), "  " + TestGateway.line(rsa, ""), ED25519_LINE);

        try (LogLines log = new LogLines()) {
            List<AuthorizedKeys.Entry> entries = new AuthorizedKeys(file).read();
            assertEquals(
                    List.of(3, 4, 5),
                    entries.stream().map(AuthorizedKeys.Entry::line).toList());
            assertEquals(ec.getPublic(), entries.get(0).key());
            assertEquals("a b", entries.get(0).comment());
            assertEquals(rsa.getPublic(), entries.get(1).key());
            assertEquals(ED25519_FINGERPRINT + " (a person)", entries.get(2).toString());
            assertEquals(List.of(), log.all());
        }
    }

    /** An option may be a restriction, so a line that has one must not let anybody in without it. */
    @Test
    void namesEachLineThatLetsNobodyIn() throws Exception {
        KeyPair ec = TestGateway.ec();
        String good = TestGateway.line(ec, "good");
        write(
                "command=\"fg:status\" " + good,
                "ssh-dss AAAAB3NzaC1kc3MAAACBAJ old",
                "ssh-ed25519 AAAA",
                "ssh-rsa",
                good.replaceFirst(" good", "AAAA good"),
                TestGateway.line(TestGateway.rsa(1024), "short"),
                good);

        try (LogLines log = new LogLines()) {
            AuthorizedKeys keys = new AuthorizedKeys(file);
            assertEquals(1, keys.read().size());
            assertTrue(keys.find(ec.getPublic()).isPresent());
            for (int line = 1; line <= 6; line++) {
                int number = line;
                assertEquals(
                        1,
                        log.with("WARNING line " + line + " of " + file + " lets nobody in: ")
                                .size(),
                        () -> "line " + number + ": " + log.all());
            }
            assertEquals(6, log.all().size(), () -> log.all().toString());
            assertEquals(
                    1,
                    log.with("an RSA key has at least 2048 bits, this one 1024").size());
        }
    }

    @Test
    void readsTheRoleOfAKey() throws Exception {
        String key = TestGateway.line(TestGateway.ec(), "a key");
        write(
                "fieldgate-role=\"viewer\" " + key,
                "fieldgate-role=\"operator\"   " + key,
                "fieldgate-role=\"admin\" " + key,
                key);

        assertEquals(
                List.of("viewer", "operator", "admin", "admin"),
                new AuthorizedKeys(file)
                        .read().stream().map(AuthorizedKeys.Entry::role).toList());
    }

    /** Whoever restricts a key and mistypes it must not have an administrator's. */
    @Test
    void letsNobodyInWithARoleThatThereIsNot() throws Exception {
        String key = TestGateway.line(TestGateway.ec(), "a key");
        write(
                "fieldgate-role=\"chief\" " + key,
                "fieldgate-role=viewer " + key,
                "fieldgate-role=\"viewer\"" + key,
                "fieldgate-role=\"\" " + key,
                "fieldgate-role=\"viewer\",from=\"10.0.0.1\" " + key,
                "fieldgate-role=\"viewer\" from=\"10.0.0.1\" " + key,
                "Fieldgate-Role=\"viewer\" " + key);

        try (LogLines log = new LogLines()) {
            assertEquals(List.of(), new AuthorizedKeys(file).read());
            assertEquals(
                    7, log.with(" lets nobody in: ").size(), () -> log.all().toString());
            assertEquals(
                    1,
                    log.with("a role is viewer, operator or admin, got \"chief\"")
                            .size());
        }
    }

    @Test
    void saysOnceThatThereIsNoFileAndAgainWhenThatChanges() throws Exception {
        try (LogLines log = new LogLines()) {
            AuthorizedKeys keys = new AuthorizedKeys(file);
            keys.read();
            keys.read();
            assertEquals(
                    List.of("WARNING nobody can log in: there is no file " + file
                            + "; put one public key a line into it"),
                    log.all());
            write(TestGateway.line(TestGateway.ec(), ""));
            assertEquals(1, keys.read().size());
            Files.delete(file);
            keys.read();
            assertEquals(2, log.all().size());
        }
    }

    @Test
    void readsNothingThatOthersCanReplace() throws Exception {
        write(TestGateway.line(TestGateway.ec(), ""));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        try (LogLines log = new LogLines()) {
            assertEquals(List.of(), new AuthorizedKeys(file).read());
            assertEquals(1, log.with("mend it with: chmod o-w " + folder).size());
        }
    }

    private void write(String... lines) throws Exception {
        Files.write(file, List.of(lines));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    }
}
