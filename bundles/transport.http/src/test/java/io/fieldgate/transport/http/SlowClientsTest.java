package io.fieldgate.transport.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.api.gateway.Gateway;
import java.io.IOException;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that take their time, and too many of them, at a port in a real framework. */
class SlowClientsTest {

    private static final int MANY = 24;
    private static final AtomicInteger MARK = new AtomicInteger();

    @TempDir
    static Path cache;

    private static InFelix felix;
    private static String url;

    private final List<RawClient> clients = new ArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        felix = new InFelix(cache, Map.of(Gateway.HTTP, "127.0.0.1:0"));
        felix.ready();
        url = felix.announced(Gateway.LISTENING, "fieldgate.url");
    }

    @AfterAll
    static void stop() throws Exception {
        felix.close();
    }

    @AfterEach
    void leave() throws IOException {
        for (RawClient client : clients) {
            client.close();
        }
    }

    @Test
    void closesAConnectionThatSendsNothingOrHalfAHead() throws Exception {
        limit(Map.of("header.s", 1));
        RawClient silent = connect();
        RawClient half = connect();
        half.send("GET /servlet/x HTTP/1.1\r\nHost: local");
        silent.awaitEnd();
        half.awaitEnd();
    }

    @Test
    void closesAConnectionWhoseHeadNeverEndsThoughBytesKeepComing() throws Exception {
        limit(Map.of("header.s", 1));
        RawClient first = connect();
        first.send("GET /servlet/x HTTP/1.1\r\n");
        RawClient second = served();
        second.send("GET /servlet/x HTTP/1.1\r\n");
        Awaitility.await().until(() -> hasEnded(first, "X: y\r\n"));
        Awaitility.await().until(() -> hasEnded(second, "X: y\r\n"));
    }

    @Test
    void letsAConnectionWaitForItsNextRequest() throws Exception {
        limit(Map.of("header.s", 1));
        RawClient idle = served();
        connect().awaitEnd();
        connect().awaitEnd();
        assertServes(idle);
    }

    @Test
    void servesOthersWhileMoreBodiesAreOnTheirWayThanThereAreThreads() throws Exception {
        limit(Map.of("body.s", 1));
        List<RawClient> slow = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            RawClient client = connect();
            client.send(post("Content-Length: 1000", "x"));
            slow.add(client);
        }
        assertServes(connect());
        for (RawClient client : slow) {
            String answer = client.answer();
            assertTrue(answer.startsWith("HTTP/1.1 408 "), answer);
            assertTrue(answer.contains("application/problem+json"), answer);
            client.awaitEnd();
        }
    }

    @Test
    void takesBodiesInPieces() throws Exception {
        limit(Map.of());
        RawClient client = connect();
        client.send(post("Content-Length: 10", "01234"));
        assertServes(connect());
        client.send("56789" + post("Transfer-Encoding: chunked", "3\r\nabc\r\n"));
        assertTrue(client.answer().endsWith("10 bytes"));
        client.send("2\r\nde\r\n0\r\n\r\n" + post("Content-Length: 1", "x") + post("Content-Length: 0", ""));
        assertTrue(client.answer().endsWith("5 bytes"));
        assertTrue(client.answer().endsWith("1 bytes"));
        assertTrue(client.answer().endsWith("0 bytes"));
        client.send(post("Expect: 100-continue\r\nContent-Length: 3", ""));
        assertEquals("HTTP/1.1 100 Continue\r\n\r\n", client.answer());
        client.send("abc");
        assertTrue(client.answer().endsWith("3 bytes"));
        client.send(post("Content-Length: 100000", "x".repeat(50_000)));
        client.send("x".repeat(50_000));
        assertTrue(client.answer().endsWith("100000 bytes"));
    }

    @Test
    void refusesABodyThatIsTooLarge() throws Exception {
        limit(Map.of("body.max.bytes", 100_000));
        RawClient said = connect();
        said.send(post("Content-Length: 100001", ""));
        String answer = said.answer();
        assertTrue(answer.startsWith("HTTP/1.1 413 "), answer);
        assertTrue(answer.endsWith("\"a body may have 100000 bytes (body.max.bytes)\"}"), answer);
        RawClient silent = connect();
        silent.send(post("Transfer-Encoding: chunked", "186a0\r\n" + "x".repeat(100_000) + "\r\n0\r\n\r\n"));
        String unsaid = silent.answer();
        assertTrue(unsaid.startsWith("HTTP/1.1 411 "), unsaid);
    }

    @Test
    void letsLargeBodiesHaveHalfOfTheThreads() throws Exception {
        limit(Map.of("body.s", 60));
        List<RawClient> large = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            RawClient client = connect();
            client.send(post("Content-Length: 70000", "x"));
            large.add(client);
        }
        Awaitility.await().until(() -> answered(large).size() == MANY - 4);
        List<RawClient> refused = answered(large);
        for (RawClient client : refused) {
            String answer = client.answer();
            assertTrue(answer.startsWith("HTTP/1.1 503 ") && answer.contains("Retry-After: 2"), answer);
        }
        assertServes(connect());
        large.removeAll(refused);
        for (RawClient client : large) {
            client.send("x".repeat(69_999));
            assertTrue(client.answer().endsWith("70000 bytes"));
        }
        RawClient next = connect();
        next.send(post("Content-Length: 70000", "x".repeat(70_000)));
        assertTrue(next.answer().endsWith("70000 bytes"));
    }

    @Test
    void cutsALargeBodyThatComesTooSlowly() throws Exception {
        limit(Map.of("body.s", 1));
        RawClient client = connect();
        client.send(post("Content-Length: 70000", "x"));
        client.awaitEnd();
        assertServes(connect());
    }

    @Test
    void closesAtOnceWhomThereIsNoRoomFor() throws Exception {
        limit(Map.of("connections.max", 16));
        RawClient last = null;
        for (int i = 0; i < 16; i++) {
            last = served();
        }
        connect().awaitEnd();
        last.close();
        Awaitility.await().ignoreExceptions().untilAsserted(() -> assertServes(connect()));
    }

    @Test
    void countsConnectionsByAddressOnLoopbackOnlyIfToldTo() throws Exception {
        limit(Map.of("address.connections.max", 2));
        served();
        served();
        served();
        limit(Map.of("address.connections.max", 2, "loopback.limits", true));
        served();
        RawClient second = served();
        connect().awaitEnd();
        second.close();
        Awaitility.await().ignoreExceptions().untilAsserted(() -> assertServes(connect()));
    }

    /** Sets limits, and waits until they count. */
    private static void limit(Map<String, Object> limits) throws Exception {
        // Its own line comes later than that of an earlier test, for the configuration service keeps their order.
        Map<String, Object> marked = new HashMap<>(limits);
        int mark = 1024 + MARK.incrementAndGet();
        marked.putIfAbsent("body.max.bytes", 1_000_000 + mark);
        felix.configure("io.fieldgate.transport.http.limits", marked);
        String wanted = "a body may have " + marked.get("body.max.bytes") + " bytes";
        Awaitility.await().ignoreExceptions().until(() -> tooLarge().contains(wanted));
    }

    private static String tooLarge() throws IOException {
        try (RawClient client = new RawClient(url)) {
            client.send(post("Content-Length: 2000000", ""));
            return client.answer();
        }
    }

    private RawClient connect() throws IOException {
        RawClient client = new RawClient(url);
        clients.add(client);
        return client;
    }

    /** Connects and is served, maybe not at once: who has just left, as in {@link #tooLarge}, may have a seat yet. */
    private RawClient served() {
        return Awaitility.await().ignoreExceptions().until(this::tryToBeServed, client -> true);
    }

    private RawClient tryToBeServed() throws IOException {
        RawClient client = connect();
        assertServes(client);
        return client;
    }

    private static void assertServes(RawClient client) throws IOException {
        client.get("/servlet/x");
        assertTrue(client.answer().startsWith("HTTP/1.1 200 "));
    }

    private static List<RawClient> answered(List<RawClient> clients) throws IOException {
        List<RawClient> answered = new ArrayList<>();
        for (RawClient client : clients) {
            if (client.hasAnswer()) {
                answered.add(client);
            }
        }
        return answered;
    }

    private static boolean hasEnded(RawClient client, String more) throws IOException {
        try {
            client.send(more);
            return false;
        } catch (SocketException e) {
            return true;
        }
    }

    private static String post(String header, String body) {
        return "POST /servlet/body HTTP/1.1\r\nHost: localhost\r\n" + header + "\r\n\r\n" + body;
    }
}
