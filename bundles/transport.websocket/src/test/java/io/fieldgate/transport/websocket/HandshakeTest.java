package io.fieldgate.transport.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.api.data.SocketRequest;
import io.fieldgate.api.gateway.Entry;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HandshakeTest {

    private final TestServer server = new TestServer();
    private TestClient client;

    @BeforeEach
    void connect() throws IOException {
        client = server.connect();
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        server.close();
    }

    @Test
    void answersTheExampleOfTheStandard() throws IOException {
        server.host.subprotocol = Optional.of("chat");
        String head = client.upgrade("/chat", "Sec-WebSocket-Protocol: chat, superchat");
        assertTrue(head.startsWith("HTTP/1.1 101 "), head);
        assertTrue(head.contains("Upgrade: websocket\r\n"), head);
        assertTrue(head.contains("Connection: Upgrade\r\n"), head);
        assertTrue(head.contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"), head);
        assertTrue(head.contains("Sec-WebSocket-Protocol: chat\r\n"), head);
    }

    @Test
    void tellsTheHostAllThereIsToKnow() throws Exception {
        client.upgrade(
                "/a%20path/%C3%A9?q=%20x",
                "Sec-WebSocket-Protocol: one, two",
                "Sec-WebSocket-Protocol: three",
                "Cookie: a=b",
                "X-Twice: 1",
                "X-Twice: 2");
        SocketRequest request = server.host.requests.poll(5, TimeUnit.SECONDS);
        assertEquals("/a path/é", request.path());
        assertEquals(Optional.of("q=%20x"), request.query());
        assertEquals("websocket", request.transport());
        assertEquals("127.0.0.1:" + client.socket.getLocalPort(), request.remoteAddress());
        assertFalse(request.secure());
        assertEquals(TestServer.VIEWER, request.user());
        assertEquals(List.of("one", "two", "three"), request.subprotocols());
        assertEquals(Optional.of("a=b"), request.header("cookie"));
        assertEquals(List.of("1", "2"), request.headers("x-twice"));
        assertEquals(Optional.empty(), request.header("Sec-WebSocket-Key"), "of no use any more");
    }

    @Test
    void saysWhatIsSpokenWhereThereIsNoPage() throws IOException {
        client.send("GET /nothing HTTP/1.1\r\nHost: localhost\r\n\r\n");
        String head = client.head();
        assertTrue(head.startsWith("HTTP/1.1 426 "), head);
        assertTrue(head.contains("Upgrade: websocket\r\n"), head);
        assertTrue(head.contains("Connection: Upgrade\r\n"), head);
        assertTrue(head.contains("application/problem+json"), head);
        assertTrue(client.body(head).contains("this is the path of a WebSocket"));

        client.send("GET /page HTTP/1.1\r\nHost: localhost\r\n\r\n");
        assertEquals("hello", client.body(client.head()), "a page at the path of a handler goes first");
    }

    @Test
    void saysNothingWhereThereIsNoHandlerEither() throws IOException {
        server.host.serving = false;
        client.send("GET /nothing HTTP/1.1\r\nHost: localhost\r\n\r\n");
        assertTrue(client.head().startsWith("HTTP/1.1 404 "));
    }

    @Test
    void leavesOtherRequestsAlone() throws IOException {
        client.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
        assertEquals("hello", client.body(client.head()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Sec-WebSocket-Version: 13 | Sec-WebSocket-Version: 8  | 426 | WebSocket version 13 is spoken here",
                "Sec-WebSocket-Version: 13 | X: y                      | 426 | WebSocket version 13 is spoken here",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ== | X: y    | 400 | the header Sec-WebSocket-Key is not 16 bytes in base64",
                "dGhlIHNhbXBsZSBub25jZQ==  | dGhlIHNhbXBsZQ==          | 400 | the header Sec-WebSocket-Key is not 16 bytes in base64",
                "dGhlIHNhbXBsZSBub25jZQ==  | not base64 but two words  | 400 | the header Sec-WebSocket-Key is not 16 bytes in base64",
                "dGhlIHNhbXBsZSBub25jZQ==  | dGhlIHNhbXBsZSBub25jZQ    | 400 | the header Sec-WebSocket-Key is not 16 bytes in base64",
                "GET                       | POST                      | 405 | a WebSocket is asked for with GET",
            })
    void refusesAWrongRequest(String right, String wrong, int status, String why) throws IOException {
        client.send(TestClient.request("/echo").replace(right, wrong));
        assertProblem(status, why);
        assertTrue(server.host.requests.isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 2", "Transfer-Encoding: chunked"})
    void refusesARequestWithABodyForItWouldBeTakenForFrames(String header) throws IOException {
        client.send(TestClient.request("/echo", header));
        assertProblem(400, "a request for a WebSocket has no body");
        assertTrue(server.host.requests.isEmpty());
    }

    @Test
    void takesARequestThatSaysThatItHasNoBody() throws IOException {
        assertTrue(client.upgrade("/echo", "Content-Length: 0").startsWith("HTTP/1.1 101 "));
    }

    @Test
    void refusesAnUpgradeThatAProxyHasTakenTheConnectionHeaderFrom() throws IOException {
        client.send(TestClient.request("/echo").replace("keep-alive, Upgrade", "keep-alive"));
        assertTrue(client.head().startsWith("HTTP/1.1 400 "));
    }

    @Test
    void refusesWhomNobodyHasLetIn() throws IOException {
        client.send(TestClient.request("/echo", "X-No-User: 1"));
        assertProblem(403, "the request has no user; who may come in is for transport.http to say");
    }

    @Test
    void namesTheVersionThatItSpeaks() throws IOException {
        client.send(TestClient.request("/echo").replace("Version: 13", "Version: 7"));
        String head = client.head();
        assertTrue(head.contains("Sec-WebSocket-Version: 13\r\n"), head);
        assertTrue(head.contains("Upgrade: websocket\r\n"), head);
    }

    @Test
    void passesARefusalOn() throws IOException {
        server.host.answer = CompletableFuture.completedFuture(new Entry.Refused(404, "nobody serves \"/echo\""));
        client.send(TestClient.request("/echo"));
        assertProblem(404, "nobody serves \\\"/echo\\\"");
        client.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
        assertEquals("hello", client.body(client.head()), "the connection stays");
    }

    @Test
    void saysWhenToComeBack() throws IOException {
        server.host.answer = CompletableFuture.completedFuture(new Entry.Refused(503, "the handler has gone"));
        String head = client.upgrade("/echo");
        assertTrue(head.startsWith("HTTP/1.1 503 ") && head.contains("Retry-After: 2\r\n"), head);
    }

    @Test
    void waitsForTheAnswerWithoutAThread() throws Exception {
        server.host.answer = new CompletableFuture<>();
        client.send(TestClient.request("/echo"));
        client.text("early");
        assertTrue(server.host.requests.poll(5, TimeUnit.SECONDS) != null);
        server.host.answer.complete(null);
        assertTrue(client.head().startsWith("HTTP/1.1 101 "));
        assertEquals("early", client.frame().text());
    }

    @Test
    void passesALateRefusalOn() throws Exception {
        server.host.answer = new CompletableFuture<>();
        client.send(TestClient.request("/echo"));
        assertTrue(server.host.requests.poll(5, TimeUnit.SECONDS) != null);
        server.host.answer.complete(new Entry.Refused(403, "not now"));
        assertProblem(403, "not now");
    }

    @Test
    void boundsHowManyMayWait() throws Exception {
        Settings one = new Settings(30, 15, 300, 4096, 65_536, 128, 1, 1000, false, 120, 25_165_824);
        try (TestServer narrow = new TestServer(one, 0);
                TestClient first = narrow.connect();
                TestClient second = narrow.connect()) {
            narrow.host.answer = new CompletableFuture<>();
            first.send(TestClient.request("/echo"));
            Awaitility.await()
                    .atMost(Duration.ofSeconds(5))
                    .until(() -> !narrow.host.asked.isEmpty()
                            && narrow.host.asked.get(0).getNumberOfDependents() > 0);
            assertTrue(second.upgrade("/echo").startsWith("HTTP/1.1 503 "));
            narrow.host.answer.complete(null);
            assertTrue(first.head().startsWith("HTTP/1.1 101 "));
        }
    }

    @Test
    void agreesOnCompressionOnlyIfTheHandlerWantsIt() throws IOException {
        String offer = "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits";
        assertFalse(client.upgrade("/echo", offer).contains("Sec-WebSocket-Extensions"));
        server.host.deflate = true;
        try (TestClient second = server.connect()) {
            String head = second.upgrade("/echo", offer);
            assertTrue(head.contains("Sec-WebSocket-Extensions: permessage-deflate; "), head);
        }
    }

    private void assertProblem(int status, String detail) throws IOException {
        String head = client.head();
        assertTrue(head.startsWith("HTTP/1.1 " + status + " "), head);
        assertTrue(head.contains("Content-Type: application/problem+json"), head);
        String body = client.body(head);
        assertTrue(body.contains("\"status\":" + status + ",\"detail\":\"" + detail + "\"}"), body);
    }
}
