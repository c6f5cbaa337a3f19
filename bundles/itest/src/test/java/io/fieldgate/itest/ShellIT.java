package io.fieldgate.itest;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.testkit.GatewayProcess;
import io.fieldgate.testkit.Outcome;
import io.fieldgate.testkit.WebSocketProbe;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a technician asks a running gateway from the command line, and is told. */
class ShellIT {

    private static GatewayProcess gateway;

    @BeforeAll
    static void start() throws Exception {
        gateway = GatewayProcess.start();
    }

    @AfterAll
    static void stop() throws Exception {
        gateway.close();
    }

    @Test
    void statusSaysHowTheGatewayIs() throws Exception {
        String status = ask("fg:status");
        assertLine("version +\\d+\\.\\d+\\.\\d+\\S*", status);
        assertLine("up +\\d+ s.*", status);
        assertLine("url +" + Pattern.quote(gateway.uri().toString()), status);
        assertLine("bundles +[1-9]\\d* active", status);
        assertLine("deploy +all files used", status);
        assertLine("drivers +linux running, sim running", status);
        assertLine("points +[1-9]\\d*: [1-9]\\d* good.*", status);
        assertLine("handlers +/echo, /live, /terminal/\\*", status);
        assertLine("components +all satisfied", status);
    }

    @Test
    void sessionsAndHandlersSayWhoIsThere() throws Exception {
        try (WebSocketProbe client = WebSocketProbe.open(gateway.uri(), "/echo")) {
            assertEquals("hello", client.ask("hello"));
            assertLine(
                    "\\S+ +/echo +websocket +anonymous +127\\.0\\.0\\.1\\S* +\\d+ s +0 +0 +open", ask("fg:sessions"));
            assertLine("sessions +1", ask("fg:status"));
            String handlers = ask("fg:handlers");
            assertLine("/echo +any +0 +1 +0 +io\\.fieldgate\\.handler\\.echo \\S+", handlers);
            assertLine("/live +fieldgate\\.live\\.v1 +0 +0 +0 +io\\.fieldgate\\.handler\\.live \\S+", handlers);
        }
        await("the client has gone")
                .atMost(Duration.ofSeconds(20))
                .until(() -> !ask("fg:sessions").contains("/echo"));
    }

    @Test
    void pointsSayWhatWasAskedForAndNothingElse() throws Exception {
        String points = ask("fg:points", "linux/**");
        assertLine("linux/cpu/load +[0-9.E-]+ +% +good +\\d+ s", points);
        assertLine("linux/memory/total +[1-9]\\d* +By +good +\\d+ s", points);
        assertLine("linux/system/uptime +[0-9.E]+ +s +good +\\d+ s", points);
        assertFalse(points.contains("sim/"), points);

        List<String> one = ask("fg:points", "sim/tank/level").lines().toList();
        assertEquals(2, one.size(), one::toString);
        assertTrue(one.get(0).matches("POINT +VALUE +UNIT +QUALITY +AGE"), one::toString);
        assertTrue(
                one.get(1).matches("sim/tank/level +[0-9.E-]+ +m +uncertain \\(simulated\\) +\\d+ s"), one::toString);
    }

    @Test
    void devicesSayHowTheirDriversAre() throws Exception {
        String devices = ask("fg:devices");
        assertLine("linux +running +[1-9]\\d* +io\\.fieldgate\\.driver\\.linux \\S+", devices);
        assertLine("sim/tank +6 +0 +Simulated tank.*", devices);
        assertFalse(ask("fg:devices", "sim").contains("linux/"));
    }

    @Test
    void writesAPointAndReadsItBack() throws Exception {
        assertLine(
                "sim/tank/outflow +2\\.5 +L/s +uncertain \\(simulated\\) +0 s",
                ask("fg:write", "sim/tank/outflow", "2.5"));
        assertLine("sim/tank/outflow +2\\.5 +L/s +uncertain \\(simulated\\) +0 s", ask("fg:read", "sim/tank/outflow"));
        assertFails("fg:write: sim/tank/level is read-only", "fg:write", "sim/tank/level", "1");
        assertFails(
                "fg:write: sim/tank/heater takes a number from 0 to 100 %, got \"warm\"",
                "fg:write", "sim/tank/heater", "warm");
        Outcome range = gateway.shell("fg:write", "sim/tank/heater", "101");
        assertEquals(1, range.status());
        assertTrue(range.errors().contains("not 101.0"), range.errors());
        Outcome unknown = gateway.shell("fg:read", "sim/tank/nothing");
        assertEquals(1, unknown.status());
        assertTrue(unknown.errors().contains("sim/tank/nothing"), unknown.errors());
    }

    @Test
    void closesAClientWithACodeAndAReason() throws Exception {
        try (WebSocketProbe client = WebSocketProbe.open(gateway.uri(), "/echo")) {
            assertEquals("hello", client.ask("hello"));
            String id = ask("fg:sessions", "/echo")
                    .lines()
                    .skip(1)
                    .findFirst()
                    .orElseThrow()
                    .split(" ", 2)[0];
            assertFails(
                    "fg:close: a close code is 1000 to 1003, 1007 to 1014 or 3000 to 4999, got \"1005\"",
                    "fg:close",
                    "--code",
                    "1005",
                    id);
            assertEquals(
                    id + " closed: 4001 enough",
                    ask("fg:close", id, "--code", "4001", "--reason", "enough").strip());
            assertEquals(4001, client.closeCode());
            gateway.awaitLog("the shell has closed session " + id, "4001 enough");
        }
    }

    @Test
    void closesNobodyItDoesNotKnow() throws Exception {
        assertFails(
                "fg:close: there is no session \"nobody\", so none was closed; fg:sessions lists them",
                "fg:close",
                "nobody");
    }

    @Test
    void logsMoreWhenItIsToldTo() throws Exception {
        assertLine(".* INFO .*: ready at http://.*", ask("fg:log", "-g", "GatewayProcess", "-n", "1"));
        String logger = "io.fieldgate.shell";
        assertEquals(logger + " logs info and worse", ask("fg:loglevel", logger).strip());
        ask("fg:loglevel", logger, "debug");
        try {
            assertEquals(1, gateway.shell("fg:points", "nonsense").status());
            gateway.awaitLog(" DEBUG io.fieldgate.shell", "a command of the shell failed");
            assertLine(".* DEBUG io\\.fieldgate\\.shell.*", ask("fg:log", "-l", "debug", "-g", "DEBUG"));
            assertLine(logger + " +debug +default", ask("fg:loglevel"));
        } finally {
            ask("fg:loglevel", logger, "default");
        }
        assertEquals(logger + " logs info and worse", ask("fg:loglevel", logger).strip());
    }

    @Test
    void watchPrintsALineForEachSample() throws Exception {
        String lines = ask("fg:watch", "-n", "3", "sim/tank/level");
        assertEquals(3, lines.lines().count(), lines);
        assertTrue(
                lines.lines().allMatch(line -> line.matches("\\S+Z sim/tank/level \\S+ uncertain \\(simulated\\) m")),
                lines);
    }

    @Test
    void wrongUseIsAnsweredInOneLine() throws Exception {
        assertFails(
                "fg:points: there is no option --foo, there are -l, --long, --bad, --help."
                        + " Usage: fg:points [-l] [--bad] [FILTER…]",
                "fg:points",
                "--foo");
        assertFails("fg:read: one POINT or more is needed. Usage: fg:read POINT…", "fg:read");
        assertTrue(ask("fg:watch", "--help").startsWith("fg:watch [-n COUNT] [FILTER…]"));
    }

    private static void assertFails(String line, String... command) throws Exception {
        Outcome outcome = gateway.shell(command);
        assertEquals(line, outcome.errors().strip());
        assertEquals(1, outcome.status());
    }

    private static String ask(String... command) throws Exception {
        return gateway.shell(command).orFail();
    }

    private static void assertLine(String expression, String text) {
        assertTrue(
                text.lines().anyMatch(line -> line.strip().matches(expression)),
                () -> "no line is \"" + expression + "\" in\n" + text);
    }
}
