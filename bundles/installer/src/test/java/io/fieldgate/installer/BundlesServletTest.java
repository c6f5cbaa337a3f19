package io.fieldgate.installer;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.api.data.Role;
import io.fieldgate.api.data.User;
import io.fieldgate.api.gateway.Update;
import io.fieldgate.api.gateway.UpdateException;
import io.fieldgate.api.gateway.UpdateException.Reason;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BundlesServletTest {

    private static final String PUMP = "/api/bundles/pump";

    private UpdateServer server;

    @BeforeEach
    void start() throws Exception {
        server = new UpdateServer(1, 1);
    }

    @AfterEach
    void stop() throws Exception {
        assertEquals(0, server.installer.staged.get(), "what was staged is closed");
        server.stop();
    }

    private void be(Role role) {
        server.user = Optional.of(new User("olaf", role));
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    @Test
    void listsTheBundlesForOperators() throws Exception {
        be(Role.OPERATOR);
        String pump = "\"id\":12,\"name\":\"pump\",\"version\":\"1.0.0\",\"origin\":\"deployed\",\"state\":\"running\","
                + "\"file\":\"pump.jar\"";
        assertEquals(
                "{\"bundles\":[{" + pump + "}],\"failures\":[]}",
                server.get("/api/bundles").body());
        assertEquals("{" + pump + "}", server.get(PUMP).body());
        assertEquals("{\"updates\":[]}", server.get(PUMP + "/history").body());
        server.installer.updates.add(new FakeUpdate(3, "pump", "anna", Update.State.COMMITTED));
        server.installer.updates.add(new FakeUpdate(2, "valve", "anna", Update.State.COMMITTED));
        String history = server.get(PUMP + "/history").body();
        assertTrue(history.startsWith("{\"updates\":[{\"id\":3,") && !history.contains("valve"), history);
        assertEquals(200, server.get("/api/bundles/valve/history").statusCode());
        assertEquals(404, server.get("/api/bundles/fan/history").statusCode());
        assertEquals(404, server.get("/api/bundles/fan").statusCode());
        assertEquals(List.of(), server.audit);
    }

    @Test
    void keepsOutWhoMayNot() throws Exception {
        be(Role.OPERATOR);
        assertEquals(403, server.put(PUMP, "pump").statusCode());
        assertEquals(
                403,
                server.send(server.request(PUMP + "/rollback").POST(BodyPublishers.noBody()))
                        .statusCode());
        be(Role.VIEWER);
        HttpResponse<String> refused = server.get("/api/bundles");
        assertEquals(403, refused.statusCode());
        assertEquals("application/problem+json", header(refused, "Content-Type"));
        assertEquals(
                "{\"type\":\"about:blank\",\"title\":\"Forbidden\",\"status\":403,\"detail\":\"this needs the role operator\"}",
                refused.body());
        server.user = Optional.of(new User(User.ANONYMOUS, Role.VIEWER));
        assertEquals(
                "Bearer, Basic realm=\"Fieldgate\", charset=\"UTF-8\"",
                header(server.get("/api/bundles"), "WWW-Authenticate"));
        server.user = Optional.empty();
        assertEquals(401, server.put(PUMP, "pump").statusCode());
        assertEquals(0, server.installer.staging.get());
        assertEquals(
                List.of(
                        "olaf 127.0.0.1 request PUT /api/bundles/pump refused",
                        "olaf 127.0.0.1 request POST /api/bundles/pump/rollback refused",
                        "olaf 127.0.0.1 request GET /api/bundles refused",
                        "anonymous 127.0.0.1 request GET /api/bundles refused",
                        "anonymous 127.0.0.1 request PUT /api/bundles/pump refused"),
                server.audit);
    }

    @Test
    void takesAJarAndSaysWhereToAskForTheUpdate() throws Exception {
        HttpResponse<String> response = server.put(PUMP, "pump", "Content-Type", "application/java-archive");
        assertEquals(202, response.statusCode());
        assertEquals("/api/updates/1", header(response, "Location"));
        assertTrue(response.body().startsWith("{\"id\":1,\"state\":\"staged\",\"by\":\"anna\","), response.body());
        assertEquals("127.0.0.1", server.installer.options.get().address());
        assertFalse(server.installer.options.get().isOnThisMachine());
        assertFalse(server.installer.options.get().allowsDowngrade());
        assertFalse(server.installer.options.get().allowsRefresh());
        assertEquals(List.of("anna 127.0.0.1 update pump done"), server.audit);
        assertEquals(200, server.get(header(response, "Location")).statusCode());
    }

    @Test
    void allowsWhatTheQueryAllows() throws Exception {
        assertEquals(
                202,
                server.put(PUMP + "?allow-downgrade&allow-refresh=false", "pump")
                        .statusCode());
        assertTrue(server.installer.options.get().allowsDowngrade());
        assertFalse(server.installer.options.get().allowsRefresh());
        assertEquals(202, server.put(PUMP + "?allow-refresh=true", "pump").statusCode());
        assertTrue(server.installer.options.get().allowsRefresh());
        assertEquals(400, server.put(PUMP + "?allow-refresh=yes", "pump").statusCode());
    }

    @Test
    void saysThatTheVersionRunsAlready() throws Exception {
        server.installer.firstState.set(Update.State.COMMITTED);
        HttpResponse<String> response = server.put(PUMP, "pump");
        assertEquals(200, response.statusCode());
        assertEquals("", header(response, "Location"));
    }

    @Test
    void rollsBack() throws Exception {
        HttpResponse<String> response =
                server.send(server.request(PUMP + "/rollback").POST(BodyPublishers.noBody()));
        assertEquals(202, response.statusCode());
        assertEquals("/api/updates/1", header(response, "Location"));
        assertEquals(List.of("anna 127.0.0.1 rollback pump done"), server.audit);
    }

    @ParameterizedTest
    @CsvSource({
        "UNUSABLE,422",
        "SIGNATURE,403",
        "DOWNGRADE,409",
        "REFRESH,409",
        "DEPLOYED,409",
        "UNRESOLVED,409",
        "UNKNOWN,404",
        "BUSY,503"
    })
    void saysWhyTheInstallerRefuses(Reason reason, int status) throws Exception {
        server.installer.refusal.set(new UpdateException(reason, "because"));
        HttpResponse<String> response = server.put(PUMP, "pump");
        assertEquals(status, response.statusCode());
        String id = reason.name().toLowerCase(Locale.ROOT);
        assertTrue(response.body().endsWith("\"reason\":\"" + id + "\",\"detail\":\"because\"}"), response.body());
        assertEquals(reason == Reason.BUSY ? "5" : "", header(response, "Retry-After"));
        assertEquals(List.of("anna 127.0.0.1 update pump failed"), server.audit);
    }

    @Test
    void refusesAJarOfAnotherName() throws Exception {
        HttpResponse<String> response = server.put(PUMP, "valve");
        assertEquals(422, response.statusCode());
        assertTrue(response.body().contains("the jar is of valve, the path of pump"), response.body());
        assertEquals(List.of(), server.installer.updates);
    }

    @Test
    void refusesWhatWasDamagedOnItsWay() throws Exception {
        String wrong = "sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:";
        assertEquals(
                202, server.put(PUMP, "pump", "Content-Digest", digest("pump")).statusCode());
        HttpResponse<String> response = server.put(PUMP, "pump", "Content-Digest", wrong);
        assertEquals(400, response.statusCode());
        assertEquals("sha-256=10, sha-512=9", header(response, "Want-Content-Digest"));
        server.installer.unstageable.set(new UpdateException(Reason.UNUSABLE, "no jar"));
        assertEquals(400, server.put(PUMP, "pump", "Content-Digest", wrong).statusCode());
        server.installer.unstageable.set(new UpdateException(Reason.UNUSABLE, "no jar"));
        assertEquals(
                422, server.put(PUMP, "pump", "Content-Digest", digest("pump")).statusCode());
        assertEquals(1, server.installer.updates.size());
        int before = server.installer.staging.get();
        assertEquals(
                400,
                server.put(PUMP, "pump", "Content-Digest", digest("pump") + ",").statusCode());
        assertEquals(before, server.installer.staging.get(), "it was not even read");
    }

    private static String digest(String text) throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        return "sha-256=:" + Base64.getEncoder().encodeToString(digest) + ":";
    }

    @Test
    void refusesWhatIsNoWholeJar() throws Exception {
        assertEquals(
                415,
                server.put(PUMP, "pump", "Content-Type", "application/x-www-form-urlencoded")
                        .statusCode());
        assertEquals(415, server.put(PUMP, "pump", "Content-Encoding", "gzip").statusCode());
        assertEquals(
                400, server.put(PUMP, "pump", "Content-Range", "bytes 0-3/9").statusCode());
        assertEquals(0, server.installer.staging.get());
    }

    @Test
    void saysThatTheDiskIsFull() throws Exception {
        server.installer.unstageable.set(new IOException("No space left on device"));
        assertEquals(507, server.put(PUMP, "pump").statusCode());
        assertEquals(202, server.put(PUMP, "pump").statusCode());
    }

    @Test
    void saysWhichMethodsItTakes() throws Exception {
        assertEquals("GET, HEAD, PUT", header(server.send(server.request(PUMP).DELETE()), "Allow"));
        assertEquals("POST", header(server.get(PUMP + "/rollback"), "Allow"));
        assertEquals("GET, HEAD", header(server.put("/api/bundles", "pump"), "Allow"));
    }

    @Test
    void keepsNothingOfABodyThatBreaksOff() throws Exception {
        try (Socket socket = begin("Content-Length: 1000")) {
            socket.getOutputStream().write("pump".getBytes(StandardCharsets.US_ASCII));
            socket.shutdownOutput();
            assertTrue(server.installer.streamBroke.await(60, TimeUnit.SECONDS));
        }
        await().atMost(Duration.ofSeconds(30))
                .until(() -> server.audit.equals(List.of("anna 127.0.0.1 update pump failed")));
        assertEquals(List.of(), server.installer.updates);
    }

    @Test
    void takesSoManyAtATime() throws Exception {
        try (Socket socket = begin("Content-Length: 4")) {
            await().atMost(Duration.ofSeconds(30)).until(() -> server.installer.staging.get() == 1);
            HttpResponse<String> busy = server.put(PUMP, "pump");
            assertEquals(503, busy.statusCode());
            assertEquals("5", header(busy, "Retry-After"));
            socket.getOutputStream().write("pump".getBytes(StandardCharsets.US_ASCII));
            assertEquals("HTTP/1.1 202 Accepted", line(socket));
        }
        assertEquals(202, server.put(PUMP, "pump").statusCode());
    }

    @Test
    void whoMayNotNeedNotSendTheBody() throws Exception {
        be(Role.OPERATOR);
        try (Socket socket = begin("Content-Length: 4\r\nExpect: 100-continue")) {
            assertEquals("HTTP/1.1 403 Forbidden", line(socket));
        }
        be(Role.ADMIN);
        try (Socket socket = begin("Content-Length: 4\r\nExpect: 100-continue")) {
            assertEquals("HTTP/1.1 100 Continue", line(socket));
        }
    }

    private Socket begin(String headers) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.setSoTimeout(60_000);
        socket.getOutputStream()
                .write(("PUT " + PUMP + " HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static String line(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII)).readLine();
    }
}
