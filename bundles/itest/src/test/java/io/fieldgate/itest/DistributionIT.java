package io.fieldgate.itest;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.testkit.GatewayHome;
import io.fieldgate.testkit.GatewayProcess;
import io.fieldgate.testkit.Outcome;
import io.fieldgate.testkit.WebSocketProbe;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command line, as a technician and a service manager use it. */
class DistributionIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @Test
    void saysInOneLineThatItIsReadyAndServesThePageThere() throws Exception {
        try (GatewayProcess gateway = GatewayProcess.start()) {
            assertOnlyReady(gateway.home());
            var page = gateway.get("/");
            assertEquals(200, page.statusCode());
            assertTrue(page.headers().firstValue("Content-Type").orElse("").startsWith("text/html"));
            assertTrue(page.body().contains("<html"), page::body);
        }
    }

    @Test
    void stopsOnSigtermAndTellsItsClients() throws Exception {
        try (GatewayProcess gateway = GatewayProcess.start();
                WebSocketProbe client = WebSocketProbe.open(gateway.uri(), "/echo")) {
            assertEquals("hello", client.ask("hello"));
            assertEquals(0, gateway.terminate(LIMIT));
            assertEquals(1001, client.closeCode());
            assertOnlyReady(gateway.home());
            assertNoError(gateway.home());
        }
    }

    /** The second run on a home writes the archive of classes when it ends. How long it takes is noted, not asserted. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void stopsThoughAClientDoesNotAnswerTheCloseFrame(int run) throws Exception {
        GatewayHome home = GatewayHome.create();
        for (int before = 1; before < run; before++) {
            assertEquals(0, GatewayProcess.start(home).terminate(LIMIT));
        }
        try (GatewayProcess gateway = GatewayProcess.start(home);
                WebSocketProbe client = WebSocketProbe.open(gateway.uri(), "/echo")) {
            assertEquals("hello", client.ask("hello"));
            long begin = System.nanoTime();
            int status = gateway.terminate(LIMIT);
            Duration time = Duration.ofNanos(System.nanoTime() - begin);
            Figures.note("stop", "run " + run + ", a client does not answer the close frame: " + time);
            assertEquals(0, status);
            assertEquals(1001, client.closeCode());
            assertNoError(home);
        }
    }

    /** The port of the configuration is taken, so a start with it would fail. */
    @Test
    void listensWhereTheCommandLineSaysWhateverIsConfigured() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            GatewayHome home = GatewayHome.create()
                    .configure(
                            "io.fieldgate.transport.http",
                            Map.of("host", "127.0.0.1", "port", Integer.toString(port), "loopback.role", "operator"));
            try (GatewayProcess gateway = GatewayProcess.start(home);
                    LiveProbe live = LiveProbe.open(gateway.uri())) {
                assertNotEquals(port, gateway.uri().getPort());
                assertEquals(200, gateway.get("/").statusCode());
                assertTrue(
                        live.ask("write", "\"point\":\"sim/tank/heater\",\"value\":50")
                                .contains("\"op\":\"ok\""),
                        "the rest of the configuration counts");
            }
        }
    }

    @Test
    void refusesASecondStartInTheSameHomeAndNamesTheHome() throws Exception {
        try (GatewayProcess gateway = GatewayProcess.start()) {
            GatewayHome home = gateway.home();
            Outcome second = run(home, "run", "--home", home.path().toString(), "--http", "127.0.0.1:0");
            assertOneLine(1, home.path().toString(), second);
            assertEquals(200, gateway.get("/").statusCode());
        }
    }

    @Test
    void refusesAPortInUseAndNamesTheAddress() throws Exception {
        GatewayHome home = GatewayHome.create();
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String address = "127.0.0.1:" + taken.getLocalPort();
            assertOneLine(1, address, run(home, "run", "--home", home.path().toString(), "--http", address));
        } finally {
            home.delete();
        }
    }

    @Test
    void refusesAnAddressThatOthersCanReach() throws Exception {
        GatewayHome home = GatewayHome.create();
        try {
            Outcome outcome = run(home, "run", "--home", home.path().toString(), "--http", "0.0.0.0:0");
            assertOneLine(1, "0.0.0.0", outcome);
            assertTrue(outcome.errors().contains("listening on 0.0.0.0 needs "), outcome::errors);
        } finally {
            home.delete();
        }
    }

    @Test
    void runsOneShellCommandAndPassesItsSuccessOn() throws Exception {
        try (GatewayProcess gateway = GatewayProcess.start()) {
            Outcome list = gateway.shell("felix:lb", "-s");
            assertEquals(0, list.status(), list::errors);
            assertTrue(list.output().contains("io.fieldgate.core"), list::output);

            Outcome unknown = gateway.shell("no:such-command");
            assertNotEquals(0, unknown.status());
            assertTrue(unknown.errors().contains("no:such-command"), unknown::toString);
        }
    }

    @Test
    void saysSoWhenThereIsNoGatewayToTalkTo() throws Exception {
        GatewayHome home = GatewayHome.create();
        try {
            String path = home.path().toString();
            Outcome shell = run(home, "shell", "--home", path, "felix:lb");
            assertNotEquals(0, shell.status());
            assertTrue(shell.errors().contains(path), shell::toString);
            assertNotEquals(0, run(home, "status", "--home", path).status());
        } finally {
            home.delete();
        }
    }

    @Test
    void startsInTheBackgroundSaysHowItIsAndStops() throws Exception {
        GatewayHome home = GatewayHome.create();
        String path = home.path().toString();
        try {
            Outcome start = run(home, "start", "--home", path, "--http", "127.0.0.1:0");
            Matcher ready = GatewayProcess.READY.matcher(start.orFail());
            assertTrue(ready.find(), start::toString);
            URI uri = URI.create(ready.group(2));
            assertEquals(200, statusOf(uri));
            assertEquals(0, run(home, "status", "--home", path).status());
            assertTrue(run(home, "shell", "--home", path, "felix:lb", "-s")
                    .orFail()
                    .contains("io.fieldgate.core"));
        } finally {
            run(home, "stop", "--home", path).orFail();
            await("the gateway has stopped")
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> run(home, "status", "--home", path).status() != 0);
            home.delete();
        }
    }

    private static Outcome run(GatewayHome home, String... arguments) throws IOException, InterruptedException {
        return Outcome.of(home.command(arguments), LIMIT);
    }

    /** Where the first token lies, the ready line and nothing else. */
    private static void assertOnlyReady(GatewayHome home) {
        List<String> said = home.console().lines().toList();
        assertEquals(2, said.size(), said::toString);
        assertEquals(
                "A token for the administrator was made: " + home.path().resolve("data/security/admin.token"),
                said.get(0));
        assertTrue(GatewayProcess.READY.matcher(said.get(1)).matches(), said::toString);
    }

    private static void assertNoError(GatewayHome home) {
        assertEquals(
                List.of(),
                home.log().lines().filter(line -> line.contains(" ERROR ")).toList());
    }

    /** One line for a person: no stack trace, nothing on standard output. */
    private static void assertOneLine(int status, String named, Outcome outcome) {
        assertEquals(status, outcome.status(), outcome::toString);
        assertEquals(1, outcome.errors().lines().count(), outcome::toString);
        assertTrue(outcome.errors().contains(named), outcome::toString);
        assertEquals("", outcome.output());
    }

    private static int statusOf(URI uri) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(10)).build();
        return HttpClient.newHttpClient()
                .send(request, BodyHandlers.discarding())
                .statusCode();
    }
}
