package io.fieldgate.launcher;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@Timeout(60)
class UpdateCommandTest {

    private static final String BEGUN = "update 7: pump 1.0.0 -> 1.1.0\n";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CommandLine commands =
            Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    private final List<String> seen = new CopyOnWriteArrayList<>();

    @TempDir
    private Path folder;

    private Home home;
    private Path jar;
    private FakeShell shell;

    @BeforeEach
    void start() throws Exception {
        home = new Home(folder.resolve("home"));
        jar = Files.writeString(folder.resolve("pump.jar"), "a jar");
        shell = FakeShell.on(home).looking(this::look);
    }

    @AfterEach
    void stop() throws IOException {
        shell.close();
    }

    @Test
    void bringsTheJarAndPrintsEachState() throws Exception {
        shell.answers("o", BEGUN, "x", "0").answers("o", "staged\nveri", "o", "fied\ncommitted\n", "x", "0");

        assertEquals(ExitStatus.OK, run("update", "--allow-downgrade", "--allow-refresh", jar.toString()));
        assertEquals(BEGUN + "staged\nverified\ncommitted\n", out.toString());
        assertTrue(
                shell.asked
                        .get(0)
                        .matches("fg:update '--no-wait' '--allow-downgrade' '--allow-refresh' '" + home.incoming()
                                + "/[0-9a-f]+\\.jar'"),
                shell.asked::toString);
        assertEquals("fg:history --follow --update 7", shell.asked.get(1));
        assertEquals(List.of("a jar rw-------", "rwx------"), seen);
        assertEquals(List.of(), left());
    }

    @Test
    void saysWhyItWasRolledBack() throws Exception {
        shell.answers("o", BEGUN, "x", "0")
                .answers(
                        "o", "rolled back: no pump\n",
                        "e", "fg:history: update 7 was rolled back, what ran before runs again\n",
                        "x", "1");

        assertEquals(ExitStatus.FAILED, run("update", jar.toString()));
        assertEquals(BEGUN + "rolled back: no pump\n", out.toString());
        assertEquals("fieldgate: update 7 was rolled back, what ran before runs again\n", err.toString());
    }

    @Test
    void namesTheFileThatWasGivenWhenItIsRefused() throws Exception {
        shell.looking(command -> shell.answers(
                "e", "fg:update: " + command.replaceAll(".*'(/.*)'", "$1") + ": it is no jar\n", "x", "1"));

        assertEquals(ExitStatus.FAILED, run("update", jar.toString()));
        assertEquals("fieldgate: " + jar + ": it is no jar\n", err.toString());
        assertEquals(List.of(), left());
    }

    @Test
    void asksAgainByTheNumberWhenTheShellItselfIsUpdated() throws Exception {
        shell.answers("o", BEGUN, "x", "0")
                .answers("o", "staged\nverified\n", "e", "the shell stops\n", "x", "3")
                .answers("o", "sta")
                .answers("e", "unknown command fg:history: help lists them all\n", "x", "127")
                .answers("o", "staged\nverified\nactivating\nprobation\ncommitted\n", "x", "0");

        assertEquals(ExitStatus.OK, run("update", jar.toString()));
        assertEquals(BEGUN + "staged\nverified\nactivating\nprobation\ncommitted\n", out.toString());
        assertEquals("", err.toString());
    }

    @Test
    void doesNotWaitForeverForAShellThatDoesNotComeBack() throws Exception {
        for (int i = 0; i < 50; i++) {
            shell.answers("e", "unknown command fg:history: help lists them all\n", "x", "127");
        }
        UpdateFollower follower = new UpdateFollower(home, 7, Duration.ofMillis(500));

        CommandFailure failure = assertThrows(CommandFailure.class, () -> follower.follow(line -> {}));
        assertTrue(failure.getMessage().contains("what became of update 7 is not known"), failure::getMessage);
    }

    @Test
    void saysThatTheGatewayHasStoppedMeanwhile() throws Exception {
        shell.looking(command -> {
            if (command.startsWith("fg:history")) {
                stopGateway();
            }
        });
        shell.answers("o", BEGUN, "x", "0").answers("e", "the shell stops\n", "x", "3");

        assertEquals(ExitStatus.NOT_RUNNING, run("update", jar.toString()));
        assertTrue(
                err.toString().contains("has stopped; when it runs again, 'fieldgate history' tells"), err::toString);
    }

    @Test
    void printsOneObject() throws Exception {
        String committed = "{\"id\":7,\"state\":\"committed\"}";
        String rolledBack = "{\"id\":7,\"state\":\"rolled-back\",\"reason\":\"no pump\"}";
        shell.answers("o", BEGUN, "x", "0")
                .answers("o", committed + "\n", "x", "0")
                .answers("o", BEGUN, "x", "0")
                .answers("o", rolledBack + "\n", "e", "fg:history: update 7 was rolled back\n", "x", "1")
                .answers("e", "fg:rollback: there is no version before of \"pump\"\n", "x", "1");

        assertEquals(ExitStatus.OK, run("update", "--json", jar.toString()));
        assertEquals(ExitStatus.FAILED, run("update", "--json", jar.toString()));
        assertEquals(ExitStatus.FAILED, run("rollback", "pump", "--json"));
        assertEquals(
                committed + "\n" + rolledBack + "\n{\"error\":\"there is no version before of \\\"pump\\\"\"}\n",
                out.toString());
        assertEquals("fg:rollback '--no-wait' '--' 'pump'", shell.asked.get(4));
        assertEquals("", err.toString());
    }

    @Test
    void listsUpdatesAsOneObject() throws Exception {
        shell.answers("o", "{\"updates\":[]}\n", "x", "0");

        assertEquals(ExitStatus.OK, run("history", "--json", "pump"));
        assertEquals("{\"updates\":[]}\n", out.toString());
        assertEquals(List.of("fg:history --json '--' 'pump'"), shell.asked);
    }

    @Test
    void saysWhatItCannotCopy() throws Exception {
        Path missing = folder.resolve("missing.jar");

        assertEquals(ExitStatus.FAILED, run("update", missing.toString()));
        assertEquals(ExitStatus.FAILED, run("update", folder.toString()));
        assertEquals(ExitStatus.USAGE, run("update", "ftp://host/a.jar"));
        assertEquals(ExitStatus.USAGE, run("update", "http:///a.jar"));
        assertEquals(ExitStatus.USAGE, run("update"));
        assertEquals(
                List.of(
                        "fieldgate: " + missing + " does not exist",
                        "fieldgate: " + folder + " is not a file",
                        "fieldgate: ftp://host/a.jar: only http, https and files can be fetched",
                        "fieldgate: an address is http(s)://HOST[:PORT]/PATH, without a password in it"),
                err.toString().lines().limit(4).toList());
        assertEquals(List.of(), shell.asked);
        assertEquals(List.of(), left());
    }

    @Test
    void removesWhatACommandThatWasKilledHasLeft() throws Exception {
        shell.answers("o", BEGUN, "x", "0").answers("o", "committed\n", "x", "0");
        Files.createDirectory(home.incoming());
        Path old = Files.createFile(home.incoming().resolve("old.jar"));
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(25))));
        Path other = Files.createFile(home.incoming().resolve("other.jar"));

        assertEquals(ExitStatus.OK, run("update", jar.toString()));
        assertEquals(List.of(other), left());
    }

    @Test
    void saysThatNoGatewayRunsAlsoAsAnObject() throws Exception {
        shell.stop();

        assertEquals(ExitStatus.NOT_RUNNING, run("update", "--json", jar.toString()));
        assertEquals("{\"error\":\"no gateway runs on " + home + "\"}\n", out.toString());
    }

    private int run(String command, String... arguments) {
        return commands.execute(Stream.concat(Stream.of(command, "--home", home.toString()), Stream.of(arguments))
                .toArray(String[]::new));
    }

    /** What the gateway sees of the jar while it is asked to take it. */
    private void look(String command) {
        try {
            if (command.startsWith("fg:update")) {
                Path given = Path.of(command.replaceAll(".*'(/.*)'", "$1"));
                seen.add(Files.readString(given)
                        + ' '
                        + PosixFilePermissions.toString(Files.getPosixFilePermissions(given)));
                seen.add(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.incoming())));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void stopGateway() {
        try {
            shell.stop();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Path> left() throws IOException {
        try (Stream<Path> files = Files.exists(home.incoming()) ? Files.list(home.incoming()) : Stream.empty()) {
            return files.toList();
        }
    }

    @Test
    void escapesWhatJsonWantsEscaped() {
        assertAll(
                () -> assertEquals(
                        "\"a \\\"b\\\" \\\\ \\n \\u0007 \\u001b grün\"",
                        JsonText.string("a \"b\" \\ \n \u0007 \u001b grün")),
                () -> assertEquals("{\"error\":\"x\"}", JsonText.error("x")));
    }
}
