package io.fieldgate.launcher;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DistributionArchiveTest {

    private static final String LONG = "x".repeat(90);

    @TempDir
    private Path folder;

    @Test
    void unpacksWhatLiesInTheFolder() throws Exception {
        DistributionArchive archive = archive(new TarText()
                .folder("gate-1/")
                .folder("gate-1/bin/")
                .entry("gate-1/bin/gate", '0', 0755, "#!/bin/sh\n")
                .file("gate-1/lib/deep/er/text", "z".repeat(700))
                .file("gate-1/empty", "")
                .gzip());

        assertEquals(710 + 4 * 4096, archive.check());
        Path target = Files.createDirectory(folder.resolve("target"));
        archive.unpack(target);
        assertAll(
                () -> assertEquals("#!/bin/sh\n", Files.readString(target.resolve("bin/gate"))),
                () -> assertTrue(Files.isExecutable(target.resolve("bin/gate"))),
                () -> assertEquals("z".repeat(700), Files.readString(target.resolve("lib/deep/er/text"))),
                () -> assertFalse(Files.getPosixFilePermissions(target.resolve("empty"))
                        .toString()
                        .contains("EXECUTE")));
    }

    @Test
    void takesLongNamesOfPaxAndOfGnu() throws Exception {
        String pax = "gate/" + LONG + "/" + LONG;
        String record = " path=" + pax + "\n";
        String counted = (record.length() + 3) + record;
        Path target = Files.createDirectory(folder.resolve("target"));
        archive(new TarText()
                        .entry("ignored", 'x', 0644, counted)
                        .file("short", "of pax")
                        .entry("././@LongLink", 'L', 0644, "gate/gnu/" + LONG + LONG + "\0")
                        .file("short", "of gnu")
                        .gzip())
                .unpack(target);

        assertEquals("of pax", Files.readString(target.resolve(LONG).resolve(LONG)));
        assertEquals("of gnu", Files.readString(target.resolve("gnu").resolve(LONG + LONG)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gate/../../etc/passwd",
                "../gate/x",
                "/etc/passwd",
                "gate//x",
                "gate/./x",
                "./gate/x",
                "gate/a\\b",
                "gate/a\nb",
                "..",
                "gate/1/2/3/4/5/6/7/8/9/10/11/12"
            })
    void refusesANameThatLeadsElsewhere(String name) throws Exception {
        assertRefused(new TarText().file("gate/good", "").file(name, "evil").gzip(), "");
    }

    @ParameterizedTest
    @CsvSource({"1,hard link", "2,symbolic link", "3,device", "4,block device", "6,pipe", "Z,unknown"})
    void refusesWhatIsNeitherFileNorFolder(char type, String name) throws Exception {
        assertRefused(
                new TarText().entry("gate/" + name, type, 0644, "").gzip(),
                '"' + "gate/" + name + '"' + " is neither a file nor a folder");
    }

    @Test
    void refusesASecondFolderAFileAtTheTopAndAFileTwice() throws Exception {
        assertRefused(new TarText().file("a/x", "").file("b/x", "").gzip(), "more than one folder at its top: a and b");
        assertRefused(new TarText().file("x", "").gzip(), "x does not lie in a folder");
        DistributionArchive twice =
                archive(new TarText().file("a/x", "1").file("a/x", "2").gzip());
        Path target = Files.createDirectory(folder.resolve("target"));
        assertEquals(
                "gate.tar.gz cannot be used: it has \"x\" twice",
                assertThrows(CommandFailure.class, () -> twice.unpack(target)).getMessage());
    }

    @Test
    void refusesMoreThanADistributionCanBe() throws Exception {
        assertRefused(
                new TarText()
                        .header("a/x", '0', 0644, 8L * 1024 * 1024 * 1024 - 1)
                        .gzip(),
                "512 MiB");
        TarText many = new TarText();
        for (int i = 0; i <= DistributionArchive.MAX_ENTRIES; i++) {
            many.file("a/" + i, "");
        }
        assertRefused(many.gzip(), "more than 4096 files");
    }

    /** Wherever the transfer broke off, and whatever it left out. */
    @Test
    void refusesEveryPartOfAnArchive() throws Exception {
        byte[] whole = new TarText()
                .file("gate/one", "1".repeat(600))
                .file("gate/two", "2")
                .gzip();
        for (int length = 0; length < whole.length; length++) {
            assertRefused(Arrays.copyOf(whole, length), "it is not a whole tar.gz");
        }
        archive(whole).check();
    }

    /** Some bits of gzip mean nothing; whoever changes them has changed no file. */
    @Test
    void unpacksNothingThatWasChanged() throws Exception {
        byte[] whole = new TarText().file("gate/one", "some text").gzip();
        for (int at = 0; at < whole.length; at++) {
            byte[] changed = whole.clone();
            changed[at] ^= 0x10;
            Path target = Files.createDirectory(folder.resolve("target" + at));
            try {
                archive(changed).unpack(target);
                assertEquals("some text", Files.readString(target.resolve("one")));
            } catch (CommandFailure e) {
                assertTrue(e.getMessage().startsWith("gate.tar.gz cannot be used: "), e::getMessage);
            }
        }
    }

    @Test
    void refusesWhatIsNoTar() throws Exception {
        assertRefused(new byte[0], "it is not a whole tar.gz");
        assertRefused("hello".getBytes(StandardCharsets.UTF_8), "it is not a whole tar.gz");
    }

    private void assertRefused(byte[] bytes, String reason) throws IOException {
        DistributionArchive archive = archive(bytes);
        CommandFailure failure = assertThrows(CommandFailure.class, archive::check);
        assertTrue(failure.getMessage().startsWith("gate.tar.gz cannot be used: "), failure::getMessage);
        assertTrue(failure.getMessage().contains(reason), failure::getMessage);
    }

    private DistributionArchive archive(byte[] bytes) throws IOException {
        return new DistributionArchive(Files.write(folder.resolve("gate.tar.gz"), bytes));
    }
}
