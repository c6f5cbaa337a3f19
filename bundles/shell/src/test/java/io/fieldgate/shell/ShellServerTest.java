package io.fieldgate.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.shell.ShellClient.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.felix.gogo.runtime.CommandProcessorImpl;
import org.apache.felix.gogo.runtime.threadio.ThreadIOImpl;
import org.apache.felix.service.command.CommandSession;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ShellServerTest {

    @TempDir
    private Path home;

    private final CommandProcessorImpl gogo = new CommandProcessorImpl(new ThreadIOImpl());
    private final Commands commands = new Commands();
    private ShellServer server;

    /** Commands of the scope {@code test}. */
    public static final class Commands {

        private final CountDownLatch waiting = new CountDownLatch(10);
        private final CountDownLatch released = new CountDownLatch(1);
        private final CountDownLatch babbling = new CountDownLatch(1);
        private final CountDownLatch interrupted = new CountDownLatch(1);
        private ShellServer server;

        public String greet(String name) {
            return "hello " + name;
        }

        public String print(CommandSession session) {
            session.getConsole().println("columns " + session.get("COLUMNS"));
            return "grün";
        }

        public String fail() {
            throw new IllegalStateException("no pump\nfound");
        }

        public String big() {
            return "x".repeat(1_000_000);
        }

        public void block() throws InterruptedException {
            waiting.countDown();
            try {
                released.await(60, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                interrupted.countDown();
                throw e;
            }
        }

        public void babble(CommandSession session) {
            while (!Thread.currentThread().isInterrupted()) {
                session.getConsole().println("and another thing");
                babbling.countDown();
            }
            interrupted.countDown();
        }

        public String stop() throws IOException {
            server.deactivate();
            return "nobody sees this";
        }
    }

    @Test
    void handsASecretToTheCommandThatItCameWith() throws IOException {
        FakeUsers users = new FakeUsers(Instant.EPOCH);
        PasswordCommand passwd = new PasswordCommand();
        passwd.bindUsers(users);
        gogo.addCommand("fg", passwd, "passwd");

        assertEquals(
                "anna is a user now, with the role viewer\n",
                ask("SECRET 14\ncorrect\nhörseRUN 0\nfg:passwd anna").out());
        assertEquals(List.of("password anna correct\nhörse - by shell"), users.done);
        Answer without = ask("RUN 0\nfg:passwd anna");
        assertEquals(Interpreter.FAILED, without.exit());
        assertTrue(without.err().startsWith("fg:passwd: nobody can be asked for a password here"), without.err());
        assertEquals(ShellSession.BAD_REQUEST, ask("SECRET 2000\nx").exit());
        assertEquals(ShellSession.BAD_REQUEST, ask("SECRET 20\nx").exit());
        assertEquals(
                ShellSession.BAD_REQUEST, ask("SECRET 1\nxATTACH 80 24 xterm\n").exit());
    }

    private Answer ask(String request) throws IOException {
        try (ShellClient client = ShellClient.connect(home)) {
            client.send(request);
            client.end();
            return client.answer();
        }
    }

    @BeforeEach
    void start() throws IOException {
        gogo.addCommand("test", commands, "greet");
        gogo.addCommand("test", commands, "print");
        gogo.addCommand("test", commands, "fail");
        gogo.addCommand("test", commands, "big");
        gogo.addCommand("test", commands, "block");
        gogo.addCommand("test", commands, "babble");
        gogo.addCommand("test", commands, "stop");
        server = new ShellServer(home, new Completions(), Duration.ofSeconds(1));
        server.bindProcessor(gogo);
        commands.server = server;
    }

    @AfterEach
    void stop() throws IOException {
        commands.released.countDown();
        server.deactivate();
        gogo.stop();
    }

    @Test
    void printsTheResultOfACommand() throws IOException {
        assertEquals(new Answer("hello pump\n", "", 0), ShellClient.run(home, "test:greet pump"));
        assertEquals(new Answer("hello pump\n", "", 0), ShellClient.run(home, "greet pump\n"));
        assertEquals(new Answer("columns 80\ngrün\n", "", 0), ShellClient.run(home, "print"));
        assertEquals(new Answer("hello linux/**\n", "", 0), ShellClient.run(home, "greet linux/**"));
        assertEquals(new Answer("", "", 0), ShellClient.run(home, ""));
    }

    @Test
    void printsTheResultOfEachStatement() throws IOException {
        assertEquals(new Answer("hello a\nhello b\n", "", 0), ShellClient.run(home, "greet a; greet b"));
        assertEquals(new Answer("hello a\nhello b\n", "", 0), ShellClient.run(home, "greet a\ngreet b\n"));
        assertEquals(new Answer("hello a;b\nhello c\n", "", 0), ShellClient.run(home, "greet 'a;b' ; x = (greet c)"));
        assertEquals(new Answer("hello a\n", "no pump\n", 1), ShellClient.run(home, "greet a; fail; greet b"));
    }

    @Test
    void tellsCommandsTheSizeOfTheTerminal() throws IOException {
        try (ShellClient client = ShellClient.connect(home)) {
            client.send("RUN 120 40\ny = $ROWS");
            client.end();
            assertEquals("40\n", client.answer().out());
        }
    }

    @Test
    void sendsABigResultWhole() throws IOException {
        assertEquals(1_000_001, ShellClient.run(home, "big").out().length());
    }

    @Test
    void tellsInOneLineWhyACommandFailed() throws IOException {
        assertEquals(new Answer("", "no pump\n", 1), ShellClient.run(home, "fail"));
    }

    @Test
    void saysInItsOwnWordsWhatGogoCannotRun() throws IOException {
        assertEquals(
                new Answer(
                        "",
                        "greet: these are not its arguments, or they name what is not there; help greet explains it\n",
                        1),
                ShellClient.run(home, "greet a b"));
        for (String command : List.of("greet 'a", "greet (", "greet {")) {
            assertEquals(
                    new Answer("", "the command is not complete: a quote or a bracket is not closed\n", 1),
                    ShellClient.run(home, command));
        }
    }

    @Test
    void namesAnUnknownCommand() throws IOException {
        assertEquals(
                new Answer("", "unknown command nosuch: help lists them all\n", 127),
                ShellClient.run(home, "nosuch thing"));
    }

    @Test
    void saysThatGogoIsMissing() throws IOException {
        server.unbindProcessor(gogo);

        assertEquals(
                new Answer("", "no command can run: the bundle org.apache.felix.gogo.runtime is not active\n", 1),
                ShellClient.run(home, "greet pump"));
    }

    @Test
    void refusesABadRequest() throws IOException {
        try (ShellClient client = ShellClient.connect(home)) {
            client.send("GET / HTTP/1.1\n");
            client.end();
            assertEquals(
                    new Answer(
                            "",
                            "a request begins with the line RUN <columns> [<rows>] or ATTACH <columns> <rows> <TERM>\n",
                            2),
                    client.answer());
        }
        assertEquals(
                new Answer("", "a command has at most 65536 bytes\n", 2),
                ShellClient.run(home, "greet " + "x".repeat(65_531)));
        assertEquals(
                new Answer("", "a command has at most 65536 bytes\n", 2),
                ShellClient.run(home, "greet " + "x".repeat(1_000_000)));
        assertEquals(0, ShellClient.run(home, "greet " + "x".repeat(65_530)).exit());
    }

    @Test
    void doesNotWaitForARequestForEver() throws IOException {
        try (ShellClient client = ShellClient.connect(home)) {
            client.send("RUN 80\ngreet pump");
            assertEquals(2, client.answer().exit());
        }
    }

    @Test
    void refusesAnEleventhCommandAtOnce() throws Exception {
        List<ShellClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < 10; i++) {
                ShellClient client = ShellClient.connect(home);
                clients.add(client);
                client.send("RUN 80\nblock");
                client.end();
            }
            assertTrue(commands.waiting.await(20, TimeUnit.SECONDS));
            assertEquals(
                    new Answer("", "10 commands run already; try again when one has ended\n", 1),
                    ShellClient.run(home, "greet pump"));
            commands.released.countDown();
            for (ShellClient client : clients) {
                assertEquals(0, client.answer().exit());
            }
        } finally {
            for (ShellClient client : clients) {
                client.close();
            }
        }
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> ShellClient.run(home, "greet pump").exit() == 0);
    }

    @Test
    void interruptsACommandWhoseClientHasGone() throws Exception {
        try (ShellClient client = ShellClient.connect(home)) {
            client.send("RUN 80\nbabble");
            client.end();
        }
        assertTrue(commands.interrupted.await(20, TimeUnit.SECONDS));
    }

    @Test
    void interruptsACommandThatSaysNothingWhenItsClientHasGone() throws Exception {
        try (ShellClient client = ShellClient.connect(home)) {
            client.send("RUN 80\nblock");
            client.end();
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> commands.waiting.getCount() < 10);
        }
        assertTrue(commands.interrupted.await(20, TimeUnit.SECONDS));
    }

    @Test
    void stopsWithoutWaitingForAClientThatDoesNotRead() throws Exception {
        try (ShellClient client = ShellClient.connect(home)) {
            client.send("RUN 80\nbabble");
            client.end();
            assertTrue(commands.babbling.await(20, TimeUnit.SECONDS));
            long before = System.nanoTime();
            server.deactivate();
            assertTrue(System.nanoTime() - before < TimeUnit.SECONDS.toNanos(5));
        }
    }

    @Test
    void givesTheCommandThatStopsTheShellALastLine() throws Exception {
        assertEquals(
                new Answer("", "the shell stops; what the command does from here on is in the log\n", 3),
                ShellClient.run(home, "stop"));
        assertFalse(Files.exists(home.resolve("data/shell.path")));
        assertFalse(Files.exists(home.resolve("data/shell/socket")));
    }

    @Test
    void liesInAFolderForItsOwnerOnly() throws IOException {
        assertEquals(
                PosixFilePermissions.fromString("rwx------"),
                Files.getPosixFilePermissions(home.resolve("data/shell")));
        assertEquals(home.resolve("data/shell/socket").toString(), Files.readString(home.resolve("data/shell.path")));
    }

    @Test
    void comesBackOverASocketThatWasLeftBehind() throws IOException {
        ShellServer next = new ShellServer(home, new Completions(), Duration.ofSeconds(1));
        next.bindProcessor(gogo);
        assertEquals(0, ShellClient.run(home, "greet pump").exit());
        next.deactivate();
    }

    @Test
    void goesElsewhereWhenThePathIsTooLong() throws IOException {
        Path far = home.resolve("x".repeat(100));
        ShellServer next = new ShellServer(far, new Completions(), Duration.ofSeconds(1));
        next.bindProcessor(gogo);
        Path socket = Path.of(Files.readString(far.resolve("data/shell.path")));

        assertFalse(socket.startsWith(far));
        assertEquals(PosixFilePermissions.fromString("rwx------"), Files.getPosixFilePermissions(socket.getParent()));
        assertEquals(0, ShellClient.run(far, "greet pump").exit());

        next.deactivate();
        assertFalse(Files.exists(socket.getParent()));
        assertThrows(IOException.class, () -> ShellClient.run(far, "greet pump"));
    }
}
