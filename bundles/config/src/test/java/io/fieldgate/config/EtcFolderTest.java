package io.fieldgate.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EtcFolderTest {

    private static final List<String> NOTHING = List.of();

    @TempDir
    private Path path;

    private EtcFolder folder;

    /** Two writes in a row may get the same time from the file system. */
    private long writes;

    @BeforeEach
    void watch() throws IOException {
        folder = new EtcFolder(path);
    }

    @Test
    void beginsWithTheFilesThatAreThere() throws IOException {
        write("b.cfg", "x=1");
        write("a.cfg", "x=1");
        write("a.cfg.tmp", "x=1");
        write(".hidden.cfg", "x=1");
        Files.createDirectory(path.resolve("folder.cfg"));

        assertEquals(List.of("a.cfg", "b.cfg"), folder.begin());
        assertEquals(NOTHING, folder.round());
        assertEquals(NOTHING, folder.round());
    }

    @Test
    void reportsAChangeOnceItRests() throws IOException {
        folder.begin();

        write("a.cfg", "x=1");
        assertEquals(NOTHING, folder.round());
        assertEquals(List.of("a.cfg"), folder.round());
        assertEquals(NOTHING, folder.round());

        write("a.cfg", "x=22");
        assertEquals(NOTHING, folder.round());
        assertEquals(List.of("a.cfg"), folder.round());
    }

    @Test
    void leavesAFileInPeaceThatIsBeingWritten() throws IOException {
        folder.begin();
        for (int length = 1; length < 5; length++) {
            write("a.cfg", "x=" + "1".repeat(length));
            assertEquals(NOTHING, folder.round());
        }

        assertEquals(List.of("a.cfg"), folder.round());
    }

    @Test
    void reportsAFileThatIsGoneButNotOneThatIsReplaced() throws IOException {
        write("a.cfg", "x=1");
        folder.begin();

        Files.delete(path.resolve("a.cfg"));
        assertEquals(NOTHING, folder.round());
        write("a.cfg", "x=2");
        assertEquals(NOTHING, folder.round());
        assertEquals(List.of("a.cfg"), folder.round());
        assertEquals(Optional.of(Map.of("x", "2")), read("a.cfg"));

        Files.delete(path.resolve("a.cfg"));
        assertEquals(NOTHING, folder.round());
        assertEquals(List.of("a.cfg"), folder.round());
        assertEquals(Optional.empty(), read("a.cfg"));
    }

    @Test
    void readsUtf8() throws IOException {
        write("a.cfg", "# comment\nname = grün\nempty=\nlong=a\\\n  b\n");

        assertEquals(Optional.of(Map.of("name", "grün", "empty", "", "long", "ab")), read("a.cfg"));
    }

    @Test
    void refusesOtherBytes() throws IOException {
        Files.write(path.resolve("a.cfg"), new byte[] {'n', '=', (byte) 0xfc});

        assertThrows(MalformedInputException.class, () -> read("a.cfg"));
    }

    @Test
    void refusesABrokenEscape() throws IOException {
        write("a.cfg", "x=\\u12");

        assertThrows(IllegalArgumentException.class, () -> read("a.cfg"));
    }

    @Test
    void refusesAFileThatIsTooLarge() throws IOException {
        write("a.cfg", "x=" + "1".repeat((int) Content.MAX_BYTES));

        IOException failure = assertThrows(IOException.class, () -> read("a.cfg"));
        assertEquals("it is larger than 64 KiB", failure.getMessage());
    }

    private Optional<Map<String, String>> read(String name) throws IOException {
        return folder.read(name).map(Content::lines);
    }

    private void write(String name, String text) throws IOException {
        Path file = Files.writeString(path.resolve(name), text);
        Files.setLastModifiedTime(file, FileTime.fromMillis(++writes * 1_000));
    }
}
