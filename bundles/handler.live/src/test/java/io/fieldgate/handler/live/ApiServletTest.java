package io.fieldgate.handler.live;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.api.data.Value;
import io.fieldgate.api.gateway.PointException;
import io.fieldgate.testkit.FakePoints;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class ApiServletTest {

    private static final int STREAMS = 2 * ApiServer.THREADS;

    private final FakePoints points = Fixtures.tank();
    private final HttpClient client = HttpClient.newHttpClient();
    private ApiServer server;

    @BeforeEach
    void start() throws Exception {
        server = new ApiServer(points, STREAMS);
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/, 404",
        "GET, /api/nothing, 404",
        "GET, /api/points/sim/tank/colour, 404",
        "GET, /api/points/sim, 404",
        "GET, /api/points/sim/tank/level?fresh=perhaps, 400",
        "POST, /api/devices, 405",
        "DELETE, /api/points, 405",
        "DELETE, /api/points/sim/tank/valve, 405",
        "GET, /api/points?filter=a/b, 400",
        "GET, /api/points?mode=all, 400",
        "GET, /api/points?since=-1, 400",
        "GET, /api/points?since=x, 400",
        "GET, /api/points?wait=61, 400",
        "GET, /api/points?filter=%FF%ZZ, 400"
    })
    void saysWhatIsWrong(String method, String path, int status) throws Exception {
        String answer = raw(method + " " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

        assertTrue(answer.startsWith("HTTP/1.1 " + status + " "), answer);
        if (!path.contains("%ZZ")) {
            assertTrue(answer.contains("application/problem+json") && answer.contains("\"status\":" + status), answer);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "viewer | application/json | {\"value\":true} | 403",
                "operator | text/plain | {\"value\":true} | 415",
                "operator | application/json | {\"value\":1} | 400",
                "operator | application/json | {} | 400",
                "operator | application/json | {\"value\":true,\"holdMs\":1000} | 400",
                "operator | application/json | {\"value\":true,\"safe\":false} | 400",
                "operator | application/json | {\"value\":true,\"safe\":false,\"holdMs\":1000} | 200",
                "operator | application/json | true | 400",
                "operator | application/json; charset=utf-8 | {\"value\":true} | 200"
            })
    void checksWhatIsWritten(String role, String type, String body, int status) throws Exception {
        HttpResponse<String> response = put("/api/points/sim/tank/valve", body, "Content-Type", type, "X-Role", role);

        assertEquals(status, response.statusCode(), response.body());
    }

    @Test
    void takesNoBodyBeyondTheLimit() throws Exception {
        String body = "{\"value\":\"" + "x".repeat(Request.MAX_BYTES) + "\"}";

        assertEquals(
                413,
                put("/api/points/sim/tank/valve", body, "Content-Type", "application/json")
                        .statusCode());
    }

    @ParameterizedTest
    @EnumSource(PointException.Reason.class)
    void hasAStatusForEachReason(PointException.Reason reason) throws Exception {
        points.answers().fail(reason);

        HttpResponse<String> response =
                put("/api/points/sim/tank/valve", "{\"value\":true}", "Content-Type", "application/json");

        assertTrue(List.of(400, 403, 404, 405, 502, 503, 504).contains(response.statusCode()), response.body());
        assertEquals(
                "application/problem+json",
                response.headers().firstValue("Content-Type").orElse(""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/api/devices | text/html | 406",
                "/api/points | text/html, image/* | 406",
                "/api/points | text/event-stream;q=0, application/json;q=0.0 | 406",
                "/api/points | application/* | 200",
                "/api/points | text/html, */*;q=0.1 | 200"
            })
    void servesOnlyWhatTheClientTakes(String path, String accept, int status) throws Exception {
        assertEquals(status, get(path, "Accept", accept).statusCode());
    }

    @Test
    void readsFromTheHardwareWhenAsked() throws Exception {
        assertTrue(get("/api/points/sim/tank/level").body().endsWith("\"seq\":8119}"));
        assertTrue(get("/api/points/sim/tank/level?fresh=true").body().endsWith("\"seq\":8122}"));
    }

    @Test
    void answersHeadWithoutABody() throws Exception {
        String answer = raw("HEAD /api/points?wait=30&since=8121 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

        assertTrue(answer.startsWith("HTTP/1.1 200 ") && answer.endsWith("\r\n\r\n"), answer);
    }

    @Test
    void answersHeadOfAStreamWithItsHeadersAlone() throws Exception {
        String answer =
                raw("HEAD /api/points HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\nConnection: close\r\n\r\n");

        assertTrue(answer.startsWith("HTTP/1.1 200 ") && answer.endsWith("\r\n\r\n"), answer);
        assertTrue(answer.contains("Content-Type: text/event-stream;charset=utf-8\r\n"), answer);
        assertFalse(answer.contains("Content-Length"), answer);
        assertEquals(0, points.observers());
    }

    @Test
    void answersAPollAsSoonAsThereIsSomethingNew() throws Exception {
        CompletableFuture<HttpResponse<String>> poll = client.sendAsync(
                request("/api/points?filter=sim/**&since=8121&epoch=5f1c9a2e-8b3d-4c70-9e15-6a2f0d4b7c81&wait=30")
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        awaitObservers(1);

        points.update("sim/tank/level", Value.of(0.25));

        String body = poll.get(10, TimeUnit.SECONDS).body();
        assertTrue(
                body.startsWith(
                        "{\"epoch\":\"5f1c9a2e-8b3d-4c70-9e15-6a2f0d4b7c81\",\"seq\":8122,\"samples\":[{\"point\":\"sim/tank/level\""),
                body);
        awaitObservers(0);
    }

    @Test
    void holdsMoreStreamsAndPollsThanThereAreThreads() throws Exception {
        List<BufferedReader> streams = new ArrayList<>();
        List<CompletableFuture<HttpResponse<String>>> polls = new ArrayList<>();
        for (int i = 0; i < STREAMS / 2; i++) {
            streams.add(stream("/api/points?filter=sim/tank/valve"));
            polls.add(client.sendAsync(
                    request("/api/points?filter=sim/tank/valve&since=8121&wait=30")
                            .build(),
                    HttpResponse.BodyHandlers.ofString()));
        }
        await().until(() -> get("/api/points?wait=1&since=8121").statusCode() == 503);
        assertEquals(200, get("/api/devices").statusCode());

        points.update("sim/tank/valve", Value.of(true));

        for (BufferedReader stream : streams) {
            assertEquals("id: 5f1c9a2e-8b3d-4c70-9e15-6a2f0d4b7c81:8121", nextEvent(stream));
            assertEquals("id: 5f1c9a2e-8b3d-4c70-9e15-6a2f0d4b7c81:8122", nextEvent(stream));
        }
        for (CompletableFuture<HttpResponse<String>> poll : polls) {
            assertTrue(poll.get(10, TimeUnit.SECONDS).body().contains("\"seq\":8122"));
        }
    }

    @Test
    void resumesAStreamWhereItsLastEventWas() throws Exception {
        BufferedReader stream =
                stream("/api/points?mode=every", "Last-Event-ID", "5f1c9a2e-8b3d-4c70-9e15-6a2f0d4b7c81:8120");

        assertEquals("id: 5f1c9a2e-8b3d-4c70-9e15-6a2f0d4b7c81:8121", nextEvent(stream));
    }

    @Test
    void showsThatAQuietStreamIsAlive() throws Exception {
        BufferedReader stream = stream("/api/points?filter=no/such/point");

        await().until(() -> ":".equals(stream.readLine()));
    }

    @Test
    void givesTheNewestToASlowStreamAndWaitsForNobody() throws Exception {
        try (Socket slow =
                open("GET /api/points?filter=sim/tank/log HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\n\r\n")) {
            awaitObservers(1);
            int updates = 2000;
            for (int i = 1; i <= updates; i++) {
                points.update("sim/tank/log", Value.of(i + "x".repeat(20_000)));
            }

            BufferedReader in =
                    new BufferedReader(new InputStreamReader(slow.getInputStream(), StandardCharsets.UTF_8));
            int events = 0;
            String line = "";
            while (!line.contains(":\"" + updates + "x")) {
                line = in.readLine();
                events += line.startsWith("id: ") ? 1 : 0;
            }
            assertTrue(events < updates / 2, events + " events for " + updates + " updates");
        }
        points.update("sim/tank/log", Value.of("x"));
        awaitObservers(0);
    }

    @Test
    void endsStreamsAndPollsWhenItGoes() throws Exception {
        BufferedReader stream = stream("/api/points?filter=sim/**");
        CompletableFuture<HttpResponse<String>> poll = client.sendAsync(
                request("/api/points?filter=sim/**&since=8121&wait=30").build(), HttpResponse.BodyHandlers.ofString());
        assertEquals("id: 5f1c9a2e-8b3d-4c70-9e15-6a2f0d4b7c81:8121", nextEvent(stream));
        await().until(() -> get("/api/points/sim/tank/level").statusCode() == 200);
        awaitObservers(1);

        server.servlet.deactivate();

        await().until(() -> stream.readLine() == null);
        assertEquals(
                "{\"epoch\":\"5f1c9a2e-8b3d-4c70-9e15-6a2f0d4b7c81\",\"seq\":8121,\"samples\":[]}",
                poll.get(10, TimeUnit.SECONDS).body());
        awaitObservers(0);
    }

    @Test
    void refusesAConfigurationThatMakesNoSense() {
        assertThrows(IllegalArgumentException.class, () -> new ApiServlet(server.fanout, server.writes, 0, 15));
        assertThrows(IllegalArgumentException.class, () -> new ApiServlet(server.fanout, server.writes, 1, 301));
    }

    private void awaitObservers(int count) {
        await().until(() -> points.observers() == count);
    }

    private HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .timeout(Duration.ofSeconds(20));
        return headers.length == 0 ? request : request.headers(headers);
    }

    private HttpResponse<String> get(String path, String... headers) throws Exception {
        return client.send(request(path, headers).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> put(String path, String body, String... headers) throws Exception {
        HttpRequest.BodyPublisher content = HttpRequest.BodyPublishers.ofString(body);
        return client.send(request(path, headers).PUT(content).build(), HttpResponse.BodyHandlers.ofString());
    }

    private BufferedReader stream(String path, String... headers) throws Exception {
        HttpRequest request =
                request(path, headers).setHeader("Accept", "text/event-stream").build();
        InputStream in =
                client.send(request, HttpResponse.BodyHandlers.ofInputStream()).body();
        return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    }

    private static String nextEvent(BufferedReader stream) throws IOException {
        String line = stream.readLine();
        while (line != null && !line.startsWith("id: ")) {
            line = stream.readLine();
        }
        return line;
    }

    private Socket open(String request) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(8 * 1024);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()), 5000);
        socket.setSoTimeout(20_000);
        OutputStream out = socket.getOutputStream();
        out.write(request.getBytes(StandardCharsets.UTF_8));
        out.flush();
        return socket;
    }

    private String raw(String request) throws IOException {
        try (Socket socket = open(request)) {
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
