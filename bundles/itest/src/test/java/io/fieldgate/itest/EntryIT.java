package io.fieldgate.itest;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.itest.subject.UserCommands;
import io.fieldgate.testkit.GatewayHome;
import io.fieldgate.testkit.GatewayProcess;
import io.fieldgate.testkit.Upgrade;
import io.fieldgate.testkit.WebSocketProbe;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every way into a gateway that lets nobody in without credentials, over every transport, and what happens when it is taken back. */
class EntryIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String PASSWORD = "correct horse battery";
    private static final String EVENTS = "text/event-stream";
    private static final Pattern TICKET = Pattern.compile("\"ticket\":\"([^\"]+)\"");
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private static GatewayProcess gateway;
    private static String admin;
    private static String viewer;

    @BeforeAll
    static void start() throws Exception {
        GatewayHome home =
                GatewayHome.create().configure("io.fieldgate.transport.http", Map.of("loopback.role", "none"));
        gateway = GatewayProcess.start(home);
        gateway.deploy(TestBundle.of("users", UserCommands.class).build(), "users.jar");
        await().atMost(PATIENCE)
                .until(() -> gateway.shell("itest:password anna \"" + PASSWORD + "\" operator")
                                .status()
                        == 0);
        viewer = token("guest", "viewer");
        Path file = home.path().resolve("data/security/admin.token");
        admin = Files.readString(file).strip();
    }

    @AfterAll
    static void stop() throws IOException {
        gateway.close();
    }

    @Test
    void letsNobodyInWithoutCredentials() throws Exception {
        HttpResponse<String> refused = get("/api/me");
        assertEquals(401, refused.statusCode());
        assertEquals(
                List.of("Bearer", "Basic realm=\"Fieldgate\", charset=\"UTF-8\""),
                refused.headers().allValues("WWW-Authenticate"));
        HttpResponse<String> page = get("/?a=b", "Accept", "text/html");
        assertEquals(303, page.statusCode());
        assertEquals(
                "/login/?next=%2F%3Fa%3Db",
                page.headers().firstValue("Location").orElse(""));
        assertEquals(401, WebSocketProbe.ask(Upgrade.to(gateway.uri(), "/echo")).status());
        assertEquals(401, get("/api/points", "Accept", EVENTS).statusCode());
        assertEquals(401, get("/echo", "Accept", PollProbe.JSON).statusCode());
        assertEquals(401, get("/api/me", "Authorization", "Bearer fg_wrong").statusCode());
    }

    @Test
    void takesEachKindOfCredentialsOverEachTransport() throws Exception {
        String cookie = login();
        List<String[]> ways = List.of(
                new String[] {"Authorization", basic(PASSWORD)},
                new String[] {"Authorization", "Bearer " + admin},
                new String[] {"Cookie", cookie});
        for (String[] way : ways) {
            assertEquals(200, get("/api/me", way).statusCode(), way[0]);
            assertEquals(200, get("/api/points?filter=linux/**", way).statusCode(), way[0]);
            assertEquals(
                    200, get("/echo", way[0], way[1], "Accept", PollProbe.JSON).statusCode(), way[0]);
            assertEquals(200, stream("/api/points", way[0], way[1]).response.statusCode(), way[0]);
            WebSocketProbe.open(Upgrade.to(gateway.uri(), "/echo")
                            .header(way[0], way[1])
                            .origin(origin()))
                    .send("a")
                    .expect("a")
                    .close();
        }
        WebSocketProbe.open(
                        Upgrade.to(gateway.uri(), "/live").subprotocol("fieldgate.live.v1, fieldgate.token." + viewer))
                .close();
        WebSocketProbe.open(Upgrade.to(gateway.uri(), "/echo?fieldgate-ticket=" + ticket()))
                .close();
        String once = ticket();
        assertEquals(200, get("/api/me?fieldgate-ticket=" + once).statusCode());
        assertEquals(401, get("/api/me?fieldgate-ticket=" + once).statusCode());
    }

    @Test
    void letsAViewerReadAndNotWrite() throws Exception {
        String bearer = "Bearer " + viewer;
        assertEquals(
                200, get("/api/points/sim/tank/valve", "Authorization", bearer).statusCode());
        assertEquals(403, put(bearer));
        assertEquals(200, put(basic(PASSWORD)));
        String audit = Files.readString(gateway.home().path().resolve("data/security/audit.log"));
        assertTrue(audit.contains("\"who\":\"token:guest\"") && audit.contains("\"who\":\"anna\""), audit);
        assertFalse(gateway.log().contains(viewer) || audit.contains(viewer) || audit.contains(PASSWORD));
    }

    @Test
    void givesAPageOfAnotherOriginNothing() throws Exception {
        String cookie = login();
        String stranger = "http://evil.example";
        assertEquals(403, get("/api/me", "Cookie", cookie, "Origin", stranger).statusCode());
        assertEquals(
                403,
                WebSocketProbe.ask(Upgrade.to(gateway.uri(), "/echo")
                                .header("Cookie", cookie)
                                .origin(stranger))
                        .status());
        assertEquals(
                403,
                WebSocketProbe.ask(Upgrade.to(gateway.uri(), "/echo").header("Cookie", cookie))
                        .status(),
                "a browser would have said which page asks");
        HttpRequest forged = request("/api/logout", "Cookie", cookie, "Sec-Fetch-Site", "cross-site")
                .POST(BodyPublishers.noBody())
                .build();
        assertEquals(403, CLIENT.send(forged, BodyHandlers.ofString()).statusCode());
        assertEquals(200, get("/api/me", "Cookie", cookie).statusCode());
    }

    @Test
    void endsWhatARevokedTokenLetInAndNothingElse() throws Exception {
        String gone = "Bearer " + token("gone", "viewer");
        String stays = "Bearer " + token("stays", "viewer");
        try (WebSocketProbe goneSocket = echo(gone);
                WebSocketProbe staysSocket = echo(stays)) {
            Stream goneStream = stream("/api/points?filter=none/**", "Authorization", gone);
            Stream staysStream = stream("/api/points?filter=linux/**", "Authorization", stays);
            CompletableFuture<HttpResponse<String>> gonePoll = poll(gone);
            CompletableFuture<HttpResponse<String>> staysPoll = poll(stays);
            staysStream.line();
            goneStream.line();
            assertEquals(200, goneStream.response.statusCode());
            assertFalse(gonePoll.isDone());

            gateway.shell("itest:revoke gone").orFail();

            goneSocket.expectClose(1008);
            assertThrows(IOException.class, () -> {
                while (goneStream.line() != null) {
                    // what had been sent before
                }
                throw new IOException("the stream has ended");
            });
            assertFalse(isGood(gonePoll));
            assertEquals(401, get("/api/me", "Authorization", gone).statusCode());

            staysSocket.send("still").expect("still");
            assertFalse(staysPoll.isDone());
            for (int i = 0; i < 8; i++) {
                assertTrue(staysStream.line() != null, "samples go on");
            }
            staysPoll.cancel(true);
        }
    }

    /** Java's client asks once more by itself when the connection has been closed, and is then told 401. */
    private static boolean isGood(CompletableFuture<HttpResponse<String>> poll) {
        try {
            return poll.join().statusCode() == 200;
        } catch (CompletionException e) {
            return false;
        }
    }

    /** An event stream as it comes. */
    private record Stream(HttpResponse<InputStream> response, BufferedReader lines) {
        String line() throws IOException {
            return lines.readLine();
        }
    }

    private static Stream stream(String path, String... headers) throws Exception {
        HttpRequest request = request(path, headers).header("Accept", EVENTS).build();
        HttpResponse<InputStream> response = CLIENT.send(request, BodyHandlers.ofInputStream());
        return new Stream(response, new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8)));
    }

    private static CompletableFuture<HttpResponse<String>> poll(String authorization) {
        HttpRequest request = request("/api/points?filter=none/**&wait=30", "Authorization", authorization)
                .build();
        return CLIENT.sendAsync(request, BodyHandlers.ofString());
    }

    private static WebSocketProbe echo(String authorization) throws IOException {
        return WebSocketProbe.open(Upgrade.to(gateway.uri(), "/echo").header("Authorization", authorization));
    }

    private static String token(String name, String role) throws Exception {
        return gateway.shell("itest:token " + name + ' ' + role).orFail().strip();
    }

    private static String login() throws Exception {
        HttpRequest login = request("/api/login", "Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"name\":\"anna\",\"password\":\"" + PASSWORD + "\"}"))
                .build();
        HttpResponse<String> answer = CLIENT.send(login, BodyHandlers.ofString());
        assertEquals(204, answer.statusCode(), answer::body);
        return answer.headers().firstValue("Set-Cookie").orElseThrow().replaceFirst(";.*", "");
    }

    private static String ticket() throws Exception {
        HttpRequest request = request("/api/tickets", "Authorization", "Bearer " + viewer)
                .POST(BodyPublishers.noBody())
                .build();
        Matcher ticket =
                TICKET.matcher(CLIENT.send(request, BodyHandlers.ofString()).body());
        assertTrue(ticket.find());
        return ticket.group(1);
    }

    private static int put(String authorization) throws Exception {
        HttpRequest request = request(
                        "/api/points/sim/tank/valve",
                        "Authorization",
                        authorization,
                        "Content-Type",
                        "application/json")
                .PUT(BodyPublishers.ofString("{\"value\":true}"))
                .build();
        return CLIENT.send(request, BodyHandlers.ofString()).statusCode();
    }

    private static HttpResponse<String> get(String path, String... headers) throws Exception {
        return CLIENT.send(request(path, headers).build(), BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(gateway.uri().resolve(path)).timeout(PATIENCE);
        return headers.length == 0 ? request : request.headers(headers);
    }

    private static String basic(String password) {
        return "Basic " + Base64.getEncoder().encodeToString(("anna:" + password).getBytes(StandardCharsets.UTF_8));
    }

    private static String origin() {
        return "http://" + gateway.uri().getAuthority();
    }
}
