package io.fieldgate.itest;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fieldgate.testkit.Frame;
import io.fieldgate.testkit.GatewayProcess;
import io.fieldgate.testkit.Upgrade;
import io.fieldgate.testkit.WebSocketProbe;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Listeners besides the main one come, change and go, and nobody who talks by another one notices. */
class ListenersIT {

    private static final String PANEL = "https://panel.example:8443";

    /** Origin, method and headers that are asked for; status, method and headers of the answer. */
    private static final String[][] PREFLIGHTS = {
        {PANEL, "GET", "", "204", "GET", ""},
        {PANEL, "DELETE", "", "204", "DELETE", ""},
        {PANEL, "PATCH", "Content-Type, Last-Event-ID", "204", "PATCH", "content-type, last-event-id"},
        {PANEL, "POST", "x-unheard-of", "204", "POST", ""},
        {PANEL, "TRACE", "range", "204", "", "range"},
        {"http://panel.example:8443", "GET", "", "403", "", ""},
        {"https://panel.example", "GET", "", "403", "", ""},
        {"null", "GET", "", "403", "", ""}
    };

    private static final String PID = "io.fieldgate.transport.http.listener-";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private static GatewayProcess gateway;

    @BeforeAll
    static void start() throws IOException {
        gateway = GatewayProcess.start();
    }

    @AfterAll
    static void stop() throws IOException {
        gateway.close();
    }

    @Test
    void webSocketsHaveAPortOfTheirOwnThatThePageMayUse() throws Exception {
        URI port = open("ws", "/echo", "127.0.0.1");
        String page = origin(gateway.uri());

        WebSocketProbe.open(Upgrade.to(port, "/echo").origin(page))
                .send("a")
                .expect("a")
                .close();
        assertEquals(
                403,
                WebSocketProbe.ask(Upgrade.to(port, "/echo").origin("http://evil.example"))
                        .status());
        assertEquals(404, WebSocketProbe.ask(Upgrade.to(port, "/live")).status());
        HttpResponse<String> other = send(HttpRequest.newBuilder(port));
        assertEquals(404, other.statusCode());
        assertEquals(
                "application/problem+json",
                other.headers().firstValue("Content-Type").orElse(""));

        String policy = send(HttpRequest.newBuilder(gateway.uri().resolve("/nothing")))
                .headers()
                .firstValue("Content-Security-Policy")
                .orElse("");
        assertTrue(
                policy.contains("connect-src 'self'") && policy.contains(" ws://127.0.0.1:" + port.getPort()), policy);
        assertTrue(gateway.shell("fg:status").output().contains(port.toString()));
        remove("ws");
    }

    @Test
    void pagesOfOtherPortsReadAnswersAndAskBefore() throws Exception {
        URI port = open("cors", "/*", "127.0.0.1");
        String page = origin(gateway.uri());
        HttpResponse<String> answer = send(HttpRequest.newBuilder(port).header("Origin", page));
        assertEquals(page, header(answer, "Access-Control-Allow-Origin"));
        assertEquals("true", header(answer, "Access-Control-Allow-Credentials"));
        assertTrue(answer.headers().allValues("Vary").contains("Origin"));

        HttpResponse<String> asked = send(HttpRequest.newBuilder(port)
                .method("OPTIONS", BodyPublishers.noBody())
                .header("Origin", page)
                .header("Access-Control-Request-Method", "PUT")
                .header("Access-Control-Request-Headers", "content-type, x-unheard-of"));
        assertEquals(204, asked.statusCode());
        assertEquals(page, header(asked, "Access-Control-Allow-Origin"));
        assertEquals("PUT", header(asked, "Access-Control-Allow-Methods"));
        assertEquals("content-type", header(asked, "Access-Control-Allow-Headers"));
        assertEquals("600", header(asked, "Access-Control-Max-Age"));

        HttpResponse<String> stranger = send(HttpRequest.newBuilder(port)
                .method("OPTIONS", BodyPublishers.noBody())
                .header("Origin", "http://evil.example")
                .header("Access-Control-Request-Method", "GET"));
        assertEquals(403, stranger.statusCode());
        assertEquals("", header(stranger, "Access-Control-Allow-Origin"));
        remove("cors");
    }

    @Test
    void pagesOfAllowedOriginsAskTheMainListenerToo() throws Exception {
        gateway.home().configure("io.fieldgate.transport.http", Map.of("origins.allowed", PANEL));
        await("the origin is allowed")
                .atMost(PATIENCE)
                .until(() -> preflight(PANEL, "GET", "").statusCode() == 204);
        HttpResponse<String> answer = send(HttpRequest.newBuilder(gateway.uri()).header("Origin", PANEL));
        assertEquals(200, answer.statusCode());
        assertEquals(PANEL, header(answer, "Access-Control-Allow-Origin"));
        assertEquals("true", header(answer, "Access-Control-Allow-Credentials"));
        for (String[] row : PREFLIGHTS) {
            HttpResponse<String> asked = preflight(row[0], row[1], row[2]);
            String what = String.join(" ", row);
            assertEquals(row[3], String.valueOf(asked.statusCode()), what);
            assertEquals(row[4], header(asked, "Access-Control-Allow-Methods"), what);
            assertEquals(row[5], header(asked, "Access-Control-Allow-Headers"), what);
        }
        Files.delete(gateway.home().path().resolve("etc/io.fieldgate.transport.http.cfg"));
        await("it is not any more")
                .atMost(PATIENCE)
                .until(() -> preflight(PANEL, "GET", "").statusCode() == 403);
    }

    private static HttpResponse<String> preflight(String origin, String method, String headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(gateway.uri())
                .method("OPTIONS", BodyPublishers.noBody())
                .header("Origin", origin)
                .header("Access-Control-Request-Method", method);
        return send(headers.isEmpty() ? request : request.header("Access-Control-Request-Headers", headers));
    }

    @Test
    void whoIsConnectedStaysWhateverComesAndGoes() throws Exception {
        try (WebSocketProbe main = WebSocketProbe.open(gateway.uri(), "/echo")) {
            URI port = open("moving", "/*", "127.0.0.1");
            try (WebSocketProbe further = WebSocketProbe.open(port, "/echo")) {
                main.send("1").expect("1");
                int next = freePort();
                configure("moving", Map.of("port", String.valueOf(next)));
                awaitLine("listening on http://127.0.0.1:" + next + "/ as well");
                further.send("2").expect("2");
                configure("moving", Map.of("port", String.valueOf(next), "paths", "/live"));
                await("the paths count at once")
                        .atMost(PATIENCE)
                        .until(() ->
                                WebSocketProbe.ask(Upgrade.to(URI.create("http://127.0.0.1:" + next + "/"), "/echo"))
                                                .status()
                                        == 404);
                remove("moving");
                awaitLine("no longer listening on http://127.0.0.1:" + next + "/");
                further.send("3").expect("3");
                main.send("4").expect("4");
            }
        }
    }

    @Test
    void aPortInUseIsSaidOnceAndTakenWhenItIsFree() throws Exception {
        int number;
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            number = taken.getLocalPort();
            configure("taken", Map.of("port", String.valueOf(number)));
            awaitLine("ERROR", "cannot listen on 127.0.0.1:" + number + ": address already in use; it is tried again");
            WebSocketProbe.open(gateway.uri(), "/echo").send("a").expect("a").close();
        }
        awaitLine("listening on http://127.0.0.1:" + number + "/ as well");
        remove("taken");
    }

    @Test
    void theSixthVersionOfIpHasBrackets() throws Exception {
        assumeTrue(
                NetworkInterface.getByInetAddress(InetAddress.getAllByName("::1")[0]) != null,
                "this machine has no IPv6");
        URI six = open("six", "/*", "::1");
        WebSocketProbe.open(Upgrade.to(six, "/echo").origin(origin(six)))
                .send("a")
                .expect("a")
                .close();
        remove("six");

        URI both = open("both", "/*", "localhost");
        for (String host : new String[] {"127.0.0.1", "[::1]"}) {
            URI uri = URI.create("http://" + host + ":" + both.getPort() + "/");
            WebSocketProbe.open(uri, "/echo").send("a").expect("a").close();
        }
        remove("both");
    }

    @Test
    void aProxyUsesAUnixDomainSocket() throws Exception {
        configure("proxy", Map.of("socket", "proxy.sock", "mode", "660"));
        Path file = gateway.home().path().resolve("data").resolve("proxy.sock");
        awaitLine("listening on unix:" + file + " as well");
        try (SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(file))) {
            client.configureBlocking(false);
            write(
                    client,
                    StandardCharsets.US_ASCII.encode("GET /echo HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\n"
                            + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: " + Upgrade.KEY
                            + "\r\n\r\n"));
            awaitText(client, "HTTP/1.1 101 ", "\r\n\r\n");
            write(client, ByteBuffer.wrap(Frame.text("by a socket").masked()));
            awaitText(client, "by a socket");
            assertTrue(gateway.shell("fg:sessions").output().contains("unix:1"));
            assertTrue(gateway.shell("fg:status").output().contains("unix:"));

            remove("proxy");
            await("the file goes").atMost(PATIENCE).until(() -> !Files.exists(file));
            write(client, ByteBuffer.wrap(Frame.text("still").masked()));
            awaitText(client, "still");
        }
        assertFalse(Files.exists(file));
    }

    /** Opens a listener on a free port, and waits for it. */
    private static URI open(String name, String paths, String host) throws Exception {
        int number = freePort();
        configure(name, Map.of("host", host, "port", String.valueOf(number), "paths", paths));
        String url = "http://" + (host.indexOf(':') < 0 ? host : '[' + host + ']') + ':' + number + '/';
        awaitLine("listening on " + url + " as well");
        return URI.create(url);
    }

    /** Waits longer than a listener that could not be opened waits for its next turn. */
    private static void awaitLine(String... parts) {
        await("the log says " + String.join(" … ", parts))
                .atMost(PATIENCE)
                .until(() ->
                        gateway.log().lines().anyMatch(line -> Stream.of(parts).allMatch(line::contains)));
    }

    private static void configure(String name, Map<String, String> values) throws IOException {
        gateway.home().configure(PID + name, values);
    }

    private static void remove(String name) throws IOException {
        Files.delete(gateway.home().path().resolve("etc").resolve(PID + name + ".cfg"));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return CLIENT.send(request.timeout(PATIENCE).build(), BodyHandlers.ofString());
    }

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    private static String origin(URI uri) {
        return "http://" + uri.getAuthority();
    }

    private static void write(SocketChannel client, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            client.write(bytes);
        }
    }

    /** Reads until all of some texts have come. */
    private static void awaitText(SocketChannel client, String... texts) {
        ByteBuffer answer = ByteBuffer.allocate(8192);
        await(texts[0]).atMost(PATIENCE).until(() -> {
            client.read(answer);
            String read = StandardCharsets.ISO_8859_1
                    .decode(answer.duplicate().flip())
                    .toString();
            for (String text : texts) {
                if (!read.contains(text)) {
                    return false;
                }
            }
            return true;
        });
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
