package io.fieldgate.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.fieldgate.itest.subject.AdminHandler;
import io.fieldgate.testkit.GatewayHome;
import io.fieldgate.testkit.GatewayProcess;
import io.fieldgate.testkit.Outcome;
import io.fieldgate.testkit.Upgrade;
import io.fieldgate.testkit.WebSocketProbe;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every role and every operation: what is allowed and what is refused. */
class RoleMatrixIT {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String POLL = "application/vnd.fieldgate.poll+json";
    private static final String LIVE = "fieldgate.live.v1";

    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(LIMIT).build();
    private static final Map<Who, String> TOKENS = new EnumMap<>(Who.class);

    private static GatewayProcess gateway;

    /** Whose turn it is; each may what those before may. */
    private enum Who {
        NOBODY,
        VIEWER,
        OPERATOR,
        ADMIN;

        String id() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** One line of the matrix. */
    private record Operation(String name, Who least, Attempt attempt) {}

    /** Tries an operation. */
    @FunctionalInterface
    private interface Attempt {

        /** Whether it was allowed; anything but a clear yes or no fails. */
        boolean by(Who who) throws Exception;
    }

    @BeforeAll
    static void start() throws Exception {
        GatewayHome home = GatewayHome.create()
                .configure(
                        "io.fieldgate.transport.http",
                        Map.of("loopback.role", "none", "access", "/client/package.json admin,POST /echo operator"))
                .configure("io.fieldgate.ssh", Map.of("port", "0"))
                .with(TestBundle.of("admins", AdminHandler.class).build());
        List<String> keys = new ArrayList<>();
        for (Who who : List.of(Who.VIEWER, Who.OPERATOR, Who.ADMIN)) {
            SshClient.makeKey(home.path(), who.id(), "ecdsa", who.id());
            Path key = home.path().resolve("data").resolve(who.id() + ".pub");
            keys.add("fieldgate-role=\"" + who.id() + "\" "
                    + Files.readString(key).strip());
        }
        Files.write(home.path().resolve("etc/authorized_keys"), keys);
        gateway = GatewayProcess.start(home);
        for (Who who : List.of(Who.VIEWER, Who.OPERATOR, Who.ADMIN)) {
            Outcome made = Outcome.of(
                    home.command(
                            "token",
                            "create",
                            who.id() + "-test",
                            "--role",
                            who.id(),
                            "--home",
                            home.path().toString()),
                    LIMIT);
            TOKENS.put(
                    who,
                    made.orFail().strip().lines().reduce((first, last) -> last).orElseThrow());
        }
        gateway.awaitLog("SSH listens on");
    }

    /** Nothing where there is no gateway: the test was skipped. */
    @AfterAll
    static void stop() throws Exception {
        if (gateway != null) {
            gateway.close();
        }
    }

    @TestFactory
    Stream<DynamicTest> eachRoleMayWhatItMayAndNothingElse() {
        return operations().stream()
                .flatMap(operation -> Stream.of(Who.values())
                        .filter(who -> who != Who.NOBODY || !operation.name().startsWith("shell"))
                        .map(who -> {
                            boolean may = who.compareTo(operation.least()) >= 0;
                            return dynamicTest(
                                    operation.name() + ", " + who.id() + ": " + (may ? "allowed" : "refused"),
                                    () -> assertEquals(may, operation.attempt().by(who)));
                        }));
    }

    private static List<Operation> operations() {
        return List.of(
                new Operation("page of the login", Who.NOBODY, who -> get(who, "/login/", "text/html")),
                new Operation("page", Who.VIEWER, who -> get(who, "/", "*/*")),
                new Operation("file of a bundle", Who.VIEWER, who -> get(who, "/client/fieldgate.js", "*/*")),
                new Operation(
                        "file kept for admins by path", Who.ADMIN, who -> get(who, "/client/package.json", "*/*")),
                new Operation("HTTP: who am I", Who.VIEWER, who -> get(who, "/api/me", "*/*")),
                new Operation(
                        "HTTP: ticket",
                        Who.VIEWER,
                        who -> allowed(send(request(who, "/api/tickets").POST(BodyPublishers.noBody())))),
                new Operation("HTTP: devices", Who.VIEWER, who -> get(who, "/api/devices", "*/*")),
                new Operation("HTTP: read", Who.VIEWER, who -> get(who, "/api/points/sim/tank/level", "*/*")),
                new Operation(
                        "HTTP: write",
                        Who.OPERATOR,
                        who -> allowed(send(request(who, "/api/points/sim/tank/valve")
                                .header("Content-Type", "application/json")
                                .PUT(BodyPublishers.ofString("{\"value\":true}"))))),
                new Operation("HTTP: bundles", Who.OPERATOR, who -> get(who, "/api/bundles", "*/*")),
                new Operation(
                        "HTTP: history of a bundle",
                        Who.OPERATOR,
                        who -> get(who, "/api/bundles/io.fieldgate.core/history", "*/*")),
                new Operation(
                        "HTTP: update of a bundle",
                        Who.ADMIN,
                        who -> may(send(request(who, "/api/bundles/none")
                                .header("Content-Digest", "nonsense")
                                .PUT(BodyPublishers.ofString("no jar"))))),
                new Operation(
                        "HTTP: rollback of a bundle",
                        Who.ADMIN,
                        who -> may(send(request(who, "/api/bundles/none/rollback?allow-refresh=perhaps")
                                .POST(BodyPublishers.noBody())))),
                new Operation(
                        "HTTP: state of an update",
                        Who.ADMIN,
                        who -> may(send(request(who, "/api/updates/0").GET()))),
                new Operation(
                        "HTTP: long poll of points",
                        Who.VIEWER,
                        who -> get(who, "/api/points?filter=sim/tank/*", "application/json")),
                new Operation(
                        "SSE: points",
                        Who.VIEWER,
                        who -> get(who, "/api/points?filter=sim/tank/*", "text/event-stream")),
                new Operation(
                        "SSE: session", Who.VIEWER, who -> get(who, "/live?subprotocol=" + LIVE, "text/event-stream")),
                new Operation("poll: session", Who.VIEWER, who -> get(who, "/live?subprotocol=" + LIVE, POLL)),
                new Operation("poll: session for admins", Who.ADMIN, who -> get(who, "/admins-only", POLL)),
                new Operation(
                        "POST kept for operators by path",
                        Who.OPERATOR,
                        who -> may(send(request(who, "/echo")
                                .header("Content-Type", POLL)
                                .POST(BodyPublishers.ofString("{}"))))),
                new Operation("WebSocket: open", Who.VIEWER, who -> opens(who, "/echo")),
                new Operation("WebSocket: open a handler for admins", Who.ADMIN, who -> opens(who, "/admins-only")),
                new Operation("WebSocket: devices", Who.VIEWER, who -> live(who, "{\"op\":\"devices\",\"id\":1}")),
                new Operation(
                        "WebSocket: read",
                        Who.VIEWER,
                        who -> live(who, "{\"op\":\"read\",\"id\":1,\"points\":[\"sim/tank/level\"]}")),
                new Operation(
                        "WebSocket: subscribe",
                        Who.VIEWER,
                        who -> live(who, "{\"op\":\"subscribe\",\"id\":1,\"filters\":[\"sim/tank/level\"]}")),
                new Operation(
                        "WebSocket: write",
                        Who.OPERATOR,
                        who -> live(who, "{\"op\":\"write\",\"id\":1,\"point\":\"sim/tank/valve\",\"value\":true}")),
                new Operation("shell: status", Who.VIEWER, who -> shell(who, "fg:status")),
                new Operation("shell: points", Who.VIEWER, who -> shell(who, "fg:points sim/tank/*")),
                new Operation("shell: write", Who.OPERATOR, who -> shell(who, "fg:write sim/tank/valve true")),
                new Operation("shell: users", Who.ADMIN, who -> shell(who, "fg:user list")),
                new Operation("shell: tokens", Who.ADMIN, who -> shell(who, "fg:token list")),
                new Operation("shell: a command of Felix", Who.ADMIN, who -> shell(who, "felix:lb")),
                new Operation("shell: a variable", Who.ADMIN, who -> shell(who, "x = 5")),
                new Operation("shell: two commands", Who.ADMIN, who -> shell(who, "fg:status; fg:sessions")));
    }

    private static boolean get(Who who, String path, String accept) throws Exception {
        return allowed(send(request(who, path).header("Accept", accept).GET()));
    }

    private static HttpRequest.Builder request(Who who, String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(gateway.uri().resolve(path)).timeout(LIMIT);
        token(who).ifPresent(token -> request.header("Authorization", "Bearer " + token));
        return request;
    }

    private static Optional<String> token(Who who) {
        return Optional.ofNullable(TOKENS.get(who));
    }

    /** The status; of the body nothing, for a stream has no end. */
    private static int send(HttpRequest.Builder request) throws Exception {
        HttpResponse<InputStream> answer = HTTP.send(request.build(), BodyHandlers.ofInputStream());
        answer.body().close();
        return answer.statusCode();
    }

    private static boolean allowed(int status) {
        assertTrue(List.of(200, 204, 401, 403).contains(status), () -> "status " + status);
        return status < 300;
    }

    /** Whether a request was let through, be it to hear that it makes no sense. */
    private static boolean may(int status) {
        assertTrue(List.of(200, 400, 401, 403, 404).contains(status), () -> "status " + status);
        return status != 401 && status != 403;
    }

    private static Upgrade upgrade(Who who, String path) {
        Upgrade upgrade = Upgrade.to(gateway.uri(), path);
        return token(who)
                .map(token -> upgrade.header("Authorization", "Bearer " + token))
                .orElse(upgrade);
    }

    private static boolean opens(Who who, String path) throws Exception {
        int status = WebSocketProbe.ask(upgrade(who, path)).status();
        assertTrue(List.of(101, 401, 403).contains(status), () -> "status " + status);
        return status == 101;
    }

    private static boolean live(Who who, String request) throws Exception {
        Upgrade upgrade = upgrade(who, "/live").subprotocol(LIVE);
        if (who == Who.NOBODY) {
            assertEquals(401, WebSocketProbe.ask(upgrade).status());
            return false;
        }
        try (WebSocketProbe probe = WebSocketProbe.open(upgrade)) {
            String answer = probe.ask(request);
            assertTrue(answer.startsWith("{\"op\":\"ok\"") || answer.contains("\"code\":\"forbidden\""), answer);
            return answer.startsWith("{\"op\":\"ok\"");
        }
    }

    private static boolean shell(Who who, String command) throws Exception {
        Outcome outcome = SshClient.run(gateway, who.id(), command);
        if (outcome.status() == 0) {
            return true;
        }
        assertTrue(
                outcome.errors().contains("needs the role")
                        || outcome.errors().contains("a command with words and nothing else"),
                outcome::toString);
        return false;
    }
}
