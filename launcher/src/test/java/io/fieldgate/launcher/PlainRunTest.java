package io.fieldgate.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainRunTest {

    @Test
    void readsRunAlone() {
        assertEquals(Optional.of(new PlainRun(Optional.empty(), Optional.empty(), false, false)), PlainRun.of("run"));
    }

    @Test
    void readsEachOptionInAnyOrder() {
        assertEquals(
                Optional.of(
                        new PlainRun(Optional.of(Path.of("/var/lib/my gateway")), Optional.of("[::1]:0"), true, true)),
                PlainRun.of("run", "--detached", "--http", "[::1]:0", "--verbose", "--home", "/var/lib/my gateway"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "start",
                "--help",
                "run --help",
                "run --home",
                "run --home=/tmp/x",
                "run --home --verbose",
                "run --home /a --home /b",
                "run --home @file",
                "run --home \"/a\"",
                "run --http 8080",
                "run --http",
                "run --verbose --verbose",
                "run --verbos",
                "run now",
                "@run"
            })
    void leavesEverythingElseToPicocli(String line) {
        assertEquals(Optional.empty(), PlainRun.of(line.isEmpty() ? new String[0] : line.split(" ")));
    }
}
