package io.fieldgate.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import io.fieldgate.testkit.GatewayHome;
import io.fieldgate.testkit.GatewayProcess;
import io.fieldgate.testkit.Outcome;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The gateway's shell from another machine, with the SSH client that everybody has. */
class SshIT {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private static GatewayProcess gateway;

    /** Nothing where there is no gateway: the test was skipped. */
    @AfterAll
    static void stop() throws Exception {
        if (gateway != null) {
            gateway.close();
        }
    }

    @BeforeAll
    static void start() throws Exception {
        installed("ssh");
        GatewayHome home = GatewayHome.create().configure("io.fieldgate.ssh", Map.of("port", "0"));
        for (String type : List.of("ecdsa", "ed25519", "rsa")) {
            SshClient.makeKey(home.path(), type, type, type + " key");
        }
        Path keys = home.path().resolve("etc/authorized_keys");
        Files.writeString(
                keys,
                Files.readString(home.path().resolve("data/ecdsa.pub"))
                        + Files.readString(home.path().resolve("data/ed25519.pub")));
        gateway = GatewayProcess.start(home);
        gateway.awaitLog("SSH listens on", "2 keys may log in");
    }

    @Test
    void runsACommandWithEachTypeOfKey() throws Exception {
        for (String type : List.of("ecdsa", "ed25519")) {
            Outcome status = ssh(type, "fg:status");
            assertEquals(0, status.status(), status::toString);
            assertTrue(status.output().contains("components  all satisfied"), status::toString);
            gateway.awaitLog("has logged in from 127.0.0.1", "(" + type + " key)");
        }
    }

    @Test
    void passesTheStatusOfACommandOn() throws Exception {
        Outcome unknown = ssh("ecdsa", "no:such-command");
        assertEquals(127, unknown.status(), unknown::toString);
        assertTrue(unknown.errors().contains("no:such-command"), unknown::toString);
    }

    @Test
    void attachesATerminal() throws Exception {
        TmuxTerminal.require();
        try (TmuxTerminal terminal = TmuxTerminal.open()) {
            terminal.enter(String.join(" ", words("ecdsa")).replaceFirst("ssh ", "ssh -tt "));
            terminal.awaitLastLine("fg>");
            terminal.enter("number = 4711");
            terminal.awaitText("\n4711\n");
            terminal.enter("size = $COLUMNS");
            terminal.awaitText("\n80\n");
            terminal.enter("exit");
            terminal.awaitLastLine(TmuxTerminal.PROMPT);
            terminal.enter("echo status=$?");
            terminal.awaitText("\nstatus=0\n");
        }
    }

    @Test
    void endsAScriptAtTheFirstLineThatFails() throws Exception {
        Path lines = gateway.home().path().resolve("data/lines");
        Files.writeString(lines, "number = 4711\nnosuch\nnumber = 4712\n");
        String script = String.join(" ", words("ecdsa")).replaceFirst("ssh ", "ssh -T ") + " <" + lines;
        Outcome outcome = Outcome.of(new ProcessBuilder("sh", "-c", script), LIMIT);
        assertEquals(127, outcome.status(), outcome::toString);
        assertEquals("4711\n", outcome.output());
        assertTrue(outcome.errors().contains("line 2 failed, the rest was not run"), outcome::toString);
    }

    @Test
    void refusesAKeyThatIsNotListed() throws Exception {
        Outcome refused = ssh("rsa", "fg:status");
        assertEquals(255, refused.status(), refused::toString);
        assertTrue(refused.errors().contains("Permission denied (publickey)"), refused::toString);
        gateway.awaitLog("SSH refuses", "is not in " + gateway.home().path().resolve("etc/authorized_keys"));
    }

    @Test
    void hasTheHostKeyThatTheLogNames() throws Exception {
        Outcome shown = Outcome.of(
                new ProcessBuilder(
                        "ssh-keygen",
                        "-l",
                        "-f",
                        gateway.home().path().resolve("data/ssh/host_key").toString()),
                LIMIT);
        assertTrue(shown.orFail().contains(SshClient.listens(gateway).group(2)), shown::toString);
    }

    /** Warnings are what a person must look at, and none of this is. */
    @Test
    void warnsOfNothing() throws Exception {
        ssh("ecdsa", "fg:status").orFail();
        String warnings = Files.readString(gateway.home().stderr());
        assertEquals(
                List.of(),
                warnings.lines()
                        .filter(line -> !Complaints.saysThatAnyBundleIsTaken(line))
                        .toList());
    }

    private static Outcome ssh(String key, String... command) throws Exception {
        return SshClient.run(gateway, key, command);
    }

    private static List<String> words(String key, String... command) {
        return SshClient.words(gateway, key, command);
    }

    /** Skips where a program is missing; a build server must have it. */
    private static void installed(String name) {
        boolean found = Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .map(folder -> Path.of(folder, name))
                .anyMatch(Files::isExecutable);
        if (!found && System.getenv("CI") != null) {
            throw new AssertionError(name + " is missing: install openssh-client");
        }
        if (!found) {
            abort(name + " is not installed (Debian: openssh-client)");
        }
    }
}
