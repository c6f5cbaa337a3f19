package io.fieldgate.launcher;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CommandLineTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CommandLine commands =
            Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));

    @TempDir
    private Path folder;

    @Test
    void saysInOneLineThatACommandIsMissing() {
        assertEquals(ExitStatus.USAGE, commands.execute());
        assertEquals(
                "fieldgate: say what to do: run, start, stop, status, setup, shell, update, rollback, history, passwd, keygen, sign, user, token, certificate, config or upgrade; try 'fieldgate --help'\n",
                err.toString());
    }

    @Test
    void saysInOneLineThatACommandIsUnknown() {
        assertEquals(ExitStatus.USAGE, commands.execute("rnu"));
        assertAll(
                () -> assertTrue(err.toString().startsWith("fieldgate: "), err::toString),
                () -> assertEquals(1, err.toString().lines().count()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.0.0.1:65536", ":8080", "127.0.0.1:http", "::1:8080", "a b:1"})
    void refusesAnAddressThatIsNotHostAndPort(String address) {
        assertEquals(ExitStatus.USAGE, commands.execute("run", "--http", address));
        assertTrue(err.toString().contains("'" + address + "' is not HOST:PORT"), err::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:8080", "[::1]:0", "gateway.example:443", "0.0.0.0:65535"})
    void takesHostAndPort(String address) {
        assertEquals(address, new HttpAddress().convert(address));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "run",
                "start",
                "stop",
                "status",
                "setup",
                "shell",
                "update",
                "rollback",
                "history",
                "passwd",
                "user",
                "token",
                "certificate",
                "config",
                "upgrade"
            })
    void explainsEachCommand(String command) {
        assertEquals(ExitStatus.OK, commands.execute(command, "--help"));
        assertAll(
                () -> assertTrue(out.toString().contains("fieldgate " + command), out::toString),
                () -> assertTrue(out.toString().contains("--home=DIR"), out::toString),
                () -> assertTrue(out.toString().contains("--version"), out::toString));
    }

    @ParameterizedTest
    @ValueSource(strings = {"stop", "shell", "passwd", "user", "token", "certificate", "config"})
    void saysThatNoGatewayRuns(String command) {
        assertEquals(ExitStatus.NOT_RUNNING, commands.execute(command, "--home", folder.toString()));
        assertEquals("fieldgate: no gateway runs on " + folder + "\n", err.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"--port=0", "--host=192.0.2.77", "--name=Big Boss", "--certificate=/not/there.pem", "--key=k"})
    void refusesToSetUpWhatCannotBe(String option) {
        assertEquals(ExitStatus.USAGE, commands.execute("setup", "--home", folder.toString(), option));
        assertAll(
                () -> assertEquals(1, err.toString().lines().count(), err::toString),
                () -> assertEquals(0, folder.toFile().list().length, "nothing is made"));
    }

    @Test
    void passesOnWhatTheGatewayAloneUnderstands() {
        assertEquals(
                ExitStatus.NOT_RUNNING,
                commands.execute("token", "create", "ci", "--role", "viewer", "--home", folder.toString()));
    }

    @Test
    void writesWordsThatMeanThemselves() throws CommandFailure {
        assertEquals("fg:user 'role' 'a $b; c' ''", GogoLine.of("fg:user", List.of("role", "a $b; c", "")));
        for (String word : List.of("it's", "a\\b", "a\nb")) {
            assertThrows(CommandFailure.class, () -> GogoLine.of("fg:user", List.of(word)));
        }
    }

    @Test
    void readsAPasswordFromTheFirstLineOfTheInput() throws Exception {
        assertEquals("grün 1", PasswordInput.line(input("grün 1\r\nnext\n")));
        assertThrows(CommandFailure.class, () -> PasswordInput.line(input("\nnext")));
        assertThrows(CommandFailure.class, () -> PasswordInput.line(input("x".repeat(1025))));
    }

    private static InputStream input(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void givesTheStatusOfAHomeThatNobodyUses() {
        assertEquals(ExitStatus.NOT_RUNNING, commands.execute("status", "--home", folder.toString()));
        assertEquals("state:  stopped\n", out.toString());
    }

    @Test
    void leavesTheOptionsOfAShellCommandAlone() {
        // Were they read as options of ours, this would be a misuse.
        assertEquals(
                ExitStatus.NOT_RUNNING,
                commands.execute("shell", "--home", folder.toString(), "fg:points", "--long", "-x"));
    }
}
