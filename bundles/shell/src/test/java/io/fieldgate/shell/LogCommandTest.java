package io.fieldgate.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code fg:log} and {@code fg:loglevel}. */
class LogCommandTest {

    private static final String LOGGER = "io.fieldgate.shell.test.levels";

    @TempDir
    private Path folder;

    private final FakeSession session = FakeSession.plain();
    private final Deque<Step> script = new ArrayDeque<>();
    private final LogLevelCommand levels = new LogLevelCommand();
    private LogCommand command;

    private interface Step {
        void run() throws IOException;
    }

    @BeforeEach
    void open() {
        command = new LogCommand(folder, this::pause);
    }

    @AfterEach
    void reset() throws Exception {
        levels.loglevel(session, LOGGER, "default");
    }

    @Test
    void printsTheLastEntriesWithTheirTraces() throws Exception {
        write(
                0,
                "12:00:01.000 INFO  a: one",
                "12:00:02.000 ERROR b: two",
                "    java.io.IOException: x",
                "12:00:03.000 INFO  a: three");

        command.log(session, "-n", "2");

        assertEquals("""
                2026-01-01 12:00:02.000 ERROR b: two
                    java.io.IOException: x
                2026-01-01 12:00:03.000 INFO  a: three
                """, session.printed());
    }

    @Test
    void goesOnInTheOlderFiles() throws Exception {
        write(2, "11:00:00.000 INFO  a: oldest");
        write(1, "11:00:01.000 INFO  a: older", "11:00:02.000 INFO  a: old");
        write(0, "12:00:00.000 INFO  a: new");

        command.log(session, "--lines", "3");

        assertEquals(List.of("older", "old", "new"), lastWords());
        command.log(session);
        assertEquals(List.of("oldest", "older", "old", "new"), lastWords());
        command.log(session, "-n", "0");
        assertEquals(List.of(), lastWords());
    }

    @Test
    void picksByLevelAndText() throws Exception {
        write(
                0,
                "12:00:00.000 DEBUG a: debug",
                "12:00:00.000 INFO  a: info",
                "12:00:00.000 WARN  a: warn",
                "    at some.Place cause",
                "12:00:00.000 ERROR a: error");

        command.log(session, "-l", "warn", "-g", "some.Place");
        assertEquals(List.of("warn", "cause"), lastWords());
        command.log(session, "--level", "WARN");
        assertEquals(List.of("warn", "cause", "error"), lastWords());
        command.log(session, "-l", "debug", "-n", "4", "-g", "a: ");
        assertEquals(List.of("debug", "info", "warn", "cause", "error"), lastWords());
    }

    @Test
    void followsAcrossARotationUntilItIsInterrupted() throws Exception {
        write(0, "12:00:00.000 INFO  a: before");
        script.add(() -> assertEquals(List.of("before"), lastWords()));
        script.add(() -> append("2026-01-01 12:00:01.000 INFO  a: fir"));
        script.add(() -> {
            assertEquals(List.of(), lastWords(), "a line that is not whole");
            append("st\n2026-01-01 12:00:02.000 ERROR a: se\u00e4cond\n");
        });
        script.add(() -> {
            assertEquals(List.of("first", "se\u00e4cond"), lastWords());
            append("    at trace\n2026-01-01 12:00:03.000 INFO  a: last\n");
            Files.move(file(0), file(1));
        });
        script.add(() -> {
            assertEquals(List.of("trace", "last"), lastWords());
            write(0, "12:00:04.000 INFO  a: fresh");
        });
        script.add(() -> assertEquals(List.of("fresh"), lastWords()));
        script.add(() -> {
            append("2026-01-01 12:00:05.000 INFO  a: tail\n");
            Files.move(file(1), file(2));
            Files.move(file(0), file(1));
            write(0, "12:00:06.000 INFO  a: newest");
        });
        script.add(() -> assertEquals(List.of("tail", "newest"), lastWords()));

        command.log(session, "-f", "-n", "5");

        assertTrue(script.isEmpty());
        assertEquals(Arrays.asList(true, null), session.live);
    }

    @Test
    void followsOnlyWhatIsWanted() throws Exception {
        write(0, "12:00:00.000 INFO  a: before");
        script.add(() -> append("2026-01-01 12:00:01.000 ERROR a: bad\n"));
        script.add(() -> append("    its trace\n2026-01-01 12:00:01.000 INFO  a: good\n"));
        script.add(() -> append("    not wanted\n"));
        script.add(() -> assertEquals(List.of("bad", "trace"), lastWords()));

        command.log(session, "-f", "-l", "error");
    }

    @Test
    void obeysNoCodesFromTheLog() throws Exception {
        write(0, "12:00:00.000 INFO  a: \u001b[2J\u009b2J");

        command.log(session);

        assertEquals("2026-01-01 12:00:00.000 INFO  a: ?[2J?2J\n", session.printed());
    }

    @Test
    void saysThatThereIsNoLog() {
        assertEquals(
                "fg:log: there is no log file " + file(0),
                assertThrows(IllegalStateException.class, () -> command.log(session))
                        .getMessage());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-l loud | fg:log: a level is error, warn, info, debug or trace, got \"loud\"",
                "-n 1001 | fg:log: --lines takes a whole number from 0 to 1000, got \"1001\"",
                "now | fg:log: it takes no arguments, got \"now\". Usage: fg:log [-n COUNT] [-f] [-l LEVEL] [-g TEXT]",
                "-g | fg:log: -g needs a TEXT. Usage: fg:log [-n COUNT] [-f] [-l LEVEL] [-g TEXT]",
            })
    void refusesWhatIsWrong(String given, String line) {
        assertEquals(
                line,
                assertThrows(IllegalArgumentException.class, () -> command.log(session, given.split(" ")))
                        .getMessage());
    }

    @Test
    void setsALevelUntilItIsReset() throws Exception {
        assertEquals(LOGGER + " logs info and worse", levels.loglevel(session, LOGGER));
        assertEquals(LOGGER + " logs debug and worse until the next start", levels.loglevel(session, LOGGER, "debug"));
        assertEquals(Level.FINE, Logger.getLogger(LOGGER).getLevel());
        assertEquals(LOGGER + ".below logs debug and worse", levels.loglevel(session, LOGGER + ".below"));
        levels.loglevel(session, LOGGER, "TRACE");
        assertTrue(levels.loglevel(session).contains(LOGGER + "  trace  default"), levels.loglevel(session));
        assertTrue(
                new LogLevelCommand().loglevel(session).contains(LOGGER + "  trace  default"),
                "a new version of the bundle knows it too");
        assertEquals(LOGGER + " logs info and worse again", levels.loglevel(session, LOGGER, "default"));
        assertEquals(null, Logger.getLogger(LOGGER).getLevel());
    }

    @Test
    void keepsALevelThatNobodyElseHolds() throws Exception {
        levels.loglevel(session, LOGGER, "error");
        System.gc();
        assertEquals(LOGGER + " logs error and worse", levels.loglevel(session, LOGGER));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a.b loud | fg:loglevel: a level is error, warn, info, debug, trace or default, got \"loud\"",
                "debug | fg:loglevel: a LOGGER is needed before the level debug; root for all",
                "a/b debug | fg:loglevel: a logger is root or a name as in the log, such as io.fieldgate.core, got \"a/b\"",
                "a debug c | fg:loglevel: \"c\" is one argument too many. Usage: fg:loglevel [LOGGER] [LEVEL]",
            })
    void refusesALevelThatIsNone(String given, String line) {
        assertEquals(
                line,
                assertThrows(IllegalArgumentException.class, () -> levels.loglevel(session, given.split(" ")))
                        .getMessage());
    }

    private List<String> lastWords() {
        return session.printed()
                .lines()
                .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                .toList();
    }

    private void write(int number, String... lines) throws IOException {
        StringBuilder text = new StringBuilder();
        for (String line : lines) {
            text.append(line.startsWith(" ") ? "" : "2026-01-01 ").append(line).append('\n');
        }
        Files.writeString(file(number), text);
    }

    private void append(String text) throws IOException {
        Files.writeString(file(0), text, StandardOpenOption.APPEND);
    }

    private Path file(int number) {
        return folder.resolve("fieldgate." + number + ".log");
    }

    /** What happens while the command waits; at the end of the script it is interrupted. */
    private void pause(Duration time) throws InterruptedException {
        Step next = script.poll();
        if (next == null) {
            throw new InterruptedException();
        }
        try {
            next.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
