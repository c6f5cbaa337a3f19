package io.fieldgate.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SetupFilesTest {

    private static final String BEFORE = "# ours\nport=8080\naccess=/tools/* admin\n";

    @TempDir
    private Path etc;

    @Test
    void writesWhereToListenAndTheCertificate() throws Exception {
        Path file = Files.writeString(etc.resolve(SetupFiles.HTTP), BEFORE);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        SetupFiles files = new SetupFiles(etc);

        assertTrue(files.certify(answers()));
        assertTrue(files.listen(answers()));
        files.keep();
        files.restore();

        assertEquals("# ours\nport=8443\naccess=/tools/* admin\nhost=0.0.0.0\ntls=true\n", Files.readString(file));
        assertEquals("certificate=/c.pem\nkey=/k.pem\n", Files.readString(etc.resolve(SetupFiles.TLS)));
        assertEquals("rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertEquals(List.of(SetupFiles.TLS, SetupFiles.HTTP), names());
    }

    @Test
    void putsBackWhatWasThere() throws Exception {
        Files.writeString(etc.resolve(SetupFiles.HTTP), BEFORE);
        SetupFiles files = new SetupFiles(etc);
        files.certify(answers());
        files.listen(answers());

        files.restore();

        assertEquals(BEFORE, Files.readString(etc.resolve(SetupFiles.HTTP)));
        assertEquals(List.of(SetupFiles.HTTP), names());
        assertFalse(files.listen(answers()), "nothing is written after Ctrl-C");
        assertEquals(BEFORE, Files.readString(etc.resolve(SetupFiles.HTTP)));
    }

    @Test
    void leavesAloneWhatSaysThatAlready() throws Exception {
        Files.writeString(etc.resolve(SetupFiles.HTTP), "host : 0.0.0.0\nport = 8443\ntls = true");
        SetupFiles files = new SetupFiles(etc);

        assertFalse(files.listen(answers()));
        assertEquals("host : 0.0.0.0\nport = 8443\ntls = true", Files.readString(etc.resolve(SetupFiles.HTTP)));
    }

    private static SetupAnswers answers() {
        return new SetupAnswers(
                "0.0.0.0",
                8443,
                "admin",
                "correct horse",
                Optional.of(new SetupAnswers.Pair(Path.of("/c.pem"), Path.of("/k.pem"))));
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(etc)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
