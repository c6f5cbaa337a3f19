package io.fieldgate.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.testkit.Frame;
import io.fieldgate.testkit.GatewayHome;
import io.fieldgate.testkit.GatewayProcess;
import io.fieldgate.testkit.Upgrade;
import io.fieldgate.testkit.WebSocketProbe;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a client sends, it is told clearly what was wrong, and a client beside it loses nothing. */
class BadInputIT {

    private static GatewayProcess gateway;
    private WebSocketProbe bystander;

    @BeforeAll
    static void start() throws Exception {
        gateway = GatewayProcess.start(
                GatewayHome.create().configure("io.fieldgate.transport.http", Map.of("loopback.role", "operator")));
    }

    @AfterAll
    static void stop() throws Exception {
        gateway.close();
    }

    @BeforeEach
    void comeIn() throws Exception {
        bystander = WebSocketProbe.open(gateway.uri(), "/echo");
    }

    @AfterEach
    void isStillServed() throws Exception {
        assertEquals("still here", bystander.ask("still here"));
        bystander.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"op":"devices","id":       | "op":"error"
                    not json at all             | "op":"error"
                    []                          | "op":"error"
                    {"id":1}                    | "op":"error"
                    {"op":"fly","id":1}         | "op":"error"
                    {"op":7,"id":1}             | "op":"error"
                    """)
    void isAnErrorOnTheLiveStreamAndClosesNothing(String message, String answer) throws Exception {
        try (LiveProbe live = LiveProbe.open(gateway.uri())) {
            live.socket().send(message);
            String error = live.awaitText("\"op\":");
            assertTrue(error.contains(answer) && error.contains("\"code\":") && error.contains("\"detail\":"), error);
            assertTrue(live.ask("devices", "").contains("\"op\":\"ok\""));
        }
    }

    @Test
    void deepNestingIsAnErrorToo() throws Exception {
        try (LiveProbe live = LiveProbe.open(gateway.uri())) {
            live.socket().send("[".repeat(10_000));
            assertTrue(live.awaitText("\"op\":").contains("\"op\":\"error\""));
            assertTrue(live.ask("devices", "").contains("\"op\":\"ok\""));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "write, sim/tank/nothing, true, unknown-point",
        "read,  no/such/point,    0,    unknown-point",
        "write, sim/tank/level,   0.5,  read-only",
        "write, sim/tank/heater,  250,  out-of-range",
        "write, sim/tank/valve,   7,    wrong-type",
    })
    void ofAPointIsAnErrorThatSaysWhy(String op, String point, String value, String code) throws Exception {
        try (LiveProbe live = LiveProbe.open(gateway.uri())) {
            String names = op.equals("read") ? "\"points\":[\"" + point + "\"]" : "\"point\":\"" + point + '"';
            String answer = live.ask(op, names + ",\"value\":" + value);
            assertTrue(answer.contains("\"op\":\"error\"") && answer.contains("\"code\":\"" + code + '"'), answer);
        }
    }

    @Test
    void aMessageThatIsTooBigIsClosedWith1009EvenIfItsSenderGoesOnSending() throws Exception {
        try (WebSocketProbe client = WebSocketProbe.open(gateway.uri(), "/echo")) {
            byte[] message = new Frame(true, Frame.BINARY, new byte[20_000_000]).masked();
            CompletableFuture<Boolean> sent = CompletableFuture.supplyAsync(() -> {
                try {
                    client.raw(message);
                    return true;
                } catch (IOException e) {
                    return false;
                }
            });
            assertEquals(1009, client.closeCode());
            sent.get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void aMessageThatGrowsTooBigInPiecesIsClosedWith1009() throws Exception {
        try (WebSocketProbe client = WebSocketProbe.open(gateway.uri(), "/echo")) {
            client.send(new Frame(false, Frame.TEXT, piece()));
            for (int i = 0; i < 8; i++) {
                client.send(new Frame(false, Frame.CONTINUATION, piece()));
            }
            assertEquals(1009, client.closeCode());
        }
    }

    @Test
    void textThatIsNoUtf8IsClosedWith1007() throws Exception {
        try (WebSocketProbe client = WebSocketProbe.open(gateway.uri(), "/echo")) {
            client.send(new Frame(true, Frame.TEXT, new byte[] {'a', (byte) 0xc3, '('}));
            assertEquals(1007, client.closeCode());
        }
    }

    @Test
    void framesThatBreakTheProtocolAreClosedWith1002() throws Exception {
        byte[] reserved = Frame.text("x").masked();
        reserved[0] |= 0x40;
        byte[][] broken = {
            Frame.text("not masked").unmasked(),
            reserved,
            new Frame(true, 3, new byte[0]).masked(),
            new Frame(true, Frame.CONTINUATION, new byte[1]).masked(),
            new Frame(false, Frame.PING, new byte[1]).masked(),
            new Frame(true, Frame.PING, new byte[126]).masked(),
            new Frame(true, Frame.CLOSE, new byte[1]).masked(),
            Frame.close(1005).masked(),
        };
        for (byte[] frame : broken) {
            try (WebSocketProbe client = WebSocketProbe.open(gateway.uri(), "/echo")) {
                client.raw(frame);
                assertEquals(1002, client.closeCode(), () -> "after " + Arrays.toString(frame));
            }
        }
    }

    @Test
    void requestsThatCannotBeServedAreRefusedWithAProblem() throws Exception {
        assertRefused(404, Upgrade.to(gateway.uri(), "/nobody/serves/this"));
        assertRefused(403, Upgrade.to(gateway.uri(), "/echo").origin("http://elsewhere.example"));
        assertRefused(400, Upgrade.to(gateway.uri(), "/live").subprotocol("unknown.v9"));
        assertRefused(426, Upgrade.to(gateway.uri(), "/echo").header("Sec-WebSocket-Version", "12"));
        assertRefused(400, Upgrade.to(gateway.uri(), "/echo").header("Sec-WebSocket-Key", "short"));
    }

    @Test
    void aRequestOfTheSameOriginIsLetIn() throws Exception {
        String origin = "http://" + gateway.uri().getAuthority();
        assertEquals(
                101,
                WebSocketProbe.ask(Upgrade.to(gateway.uri(), "/echo").origin(origin))
                        .status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/points/no/such/point", "/nobody/serves/this", "/nobody.html"})
    void anUnknownPageIsAProblem(String path) throws Exception {
        var answer = gateway.get(path);
        assertEquals(404, answer.statusCode());
        assertEquals(
                "application/problem+json",
                answer.headers().firstValue("Content-Type").orElse("none").replaceFirst(";.*", ""));
        assertTrue(answer.body().contains("\"status\":404"), answer::body);
    }

    private static void assertRefused(int status, Upgrade upgrade) throws IOException {
        WebSocketProbe.Answer answer = WebSocketProbe.ask(upgrade);
        assertEquals(status, answer.status(), answer::toString);
        assertTrue(answer.header("Content-Type").orElse("").startsWith("application/problem+json"), answer::toString);
    }

    private static byte[] piece() {
        return "x".repeat(10_000).getBytes(StandardCharsets.UTF_8);
    }
}
