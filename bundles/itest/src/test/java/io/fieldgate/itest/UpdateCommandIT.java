package io.fieldgate.itest;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.fieldgate.itest.subject.VersionHandler;
import io.fieldgate.testkit.BundleJar;
import io.fieldgate.testkit.Distribution;
import io.fieldgate.testkit.GatewayHome;
import io.fieldgate.testkit.GatewayProcess;
import io.fieldgate.testkit.Outcome;
import io.fieldgate.testkit.WebSocketProbe;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Updates from the command line: what a technician types, sees, and what a script goes by. Nothing is signed here. */
class UpdateCommandIT {

    private static final String ECHO = "io.fieldgate.handler.echo";
    private static final String SHELL = "io.fieldgate.shell";
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final List<String> STATES = List.of("staged", "verified", "activating", "probation", "committed");

    private static GatewayProcess gateway;

    @BeforeAll
    static void start() throws Exception {
        gateway = GatewayProcess.start(
                GatewayHome.create().configure("io.fieldgate.installer", Map.of("probation.s", "1")));
    }

    @AfterAll
    static void stop() throws Exception {
        gateway.close();
    }

    @Test
    void replacesABundleUnderItsClientAndGoesBack() throws Exception {
        String shipped = gateway.bundles().of(ECHO).version();
        Path next = BundleJar.of(Distribution.bundle(ECHO)).reversioned("9.1.0");
        try (WebSocketProbe client = WebSocketProbe.open(gateway.uri(), "/echo")) {
            assertEquals("one", client.ask("one"));

            assertStates(fieldgate("update", next.toString()));
            assertEquals("9.1.0", gateway.bundles().of(ECHO).version());
            assertEquals("two", client.ask("two"));
            assertTrue(gateway.shell("fg:bundles")
                    .orFail()
                    .lines()
                    .anyMatch(line ->
                            line.matches(" *\\d+ +running +updated +io\\.fieldgate\\.handler\\.echo +9\\.1\\.0")));

            assertStates(fieldgate("rollback", ECHO));
            assertEquals(shipped, gateway.bundles().of(ECHO).version());
            assertEquals("three", client.ask("three"));
        }
        List<String> history = fieldgate("history", ECHO).orFail().lines().toList();
        assertEquals(3, history.size(), history::toString);
        assertTrue(
                history.get(1).matches(" *\\d+ +committed +\\S+Z +shell +" + ECHO + " 9\\.1\\.0 -> \\S+"),
                history::toString);
        assertTrue(
                history.get(2).matches(" *\\d+ +committed +\\S+Z +shell +" + ECHO + " \\S+ -> 9\\.1\\.0"),
                history::toString);
        assertEquals(List.of(), incoming());
    }

    @Test
    void goesOnWhenTheShellItselfIsUpdated() throws Exception {
        Path next = BundleJar.of(Distribution.bundle(SHELL)).reversioned("9.1.0");

        assertStates(fieldgate("update", next.toString()));
        assertEquals("9.1.0", gateway.bundles().of(SHELL).version());
    }

    @Test
    void fetchesByHttpAndAnswersAProgramWithOneObject() throws Exception {
        byte[] jar = Files.readAllBytes(
                TestBundle.of("fetched", VersionHandler.class).version("1.0.0").build());
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/fetched.jar", exchange -> {
            exchange.sendResponseHeaders(200, jar.length);
            exchange.getResponseBody().write(jar);
            exchange.close();
        });
        server.start();
        try {
            String url = "http://127.0.0.1:" + server.getAddress().getPort();
            Outcome done = fieldgate("update", "--json", url + "/fetched.jar");
            assertEquals("", done.errors());
            assertTrue(
                    done.orFail()
                            .matches(
                                    "\\{\"id\":\\d+,\"state\":\"committed\",\"by\":\"shell\",.*\"parts\":\\[\\{\"name\":"
                                            + "\"io\\.fieldgate\\.itest\\.fetched\",\"to\":\"1\\.0\\.0\"}]}\n"),
                    done::output);

            Outcome missing = fieldgate("update", "--json", url + "/none.jar");
            assertEquals(1, missing.status());
            assertEquals(
                    "{\"error\":\"" + url + "/none.jar cannot be fetched: the server answers 404\"}\n",
                    missing.output());
        } finally {
            server.stop(0);
        }
    }

    @Test
    void saysWhatIsWrongAndTouchesNothing() throws Exception {
        Path text = Files.writeString(Files.createTempFile("fieldgate-it-", ".jar"), "this is no jar");
        try {
            Outcome refused = fieldgate("update", text.toString());
            assertEquals(1, refused.status());
            assertEquals(1, refused.errors().lines().count(), refused::errors);
            assertTrue(refused.errors().startsWith("fieldgate: " + text + ": "), refused::errors);
            assertFalse(refused.errors().contains("incoming"), refused::errors);
        } finally {
            Files.delete(text);
        }
        Path lower =
                BundleJar.of(Distribution.bundle("io.fieldgate.handler.live")).reversioned("0.0.1");
        Outcome downgrade = fieldgate("update", lower.toString());
        assertEquals(1, downgrade.status());
        assertTrue(downgrade.errors().contains("--allow-downgrade"), downgrade::errors);
        assertEquals(1, fieldgate("rollback", "io.fieldgate.nothing").status());
        assertEquals(List.of(), incoming());
    }

    @Test
    void theUpdateGoesOnWhenWhoWaitsForItIsKilled() throws Exception {
        Path next =
                TestBundle.of("waited", VersionHandler.class).version("1.0.0").build();
        Process waiting = command("update", next.toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            await("the update has begun")
                    .atMost(LIMIT)
                    .until(() -> fieldgate("history", "io.fieldgate.itest.waited")
                            .output()
                            .contains("waited none"));
        } finally {
            waiting.destroy();
        }
        await("it is committed")
                .atMost(LIMIT)
                .until(() -> fieldgate("history", "io.fieldgate.itest.waited")
                        .output()
                        .contains("committed"));
    }

    private static void assertStates(Outcome outcome) {
        List<String> lines = outcome.orFail().lines().toList();
        assertTrue(lines.get(0).matches("update \\d+: \\S+ \\S+ -> \\S+"), lines::toString);
        assertEquals(STATES, lines.subList(1, lines.size()));
        assertFalse(outcome.output().contains("\r"), "no bar where there is no terminal");
    }

    private static Outcome fieldgate(String command, String... arguments) throws IOException, InterruptedException {
        return Outcome.of(command(command, arguments), LIMIT);
    }

    private static ProcessBuilder command(String command, String... arguments) {
        List<String> words =
                new ArrayList<>(List.of(command, "--home", gateway.home().path().toString()));
        words.addAll(List.of(arguments));
        return gateway.home().command(words.toArray(String[]::new));
    }

    private static List<Path> incoming() throws IOException {
        try (Stream<Path> files = Files.list(gateway.home().path().resolve("data/incoming"))) {
            return files.toList();
        }
    }
}
