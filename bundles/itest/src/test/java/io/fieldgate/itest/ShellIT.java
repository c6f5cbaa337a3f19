package io.fieldgate.itest;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.testkit.GatewayProcess;
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
        assertLine("handlers +/echo, /live", status);
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

    private static String ask(String... command) throws Exception {
        return gateway.shell(command).orFail();
    }

    private static void assertLine(String expression, String text) {
        assertTrue(
                text.lines().anyMatch(line -> line.strip().matches(expression)),
                () -> "no line is \"" + expression + "\" in\n" + text);
    }
}
