package io.fieldgate.launcher;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeFoldersTest {

    @TempDir
    private Path folder;

    private Path defaults;
    private Home home;

    @BeforeEach
    void makeDefaults() throws IOException {
        defaults = Files.createDirectory(folder.resolve("defaults"));
        Files.writeString(defaults.resolve("one.cfg"), "a=1\n");
        Files.writeString(defaults.resolve("two.cfg"), "b=2\n");
        home = new Home(folder.resolve("home"));
    }

    @Test
    void createsWhatIsMissing() throws IOException {
        new HomeFolders(home).create(defaults);

        assertAll(
                () -> assertEquals("a=1\n", Files.readString(home.etc().resolve("one.cfg"))),
                () -> assertEquals("b=2\n", Files.readString(home.etc().resolve("two.cfg"))),
                () -> assertTrue(Files.isDirectory(home.deploy())),
                () -> assertTrue(Files.isDirectory(home.log())));
    }

    @Test
    void keepsDataToItsOwner() throws IOException {
        new HomeFolders(home).create(defaults);

        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(home.data())));
    }

    @Test
    void leavesAFileAloneThatIsThere() throws IOException {
        Files.createDirectories(home.etc());
        Files.writeString(home.etc().resolve("one.cfg"), "a=mine\n");

        new HomeFolders(home).create(defaults);

        assertEquals("a=mine\n", Files.readString(home.etc().resolve("one.cfg")));
        assertTrue(Files.exists(home.etc().resolve("two.cfg")));
    }

    @Test
    void doesNotBringBackADefaultThatWasDeleted() throws IOException {
        new HomeFolders(home).create(defaults);
        Files.delete(home.etc().resolve("one.cfg"));

        new HomeFolders(home).create(defaults);

        assertFalse(Files.exists(home.etc().resolve("one.cfg")));
    }

    @Test
    void bringsTheNewDefaultsOfALaterVersion() throws IOException {
        new HomeFolders(home).create(defaults);
        Files.writeString(defaults.resolve("three.cfg"), "c=3\n");

        new HomeFolders(home).create(defaults);

        assertTrue(Files.exists(home.etc().resolve("three.cfg")));
    }
}
