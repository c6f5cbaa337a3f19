package io.fieldgate.itest;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.itest.subject.HangingActivator;
import io.fieldgate.itest.subject.ThrowingActivator;
import io.fieldgate.testkit.GatewayHome;
import io.fieldgate.testkit.Outcome;
import io.fieldgate.testkit.WebSocketProbe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Upgrades of the whole gateway: what is healthy stays, and after anything else the distribution before runs again and says why. */
class UpgradeIT {

    private static final Duration LIMIT = Duration.ofMinutes(4);
    private static final String HANGING = "io.fieldgate.itest.hanging";

    @TempDir
    private static Path folder;

    private static Path good;

    private GatewayHome home;

    @BeforeAll
    static void makeDistribution() throws Exception {
        good = new OtherDistribution(Files.createDirectory(folder.resolve("good")), "9.1.0").tarGz();
    }

    @BeforeEach
    void start() throws Exception {
        home = GatewayHome.create();
        run("start", "--http", "127.0.0.1:0").orFail();
    }

    @AfterEach
    void stop() throws Exception {
        run("stop");
        home.delete();
    }

    @WaitingTest
    void upgradesAndClientsComeBackAndGoesBack() throws Exception {
        String before = version();
        try (WebSocketProbe client = WebSocketProbe.open(uri(), "/echo")) {
            assertEquals("before", client.ask("before"));
            List<String> steps = upgrade(good).orFail().lines().toList();
            assertEquals(
                    List.of(
                            "fieldgate-9.1.0.tar.gz: not signed, and need not be: no certificate is trusted here",
                            "9.1.0-0000test is unpacked",
                            "the gateway has stopped",
                            "9.1.0 is ready; it stays if it is healthy in 1 s",
                            "Fieldgate 9.1.0 is current; 'fieldgate upgrade --back' leads back to " + before),
                    steps);
            assertEquals(1001, client.closeCode());
        }
        try (WebSocketProbe client = WebSocketProbe.open(uri(), "/echo")) {
            assertEquals("after", client.ask("after"));
        }
        assertEquals("9.1.0", version());
        assertEquals("Fieldgate 9.1.0", run("status", "--version").output().strip());

        run("stop").orFail();
        run("start", "--http", "127.0.0.1:0").orFail();
        assertEquals("9.1.0", version(), "it is current after a restart too");

        Outcome lower = run("upgrade", "--json", oldDistribution().toString());
        assertEquals(1, lower.status());
        assertTrue(
                lower.output().matches("\\{\"from\":\"9\\.1\\.0\",\"to\":\"0\\.0\\.1\".*\"state\":\"failed\".*\\}\\s*"),
                lower::toString);
        assertTrue(lower.errors().contains("--allow-downgrade"), lower::toString);

        run("upgrade", "--back", "--probation", "1").orFail();
        assertEquals(before, version());
        run("upgrade", "--back", "--probation", "1").orFail();
        assertEquals("9.1.0", version(), "back again, to the one that ran before");
    }

    private static Path oldDistribution() throws Exception {
        return new OtherDistribution(Files.createTempDirectory(folder, "old"), "0.0.1").tarGz();
    }

    /** It comes up, but has no installer that could say how it is. */
    @WaitingTest
    void goesBackIfItIsNotHealthy() throws Exception {
        assertGoesBack(other("sick").without("io.fieldgate.installer"), "it was not healthy: ");
    }

    @WaitingTest
    void goesBackIfAShippedBundleThrows() throws Exception {
        Path jar = TestBundle.of("throwing", ThrowingActivator.class)
                .header("Bundle-Activator", ThrowingActivator.class.getName())
                .build();
        String name = "io.fieldgate.itest.throwing";
        assertGoesBack(other("throwing").with(4, jar, name), "it was not healthy: these do not run: " + name);
    }

    @WaitingTest
    void goesBackIfItDoesNotBecomeReady() throws Exception {
        assertGoesBack(other("lame").without("org.apache.felix.scr"), "it was not ready within 6 s", 6);
    }

    @WaitingTest
    void goesBackIfItHangs() throws Exception {
        Path jar = TestBundle.of("hanging", HangingActivator.class)
                .header("Bundle-Activator", HangingActivator.class.getName())
                .build();
        assertGoesBack(other("hanging").with(1, jar, HANGING), "it was not ready within 6 s", 6);
    }

    private static OtherDistribution other(String name) throws IOException {
        return new OtherDistribution(Files.createDirectory(folder.resolve(name)), "9.2.0");
    }

    private void assertGoesBack(OtherDistribution broken, String reason) throws Exception {
        assertGoesBack(broken, reason, 120);
    }

    private void assertGoesBack(OtherDistribution broken, String reason, int readySeconds) throws Exception {
        String before = version();
        Outcome outcome = run(
                "upgrade", broken.tarGz().toString(), "--ready", Integer.toString(readySeconds), "--probation", "1");
        assertEquals(1, outcome.status(), outcome::toString);
        assertTrue(outcome.errors().contains("9.2.0 was given up: " + reason), outcome::toString);
        assertTrue(outcome.errors().strip().endsWith("; what ran before runs again"), outcome::toString);
        assertRunsAsBefore(before);
        assertTrue(logHas("the upgrade to 9.2.0-0000test has failed, factory runs again: " + reason));
    }

    @WaitingTest
    void goesBackIfItIsKilledWhileItIsTried() throws Exception {
        String before = version();
        long pid = pid();
        Process upgrade = begin("upgrade", good.toString(), "--probation", "3600");
        try {
            await("it is tried").atMost(LIMIT).until(() -> said().contains("9.1.0 is ready"));
            assertNotEquals(pid, pid());
            ProcessHandle.of(pid()).orElseThrow().destroyForcibly();
            assertTrue(upgrade.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS));
            assertEquals(1, upgrade.exitValue());
            assertTrue(said().contains("9.1.0 was given up: it ended without a word"), this::said);
        } finally {
            upgrade.destroyForcibly();
        }
        assertRunsAsBefore(before);
        assertTrue(logHas("the upgrade to 9.1.0-0000test has failed, factory runs again: it ended without a word"));
    }

    @WaitingTest
    void touchesNothingIfTheFileCannotBeUsed() throws Exception {
        long pid = pid();
        byte[] whole = Files.readAllBytes(good);
        Path cut = Files.write(folder.resolve("cut.tar.gz"), Arrays.copyOf(whole, whole.length - 100));
        assertRefused("it is not a whole tar.gz", cut);
        assertRefused(
                "there is no lib/",
                other("less").withoutFile("lib/bundles.list").tarGz());
        Path lost = other("lost")
                .with(4, good, "io.fieldgate.itest.lost")
                .withoutFile("lib/" + good.getFileName())
                .tarGz();
        assertRefused("there is no lib/" + good.getFileName(), lost);
        assertEquals(pid, pid());
        try (var left = Files.list(home.path().resolve("data/distributions"))) {
            assertEquals(
                    List.of("factory", "lock"),
                    left.map(file -> file.getFileName().toString())
                            .filter(name -> !name.startsWith("."))
                            .sorted()
                            .toList());
        }
    }

    private void assertRefused(String reason, Path file) throws Exception {
        Outcome outcome = upgrade(file);
        assertEquals(1, outcome.status(), outcome::toString);
        assertTrue(outcome.errors().contains(reason), outcome::toString);
    }

    /** After each of its steps; whatever has come of it then, the gateway runs, and the next upgrade goes well. */
    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest
    @ValueSource(strings = {"not signed", "is unpacked", "has stopped", "9.1.0 is ready"})
    void goesOnWithoutTheCommand(String step) throws Exception {
        Process upgrade = begin("upgrade", good.toString(), "--probation", "2");
        await("the step").atMost(LIMIT).until(() -> said().contains(step));
        upgrade.destroyForcibly();
        if (step.equals("has stopped") || step.equals("9.1.0 is ready")) {
            await("it has become current").atMost(LIMIT).until(() -> Files.isSymbolicLink(link("current")));
            assertEquals("9.1.0", version());
        }
        // The gateway may be about to stop, or on trial, if the command was killed just after it had asked.
        await("the next upgrade").atMost(LIMIT).until(() -> upgrade(good).status() == 0);
        assertEquals("9.1.0", version());
        assertEquals(0, run("shell", "fg:health").status());
    }

    @WaitingTest
    void asksAServiceManagerForTheRestart() throws Exception {
        run("stop").orFail();
        List<String> loop = new ArrayList<>(List.of(
                "/bin/sh", "-c", "trap 'kill $!; exit' TERM; until \"$@\" & wait $!; do sleep 0.2; done", "loop"));
        loop.addAll(home.command("run", "--home", home.path().toString(), "--http", "127.0.0.1:0")
                .command());
        ProcessBuilder builder = home.command();
        Path said = home.path().resolve("manager.txt");
        Process manager = builder.command(loop)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        try {
            await("it runs").atMost(LIMIT).until(() -> Files.readString(said).contains("is ready"));
            upgrade(good).orFail();
            assertEquals("9.1.0", version());
            run("upgrade", "--back", "--probation", "1").orFail();
            assertNotEquals("9.1.0", version());
            assertTrue(manager.isAlive());
        } finally {
            run("stop");
            assertTrue(manager.waitFor(60, TimeUnit.SECONDS), "a stop in order is no failure to the manager");
            manager.destroyForcibly();
        }
    }

    @WaitingTest
    void needsAGatewayThatRuns() throws Exception {
        run("stop").orFail();
        assertEquals(3, upgrade(good).status());
    }

    private Outcome upgrade(Path file) throws Exception {
        return run("upgrade", file.toString(), "--probation", "1");
    }

    private Outcome run(String command, String... arguments) throws Exception {
        return Outcome.of(command(command, arguments), LIMIT);
    }

    private ProcessBuilder command(String command, String... arguments) {
        List<String> line =
                new ArrayList<>(List.of(command, "--home", home.path().toString()));
        line.addAll(List.of(arguments));
        return home.command(line.toArray(String[]::new));
    }

    private Process begin(String command, String... arguments) throws IOException {
        return command(command, arguments)
                .redirectErrorStream(true)
                .redirectOutput(home.path().resolve("upgrade.txt").toFile())
                .start();
    }

    private String said() {
        try {
            return Files.readString(home.path().resolve("upgrade.txt"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path link(String name) {
        return home.path().resolve("data/distributions").resolve(name);
    }

    private void assertRunsAsBefore(String version) throws Exception {
        assertEquals(version, version());
        assertEquals(0, run("shell", "fg:health").status());
        assertFalse(Files.isSymbolicLink(link("tried")) || Files.isSymbolicLink(link("trial")));
        assertFalse(Files.exists(link("9.2.0-0000test")), "nothing is left of it");
    }

    private boolean logHas(String line) {
        return home.log().contains(line);
    }

    private String version() throws Exception {
        return find("(?m)^version\\s+(\\S+)$", run("shell", "fg:status").orFail());
    }

    private URI uri() throws Exception {
        return URI.create(find("(?m)^url:\\s+(\\S+)$", run("status").orFail()));
    }

    private long pid() throws Exception {
        return Long.parseLong(find("(?m)^pid:\\s+(\\d+)$", run("status").orFail()));
    }

    private static String find(String expression, String text) {
        Matcher matcher = Pattern.compile(expression).matcher(text);
        assertTrue(matcher.find(), text);
        return matcher.group(1);
    }
}
