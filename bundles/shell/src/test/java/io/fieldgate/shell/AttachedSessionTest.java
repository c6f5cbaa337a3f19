package io.fieldgate.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.shell.ShellClient.Answer;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.felix.gogo.runtime.CommandProcessorImpl;
import org.apache.felix.gogo.runtime.threadio.ThreadIOImpl;
import org.apache.felix.service.command.CommandSession;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class AttachedSessionTest {

    private static final String CTRL_C = "\u0003";
    private static final String CTRL_D = "\u0004";
    private static final String UP = "\033OA";
    private static final String MORE = "-- more";

    @TempDir
    private Path home;

    private final CommandProcessorImpl gogo = new CommandProcessorImpl(new ThreadIOImpl());
    private final Commands commands = new Commands();
    private final FakeUsers users = new FakeUsers(Instant.EPOCH);
    private final FakeAudit audit = new FakeAudit();
    private ShellServer server;

    /** Commands of the scope {@code test}. */
    public static final class Commands {

        private final CountDownLatch napping = new CountDownLatch(1);
        private final CountDownLatch woken = new CountDownLatch(1);
        private final CountDownLatch babbling = new CountDownLatch(100);

        public String greet(String name) {
            return "hello " + name;
        }

        public String fail() {
            throw new IllegalStateException("no pump");
        }

        public String size(CommandSession session) {
            return session.get("COLUMNS") + " by " + session.get("ROWS");
        }

        public void nap() throws InterruptedException {
            napping.countDown();
            try {
                TimeUnit.MINUTES.sleep(2);
            } finally {
                woken.countDown();
            }
        }

        public void babble(CommandSession session) {
            session.put(".live", true);
            while (!Thread.currentThread().isInterrupted()) {
                session.getConsole().println("and another thing");
                babbling.countDown();
            }
            session.getConsole().println("that was it");
        }

        /** Takes the whole screen, and gives it back a while after it was interrupted. */
        public void view(CommandSession session) throws InterruptedException {
            session.put(".live", true);
            PrintStream screen = session.getConsole();
            try {
                napping.countDown();
                TimeUnit.MINUTES.sleep(2);
            } catch (InterruptedException e) {
                assertFalse(woken.await(200, TimeUnit.MILLISECONDS));
            } finally {
                screen.println("given back");
                session.put(".live", null);
            }
        }

        public String lines(CommandSession session, int count) {
            session.getConsole().println(numbered("printed", count));
            return numbered("returned", count);
        }

        private static String numbered(String what, int count) {
            return IntStream.rangeClosed(1, count)
                    .mapToObj(number -> what + " <" + number + ">")
                    .collect(Collectors.joining("\n"));
        }
    }

    @BeforeEach
    void start() throws IOException {
        for (String command : List.of("greet", "fail", "size", "nap", "babble", "view", "lines")) {
            gogo.addCommand("test", commands, command);
        }
        server = new ShellServer(home, new Completions(), Duration.ofSeconds(10));
        server.bindProcessor(gogo);
        server.bindAudit(audit);
        PasswordCommand passwd = new PasswordCommand();
        passwd.bindUsers(users);
        gogo.addCommand("fg", passwd, "passwd");
        gogo.addCommand("fg", new PointCommands(), "points");
    }

    @AfterEach
    void stop() throws IOException {
        server.deactivate();
        gogo.stop();
    }

    @Test
    void runsLineAfterLineInOneSession() throws Exception {
        try (TestTerminal terminal = TestTerminal.attach(home)) {
            terminal.ask("greet pump; greet tank", "hello pump\r\nhello tank\r\n");
            terminal.ask("name = grün", "grün");
            terminal.ask("greet $name", "hello grün");
            terminal.ask("fail", "no pump");
            terminal.ask("nosuch", "unknown command nosuch: help lists them all");
            terminal.type("greet 'two\r");
            terminal.await("> ");
            terminal.ask("words'", "hello two\r\nwords\r\n");
            terminal.type("exit\r");
            assertEquals(new Answer("", "", 0), terminal.end());
        }
    }

    @Test
    void asksForAPasswordTwiceAndShowsAndKeepsNothingOfIt() throws Exception {
        try (TestTerminal terminal = TestTerminal.attach(home)) {
            for (String second : List.of("s3cret (word", "s3cret word")) {
                terminal.type("fg:passwd anna\r");
                terminal.await("New password for anna: ");
                terminal.type("s3cret (word\r");
                terminal.await("Once more: ");
                terminal.type(second + "\r");
                terminal.await(second.contains("(") ? "anna is a user now" : "are not the same, nothing was changed");
                terminal.await("fg>");
            }
            assertEquals(List.of("password anna s3cret (word - by shell"), users.done);
            terminal.type(UP);
            terminal.await("fg:passwd anna");
            terminal.type(CTRL_C);
            terminal.await("fg>");
            terminal.ask("fg:passwd --role nonsense", "a role is viewer, operator or admin");
            assertFalse(terminal.screen().contains("cret"), terminal.screen());
        }
        assertFalse(Files.readString(home.resolve("data/shell/history")).contains("cret"));
    }

    @Test
    void breaksTheQuestionForAPasswordOffOnCtrlC() throws Exception {
        try (TestTerminal terminal = TestTerminal.attach(home)) {
            terminal.type("fg:passwd anna\r");
            terminal.await("New password for anna: ");
            terminal.type("s3cret" + CTRL_C);
            terminal.await("fg>");
            terminal.ask("greet pump", "hello pump");
            assertEquals(List.of(), users.done);
            assertFalse(terminal.screen().contains("cret"), terminal.screen());
        }
    }

    @Test
    void givesAnOtherRoleATerminalWithItsCommandsAlone() throws Exception {
        try (TestTerminal terminal = TestTerminal.open(home, "AS viewer 192.0.2.7 ssh:Ada\nATTACH 80 24 xterm\n")) {
            terminal.await("fg>");
            terminal.ask("greet pump", "greet needs the role admin");
            terminal.ask("name = 7", "must not be in a line");
            terminal.ask("fg:passwd", "fg:passwd needs the role admin");
            terminal.ask("help", "fg:points");
            terminal.type("fg:p\t");
            terminal.await("fg:points ");
            terminal.type(CTRL_C);
            terminal.await("fg>");
            terminal.type("exit\r");
            assertEquals(new Answer("", "", 0), terminal.end());
        }
        assertEquals(
                List.of("ssh:Ada|192.0.2.7|shell|greet|REFUSED", "ssh:Ada|192.0.2.7|shell|fg:passwd|REFUSED"),
                audit.lines);
    }

    @Test
    void completesNamesOfCommandsWithAndWithoutTheirScope() throws Exception {
        try (TestTerminal terminal = TestTerminal.attach(home)) {
            terminal.type("test:gre\t");
            terminal.await("test:greet ");
            terminal.ask("pump", "hello pump");
            terminal.type("greet a; gre\t");
            terminal.await("et ");
            terminal.ask("b", "hello b");
        }
    }

    @Test
    void interruptsACommandAndGoesOn() throws Exception {
        try (TestTerminal terminal = TestTerminal.attach(home)) {
            terminal.ask("name = tank", "tank");
            terminal.type("nap; greet nobody\r");
            assertTrue(commands.napping.await(30, TimeUnit.SECONDS));
            terminal.type(CTRL_C);
            assertTrue(commands.woken.await(30, TimeUnit.SECONDS));
            terminal.await("fg>");
            terminal.ask("greet $name", "hello tank");
            assertFalse(terminal.screen().contains("hello nobody"));
        }
    }

    /** Gogo closes the streams of a session whose command goes on to print when it is interrupted. */
    @Test
    void interruptsACommandThatPrintsAndGoesOn() throws Exception {
        try (TestTerminal terminal = TestTerminal.attach(home)) {
            terminal.ask("name = tank", "tank");
            terminal.type("babble\r");
            assertTrue(commands.babbling.await(30, TimeUnit.SECONDS));
            terminal.type(CTRL_C);
            terminal.await("fg>");
            terminal.ask("greet $name", "hello tank");
            terminal.ask("size", "80 by 24");
        }
    }

    @Test
    void showsThePromptWhenTheScreenWasGivenBack() throws Exception {
        try (TestTerminal terminal = TestTerminal.attach(home)) {
            terminal.type("view\r");
            assertTrue(commands.napping.await(30, TimeUnit.SECONDS));
            terminal.type(CTRL_C);
            terminal.await("given back");
            terminal.await("fg>");
            assertFalse(terminal.screen().contains("^C"));
        }
    }

    @Test
    void clearsTheLineOnCtrlC() throws Exception {
        try (TestTerminal terminal = TestTerminal.attach(home)) {
            terminal.type("greet wrong");
            terminal.await("wrong");
            terminal.type(CTRL_C);
            terminal.await("fg>");
            terminal.ask("greet right", "hello right");
            assertFalse(terminal.screen().contains("hello wrong"));
        }
    }

    @Test
    void interruptsTheCommandOfATerminalThatHangsUp() throws Exception {
        try (TestTerminal terminal = TestTerminal.attach(home)) {
            terminal.type("nap\r");
            assertTrue(commands.napping.await(30, TimeUnit.SECONDS));
        }
        assertTrue(commands.woken.await(30, TimeUnit.SECONDS));
    }

    @Test
    void tellsCommandsTheSizeAsItChanges() throws Exception {
        try (TestTerminal terminal = TestTerminal.attach(home)) {
            terminal.ask("size", "80 by 24");
            terminal.resize(132, 50);
            terminal.ask("size", "132 by 50");
            terminal.resize(0, 0);
            terminal.ask("size", "80 by 24");
        }
    }

    @Test
    void keepsTheHistoryOfAllTerminalsButNotWhatBeginsWithABlank() throws Exception {
        try (TestTerminal one = TestTerminal.attach(home);
                TestTerminal other = TestTerminal.attach(home)) {
            one.ask("greet one", "hello one");
            other.ask("greet two", "hello two");
            one.ask(" greet secret", "hello secret");
            one.ask("greet three", "hello three");
        }
        Path file = home.resolve("data/shell/history");
        assertEquals(List.of("greet one", "greet two", "greet three"), Files.readAllLines(file));
        assertEquals(PosixFilePermissions.fromString("rw-------"), Files.getPosixFilePermissions(file));
        try (TestTerminal next = TestTerminal.attach(home)) {
            next.type(UP + UP);
            next.await("greet t");
            next.ask("", "hello two");
        }
    }

    @Test
    void showsALongOutputAScreenAtATime() throws Exception {
        try (TestTerminal terminal = TestTerminal.attach(home)) {
            terminal.type("lines 30\r");
            terminal.await("printed <23>");
            terminal.await(MORE);
            assertFalse(terminal.screen().contains("printed <24>"));
            terminal.type("\r");
            terminal.await("printed <24>");
            terminal.await(MORE);
            terminal.type(" ");
            terminal.await("returned <17>");
            terminal.await(MORE);
            terminal.type("G");
            terminal.await("returned <30>");
            terminal.await("fg>");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"q", CTRL_C})
    void showsNoMoreThanIsWanted(String key) throws Exception {
        try (TestTerminal terminal = TestTerminal.attach(home)) {
            terminal.type("lines 300; greet nobody\r");
            terminal.await(MORE);
            terminal.type(key);
            terminal.await("fg>");
            terminal.ask("greet pump", "hello pump");
            assertFalse(terminal.screen().contains("<30>"));
            assertFalse(terminal.screen().contains("hello nobody"));
        }
    }

    @Test
    void refusesASeventeenthTerminalButNotACommand() throws Exception {
        List<TestTerminal> terminals = new ArrayList<>();
        try {
            for (int i = 0; i < 16; i++) {
                terminals.add(TestTerminal.attach(home));
            }
            try (TestTerminal late = TestTerminal.open(home, "ATTACH 80 24 xterm\n")) {
                assertEquals(
                        new Answer("", "16 terminals are attached already; try again when one has gone\n", 1),
                        late.end());
            }
            assertEquals(0, ShellClient.run(home, "greet pump").exit());
            terminals.get(0).type(CTRL_D);
            assertEquals(0, terminals.get(0).end().exit());
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> TestTerminal.attach(home).close());
        } finally {
            for (TestTerminal terminal : terminals) {
                terminal.close();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ATTACH 80 24\n",
                "ATTACH 80 24 \n",
                "ATTACH 80 24 xterm;reboot\n",
                "ATTACH 800000 24 xterm\n",
                "ATTACH eighty 24 xterm\n",
                "attach 80 24 xterm\n"
            })
    void refusesABadRequest(String request) throws Exception {
        try (TestTerminal terminal = TestTerminal.open(home, request)) {
            assertEquals(
                    new Answer(
                            "",
                            "a request begins with the line RUN <columns> [<rows>] or ATTACH <columns> <rows> <TERM>\n",
                            2),
                    terminal.end());
        }
    }

    @Test
    void refusesFramesWithoutSense() throws Exception {
        assertRefused("a frame is of type i or w, not of type 122\n", 'z', "");
        assertRefused("a size is <columns> <rows>, such as 80 24\n", 'w', "80x24");
        assertRefused("a frame has at most 65536 bytes, not 65537\n", 'i', "x".repeat(65_537));
    }

    @Test
    void bearsATerminalOfAnUnknownKindAndADumbOne() throws Exception {
        for (String term : List.of("dumb", "acme-3000", "linux", "tmux-256color")) {
            try (TestTerminal terminal = TestTerminal.open(home, "ATTACH 0 0 " + term + "\n")) {
                terminal.await("fg>");
                terminal.ask("greet " + term, "hello " + term);
            }
        }
    }

    @Test
    void tellsTerminalsThatTheShellStops() throws Exception {
        try (TestTerminal terminal = TestTerminal.attach(home)) {
            server.deactivate();
            Answer end = terminal.end();
            assertEquals(3, end.exit());
            assertTrue(end.err().startsWith("the shell stops"), end::err);
        }
    }

    @Test
    void endsWhenTheTerminalHangsUp() throws Exception {
        try (TestTerminal terminal = TestTerminal.attach(home)) {
            terminal.hangUp();
            assertEquals(0, terminal.end().exit());
        }
    }

    private void assertRefused(String line, char type, String payload) throws Exception {
        try (TestTerminal terminal = TestTerminal.attach(home)) {
            terminal.frame(type, payload.getBytes(StandardCharsets.US_ASCII));
            assertEquals(new Answer("", line, 2), terminal.end());
        }
    }
}
