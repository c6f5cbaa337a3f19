package io.fieldgate.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostKeyTest {

    @TempDir
    private Path data;

    @Test
    void makesAKeyOnceForItsOwnerAlone() throws Exception {
        KeyPair made = HostKey.in(data);
        KeyPair read = HostKey.in(data);

        assertEquals(made.getPublic(), read.getPublic());
        assertEquals("EC", made.getPublic().getAlgorithm());
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file().getParent())));
        try (Stream<Path> files = Files.list(file().getParent())) {
            assertEquals(1, files.count());
        }
    }

    @Test
    void refusesAKeyThatOthersCanRead() throws Exception {
        HostKey.in(data);
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r-----"));
        String message = assertThrows(IllegalStateException.class, () -> HostKey.in(data))
                .getMessage();
        assertTrue(message.startsWith(file() + " can be read by others"), message);
    }

    @Test
    void refusesAFileThatIsNoKey() throws Exception {
        HostKey.in(data);
        for (String text : new String[] {"", "nonsense\n", "-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n"}) {
            Files.writeString(file(), text);
            String message = assertThrows(IllegalStateException.class, () -> HostKey.in(data))
                    .getMessage();
            assertTrue(message.startsWith(file() + " is not a private key"), message);
        }
    }

    private Path file() {
        return data.resolve("ssh/host_key");
    }
}
