package io.fieldgate.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryFileTest {

    @TempDir
    private Path home;

    @Test
    void isEmptyAtFirstAndThenHasWhatWasAdded() {
        HistoryFile history = new HistoryFile(home);
        assertEquals(List.of(), history.load());

        history.add("fg:status");
        history.add("a \\ b\nc\\n");

        assertEquals(List.of("fg:status", "a \\ b\nc\\n"), history.load());
        assertEquals(List.of("fg:status", "a \\ b\nc\\n"), new HistoryFile(home).load());
    }

    @Test
    void keepsTheLastThousandForItsOwnerAlone() throws IOException {
        HistoryFile history = new HistoryFile(home);
        for (int i = 0; i < 1300; i++) {
            history.add("line " + i);
        }

        List<String> kept = history.load();
        assertEquals(1000, kept.size());
        assertEquals("line 1299", kept.get(999));
        Path file = home.resolve("data/shell/history");
        assertTrue(Files.readAllLines(file).size() <= 1250);
        assertEquals(PosixFilePermissions.fromString("rw-------"), Files.getPosixFilePermissions(file));
    }

    @Test
    void doesNotKeepWhatIsTooLong() {
        HistoryFile history = new HistoryFile(home);
        history.add("x".repeat(4097));
        assertEquals(List.of(), history.load());
    }
}
