package io.fieldgate.itest;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.itest.attack.Attacker;
import io.fieldgate.itest.attack.Probe;
import io.fieldgate.itest.attack.Smuggling;
import io.fieldgate.itest.attack.Traversal;
import io.fieldgate.itest.subject.DeflatedExactEchoHandler;
import io.fieldgate.itest.subject.ExactEchoHandler;
import io.fieldgate.testkit.Frame;
import io.fieldgate.testkit.GatewayHome;
import io.fieldgate.testkit.GatewayProcess;
import io.fieldgate.testkit.Upgrade;
import io.fieldgate.testkit.WebSocketProbe;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Attacks on the distribution, all limits by address on. Each comes to what it should, a client beside them is answered
 * throughout, and nothing of them stays. {@code docs/robustness.md} has the table, and how to run it large.
 */
class AttackIT {

    private static final boolean LARGE = Boolean.getBoolean("fieldgate.attacks.large");
    private static final int TIMES = LARGE ? 20 : 1;

    private static final Duration SETTLED = Duration.ofSeconds(60);
    private static final Duration LATEST = Duration.ofMillis(250);
    private static final long HEAP_GROWTH = 2 << 20;
    private static final int THREAD_GROWTH = 10;
    private static final int DESCRIPTOR_GROWTH = 10;
    private static final int ADDRESSES = 240;
    private static final int CONNECTIONS = 400;
    private static final String SECRET = "what lies beside the folder";

    private static final AtomicInteger ATTACKERS = new AtomicInteger();

    private static GatewayProcess gateway;
    private static Probe probe;
    private static Footprint before;

    @BeforeAll
    static void start() throws Exception {
        GatewayHome home = GatewayHome.create()
                .with(TestBundle.of("exact", ExactEchoHandler.class, DeflatedExactEchoHandler.class)
                        .build())
                .configure("io.fieldgate.transport.http.limits", Map.of("loopback.limits", "true"))
                .configure("io.fieldgate.transport.websocket", Map.of("loopback.limits", "true"))
                .configure("io.fieldgate.transport.files-mine", Map.of("path", "/mine", "folder", "pages"));
        Path pages = Files.createDirectories(home.path().resolve("pages"));
        Files.writeString(pages.resolve("index.html"), "mine");
        Files.writeString(home.path().resolve("secret.txt"), SECRET);
        Files.createSymbolicLink(pages.resolve("link"), home.path());
        gateway = GatewayProcess.start(home);
        for (Smuggling each : Smuggling.all()) {
            Attacker attacker = attacker();
            attacker.send(each.text(attacker.host()));
        }
        flood(new Frame(true, Frame.PING, new byte[0]));
        before = Footprint.of(gateway);
        probe = new Probe(gateway);
    }

    @AfterEach
    void theProbeWasAnswered() {
        int answers = probe.answers();
        await("the probe is answered").atMost(SETTLED).until(() -> probe.answers() > answers);
        assertEquals(List.of(), probe.failures());
    }

    @AfterAll
    static void nothingStays() throws Exception {
        try {
            probe.close();
            Figures.note("attacks", probe.answers() + " answers to the probe, 99 of 100 within " + probe.p99());
            assertTrue(!LARGE || probe.p99().compareTo(LATEST) < 0, () -> "the probe has waited for " + probe.p99());
            await("heap, threads and descriptors are where they were")
                    .atMost(SETTLED)
                    .until(() -> isLikeBefore(Footprint.of(gateway)));
            Figures.note("attacks", "before " + before + ", after " + Footprint.of(gateway));
            assertEquals(List.of(), Complaints.of(gateway, Complaints.ERRORS));
        } finally {
            gateway.close();
        }
    }

    private static boolean isLikeBefore(Footprint now) {
        return now.heapBytes() <= before.heapBytes() + HEAP_GROWTH
                && now.threads() <= before.threads() + THREAD_GROWTH
                && now.descriptors() <= before.descriptors() + DESCRIPTOR_GROWTH;
    }

    static List<Smuggling> smuggling() {
        return Smuggling.all();
    }

    @ParameterizedTest
    @MethodSource("smuggling")
    void readsARequestInOneWayOrNotAtAll(Smuggling attack) throws Exception {
        Attacker attacker = attacker();
        List<Attacker.Reply> replies = attacker.send(attack.text(attacker.host()));
        List<Integer> statuses = replies.stream().map(Attacker.Reply::status).toList();
        Figures.note("attacks", "smuggling, " + attack + ": " + statuses);
        assertTrue(attack.right().contains(statuses), () -> attack + ": " + replies);
    }

    @ParameterizedTest
    @CsvSource({"/mine, secret.txt", "/dashboard, META-INF/MANIFEST.MF", "/client, META-INF/MANIFEST.MF"})
    void keepsWhatLiesBesideAFolder(String mount, String secret) throws Exception {
        List<String> leaks = new ArrayList<>();
        for (String path : Traversal.from(mount, secret)) {
            List<Attacker.Reply> replies = attacker().send(request("GET " + path + " HTTP/1.1"));
            for (Attacker.Reply reply : replies) {
                boolean told = reply.body().contains(SECRET)
                        || reply.body().contains("root:")
                        || reply.body().contains("Manifest-Version");
                if (told || replies.size() > 1 || !Set.of(400, 404).contains(reply.status())) {
                    leaks.add(path + ": " + reply.status());
                }
            }
        }
        assertEquals(List.of(), leaks);
    }

    @Test
    void refusesAHeadThatIsTooLarge() throws Exception {
        assertEquals(431, ask("GET / HTTP/1.1\r\nX-Large: " + "a".repeat(70_000)));
        assertEquals(431, ask("GET / HTTP/1.1" + "\r\nX-Many: a".repeat(10_000)));
        assertEquals(431, ask("GET / HTTP/1.1\r\nCookie: " + "a=b; ".repeat(10_000)));
        assertEquals(414, ask("GET /" + "a".repeat(70_000) + " HTTP/1.1"));
        assertEquals(414, ask("GET /?" + "a=b&".repeat(20_000) + " HTTP/1.1"));
    }

    @Test
    void inflatesNothingThatIsGreaterThanAMessageMayBe() throws Exception {
        Frame bomb = new Frame(true, Frame.BINARY, new byte[16 << 20]).deflated();
        for (int i = 0; i < 5 * TIMES; i++) {
            Upgrade offer =
                    Upgrade.to(gateway.uri(), "/deflated").header("Sec-WebSocket-Extensions", "permessage-deflate");
            try (WebSocketProbe client = WebSocketProbe.open(offer)) {
                client.send(bomb);
                assertEquals(1009, client.closeCode());
            }
        }
    }

    @Test
    void closesFloods() throws Exception {
        for (int i = 0; i < TIMES; i++) {
            assertEquals(1008, flood(new Frame(true, Frame.PING, new byte[125])));
            assertEquals(1008, flood(new Frame(true, Frame.PONG, new byte[0])));
            assertEquals(1008, flood(Frame.text("")));
        }
    }

    @Test
    void closesFragmentsWithoutEnd() throws Exception {
        for (int i = 0; i < TIMES; i++) {
            assertEquals(1008, fragments(0));
            assertEquals(1008, fragments(1));
            assertEquals(1009, fragments(4_000));
        }
    }

    @Test
    void answersNoMoreRequestsOfAnAddressThanItMayMake() throws Exception {
        Attacker attacker = attacker();
        String one = request("GET / HTTP/1.1").replace("Connection: close\r\n", "");
        List<Attacker.Reply> replies = attacker.send(one.repeat(999 * TIMES) + request("GET / HTTP/1.1"));
        assertEquals(1000 * TIMES - TIMES + 1, replies.size());
        long served = replies.stream().filter(reply -> reply.status() == 200).count();
        assertTrue(served >= 200, () -> served + " were served");
        List<Attacker.Reply> refused =
                replies.stream().filter(reply -> reply.status() != 200).toList();
        Figures.note("attacks", "requests of one address: " + served + " served, " + refused.size() + " refused");
        assertFalse(refused.isEmpty());
        for (Attacker.Reply reply : refused) {
            assertEquals(429, reply.status());
            assertEquals(List.of("1"), reply.head().values("Retry-After"));
        }
    }

    @Test
    void leavesConnectionsForOthersWhenOneAddressTakesAllItCan() throws Exception {
        Attacker attacker = attacker();
        List<Socket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < CONNECTIONS; i++) {
                sockets.add(attacker.connect());
            }
            int open = 0;
            for (Socket socket : sockets) {
                open += isAnswered(socket) ? 1 : 0;
            }
            Figures.note("attacks", "connections of one address: " + open + " of " + CONNECTIONS);
            assertEquals(256, open);
            assertEquals(200, ask("GET / HTTP/1.1"));
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    private static boolean isAnswered(Socket socket) {
        try {
            socket.getOutputStream().write(request("GET / HTTP/1.1").getBytes(StandardCharsets.US_ASCII));
            return socket.getInputStream().read() >= 0;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void answersNoMoreHandshakesOfAnAddressThanItMayMake() throws Exception {
        Attacker attacker = attacker();
        String handshake = request("GET /nobody HTTP/1.1\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==")
                .replace("Connection: close", "Connection: Upgrade");
        List<Attacker.Reply> replies = attacker.send(handshake.repeat(150) + request("GET / HTTP/1.1"));
        long refused = replies.stream().filter(reply -> reply.status() == 429).count();
        long served = replies.stream().filter(reply -> reply.status() == 404).count();
        assertTrue(refused > 0 && served >= 40, () -> served + " were served, " + refused + " refused");
        assertEquals(200, replies.get(replies.size() - 1).status(), "other requests are");
    }

    private static Attacker attacker() {
        return new Attacker(gateway.uri(), ATTACKERS.getAndIncrement() % ADDRESSES);
    }

    private static String request(String lines) {
        return lines + "\r\nHost: " + gateway.uri().getAuthority() + "\r\nConnection: close\r\n\r\n";
    }

    private static int ask(String lines) throws IOException {
        return attacker().ask(lines).status();
    }

    /** Sends the same frame until it is told to stop, and returns with what code. */
    private static int flood(Frame frame) throws IOException {
        return sendUntilClosed(new byte[0], frame);
    }

    private static int fragments(int length) throws IOException {
        return sendUntilClosed(
                new Frame(false, Frame.BINARY, new byte[0]).masked(),
                new Frame(false, Frame.CONTINUATION, new byte[length]));
    }

    private static int sendUntilClosed(byte[] first, Frame frame) throws IOException {
        ByteArrayOutputStream many = new ByteArrayOutputStream();
        for (int i = 0; i < 5_000; i++) {
            many.writeBytes(frame.masked());
        }
        try (WebSocketProbe client = WebSocketProbe.open(gateway.uri(), "/exact")) {
            client.raw(first);
            try {
                client.raw(many.toByteArray());
            } catch (SocketException e) {
                // It was told meanwhile, and did not listen.
            }
            return client.closeCode();
        }
    }
}
