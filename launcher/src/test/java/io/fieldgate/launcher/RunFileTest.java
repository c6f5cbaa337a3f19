package io.fieldgate.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunFileTest {

    @TempDir
    private Path folder;

    @Test
    void readsWhatWasWritten() throws IOException {
        RunFile starting = new RunFile(
                4711,
                RunFile.State.STARTING,
                "",
                Instant.parse("2026-01-01T00:00:00Z"),
                "[::1]:0",
                "/opt/fieldgate",
                true);
        RunFile ready = starting.ready("http://127.0.0.1:8080/");
        Path file = folder.resolve("run.properties");

        starting.write(file);
        assertEquals(Optional.of(starting), RunFile.read(file));
        ready.write(file);
        assertEquals(Optional.of(ready), RunFile.read(file));
        assertEquals(RunFile.State.READY, ready.state());
    }

    @Test
    void leavesNothingElseBehind() throws IOException {
        new RunFile(1, RunFile.State.STARTING, "", Instant.EPOCH, "", "/", false)
                .write(folder.resolve("run.properties"));

        try (var files = Files.list(folder)) {
            assertEquals(1, files.count());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "pid=x\nstate=READY\nstarted=2026-01-01T00:00:00Z", "pid=1\nstate=ODD", "pid=1\nstate=READY"
            })
    void takesAFileThatMakesNoSenseForNone(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("run.properties"), text);

        assertTrue(RunFile.read(file).isEmpty());
    }

    @Test
    void takesAFileThatIsNoTextForNone() throws IOException {
        Path file = Files.write(folder.resolve("run.properties"), new byte[] {(byte) 0xc3, (byte) 0x28, '=', '1'});

        assertTrue(RunFile.read(file).isEmpty());
    }

    @ParameterizedTest
    @CsvSource({"59,00:00:59", "3661,01:01:01", "90061,1 d 01:01:01"})
    void showsTheTimeSinceTheStart(long seconds, String shown) {
        assertEquals(shown, StatusCommand.uptime(Duration.ofSeconds(seconds)));
    }
}
