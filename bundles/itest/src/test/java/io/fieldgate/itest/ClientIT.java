package io.fieldgate.itest;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fieldgate.itest.subject.CountDriver;
import io.fieldgate.testkit.BundleJar;
import io.fieldgate.testkit.Distribution;
import io.fieldgate.testkit.GatewayHome;
import io.fieldgate.testkit.GatewayProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.chrome.ChromeDriver;

/** The JavaScript client in a real browser: its own tests, and how it comes through losses of the connection to a real gateway. */
class ClientIT {

    private static final String LIVE = "io.fieldgate.handler.live";
    private static final String WEBSOCKET = "Upgrade: websocket";
    private static final String STREAM = "Accept: text/event-stream";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int ENOUGH = 25;

    /** Subscribes to the counter and keeps account of what comes; answers when the gateway has agreed. */
    private static final String FOLLOW = """
            const done = arguments[1];
            const seen = (window.seen = { values: [], states: [], lagged: [], sessions: 0 });
            import("/client/fieldgate.js").then(async ({ FieldgateLive }) => {
              const live = (window.live = new FieldgateLive("/live", { firstRetryMs: 100 }));
              live.onstate = ({ state }) => seen.states.push(state);
              live.onlagged = ({ missed, gap, restarted }) => seen.lagged.push(`${missed} ${gap} ${restarted}`);
              live.ondevices = () => seen.sessions++;
              await live.subscribe(["count/up/number"], { mode: "every", ...arguments[0] }, (samples) =>
                seen.values.push(...samples.map(({ value }) => value)));
              done("");
            }).catch((failure) => done(String(failure)));
            """;

    private static GatewayProcess gateway;
    private static TcpGate gate;
    private static ChromeDriver browser;

    @BeforeAll
    static void start() throws Exception {
        Chromium.require();
        gateway = GatewayProcess.start(GatewayHome.create()
                .with(TestBundle.of("count", CountDriver.class).build())
                .configure("io.fieldgate.transport.http", Map.of("loopback.role", "operator")));
        gate = new TcpGate(gateway.uri());
        browser = Chromium.start(gateway.home().path().resolve("data"));
    }

    @AfterAll
    static void stop() throws Exception {
        if (browser != null) {
            browser.quit();
        }
        if (gate != null) {
            gate.close();
        }
        if (gateway != null) {
            gateway.close();
        }
    }

    @BeforeEach
    void aFreshPage() {
        gate.open();
        gate.forbid();
        browser.get(gate.address() + "client/package.json");
        browser.executeScript("sessionStorage.clear()");
    }

    @Test
    void passesItsOwnTests() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", ClientIT::sendSource);
        server.start();
        try {
            browser.get("http://127.0.0.1:" + server.getAddress().getPort() + "/src/test/js/index.html");
            await("the tests have run")
                    .atMost(PATIENCE.multipliedBy(3))
                    .until(() -> evaluate("window.report != null") == Boolean.TRUE);
            assertEquals(List.of(), evaluate("window.report.failed"));
            assertTrue((Long) evaluate("window.report.count") > 50);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void readsNumbersThatAreTooLargeForJavaScriptAndBytes() {
        assertEquals("1152921504606846977n 0,1,255", browser.executeAsyncScript("""
                        const done = arguments[0];
                        import("/client/fieldgate.js").then(async ({ FieldgateLive }) => {
                          const live = new FieldgateLive();
                          const [large, raw] = await live.read(["count/up/large", "count/up/raw"]);
                          live.close();
                          done(`${large.value}${typeof large.value === "bigint" ? "n" : ""} ${raw.value}`);
                        }).catch((failure) => done(String(failure)));
                        """));
    }

    @Test
    void goesOnWhereItWasAfterCutsAndAnOutage() {
        follow("websocket");
        comesThroughLosses();
        assertTrue(states().contains("waiting"), () -> states().toString());
    }

    @Test
    void doesNotNoticeAnUpdateOfTheHandler() throws Exception {
        follow("websocket");
        gateway.deploy(BundleJar.of(Distribution.bundle(LIVE)).reversioned("0.1.1"), "live.jar");
        gateway.bundles().awaitVersion(LIVE, "0.1.1");
        awaitMore();
        assertUnbroken();
        assertEquals(List.of("open"), states());
        assertEquals(1L, evaluate("seen.sessions"));
    }

    @Test
    void tellsOfAGapThatCannotBeFilled() {
        assertEquals("", browser.executeAsyncScript(FOLLOW, Map.of("since", 1, "epoch", "of another run")));
        awaitMore();
        assertEquals(List.of("0 true true"), evaluate("seen.lagged"));
    }

    @Test
    void fallsBackToServerSentEvents() {
        gate.forbid(WEBSOCKET);
        follow("sse");
        comesThroughLosses();
        assertEquals(1L, evaluate("seen.sessions"), "sessions");
    }

    @Test
    void fallsBackToLongPoll() {
        gate.forbid(WEBSOCKET, STREAM);
        follow("poll");
        comesThroughLosses();
        assertEquals(1L, evaluate("seen.sessions"), "sessions");
    }

    @ParameterizedTest
    @ValueSource(strings = {"websocket", "sse", "poll"})
    void carriesWhatBothSidesSayOnceAndInOrder(String transport) {
        assertEquals("echoed", browser.executeAsyncScript("""
                        const [transport, done] = arguments;
                        import("/client/fieldgate.js").then(({ FieldgateSocket }) => {
                          const socket = new FieldgateSocket("/echo", { transports: [transport], queueMaxMessages: 500 });
                          const sent = Array.from({ length: 300 }, (_, i) => (i % 3 ? `line ${i}\\r\\nand\\n` : Uint8Array.of(i, 255)));
                          const shown = (data) => (typeof data === "string" ? data : `${new Uint8Array(data.buffer ?? data)}`);
                          const got = [];
                          socket.onclose = ({ code, reason }) => done(`closed with ${code} ${reason}`);
                          socket.onmessage = ({ data }) => {
                            got.push(shown(data));
                            if (got.length === sent.length) {
                              const wrong = got.findIndex((text, i) => text !== shown(sent[i]));
                              socket.onclose = () => done(wrong < 0 ? "echoed" : `message ${wrong} is ${got[wrong]}`);
                              socket.close();
                            }
                          };
                          sent.forEach((data) => socket.send(data));
                        }).catch((failure) => done(String(failure)));
                        """, transport));
    }

    @Test
    void theDashboardSaysHowItIsConnectedAndWhyNot() {
        browser.get(gate.address());
        awaitConnection("open", "Live");
        gate.shut();
        awaitConnection("lost", "No connection, trying again");
        gate.open();
        awaitConnection("open", "Live");

        browser.executeCdpCommand("Network.setCacheDisabled", Map.of("cacheDisabled", true));
        gate.forbid("/client/fieldgate.js");
        browser.navigate().refresh();
        awaitConnection("closed", "/client/fieldgate.js, cannot be loaded");
    }

    @Test
    void theDashboardSaysThatItPolls() {
        gate.forbid(WEBSOCKET, STREAM);
        browser.get(gate.address());
        awaitConnection("open", "Live, by long poll");
    }

    private static void comesThroughLosses() {
        for (int i = 0; i < 3; i++) {
            gate.cut();
            awaitMore();
        }
        gate.shut();
        await("it is waiting").atMost(PATIENCE).until(() -> "waiting".equals(evaluate("live.state")));
        gate.open();
        awaitMore();
        assertUnbroken();
        assertEquals(List.of(), evaluate("seen.lagged"));
    }

    private static void follow(String transport) {
        assertEquals("", browser.executeAsyncScript(FOLLOW, Map.of()));
        awaitMore();
        assertEquals(transport, evaluate("live.transport"));
    }

    private static void awaitMore() {
        int before = values().size();
        await("more comes").atMost(PATIENCE).until(() -> values().size() > before + ENOUGH);
    }

    /** Each number that was counted since the first one, once and in order. */
    private static void assertUnbroken() {
        List<Long> values = values();
        List<Long> counted = LongStream.range(values.get(0), values.get(0) + values.size())
                .boxed()
                .toList();
        assertEquals(counted, values);
    }

    /** A number is a Long, as all that is counted here. */
    private static List<Long> values() {
        return ((List<?>) evaluate("seen.values"))
                .stream().map(Long.class::cast).toList();
    }

    private static List<String> states() {
        return ((List<?>) evaluate("seen.states")).stream().map(String::valueOf).toList();
    }

    private static void awaitConnection(String state, String words) {
        By element = By.cssSelector("#connection[data-state='" + state + "']");
        await("the page says: " + words)
                .atMost(PATIENCE)
                .until(() -> browser.findElements(element).stream()
                        .anyMatch(found -> found.getText().contains(words)));
    }

    private static Object evaluate(String expression) {
        return browser.executeScript("return " + expression);
    }

    private static void sendSource(HttpExchange exchange) throws IOException {
        Path root = Sources.root().resolve("bundles/client");
        Path file =
                root.resolve(exchange.getRequestURI().getPath().substring(1)).normalize();
        try (exchange) {
            if (!file.startsWith(root) || !Files.isRegularFile(file)) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            byte[] content = Files.readAllBytes(file);
            String type = file.toString().endsWith(".js") ? "text/javascript" : "text/html";
            exchange.getResponseHeaders().set("Content-Type", type + ";charset=utf-8");
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content);
        }
    }
}
