package io.fieldgate.itest;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
    private static final Pattern VALUE = Pattern.compile("\"value\":(\\d+)");

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
    void isServedSoThatAnUpdateIsSeenAtOnce() throws Exception {
        HttpResponse<String> script = gateway.get("/client/fieldgate.js");
        assertEquals(
                Files.readString(Sources.root().resolve("bundles/client/src/main/resources/client/fieldgate.js")),
                script.body());
        HttpHeaders headers = script.headers();
        assertEquals(
                "text/javascript;charset=utf-8",
                headers.firstValue("Content-Type").orElseThrow());
        assertEquals("no-cache", headers.firstValue("Cache-Control").orElseThrow());
        assertFalse(headers.firstValue("ETag").orElseThrow().startsWith("W/"));
        assertEquals(404, gateway.get("/client/none.js").statusCode());
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

    @ParameterizedTest
    @CsvSource({"websocket, 0.1.1", "sse, 0.1.2", "poll, 0.1.3"})
    void doesNotNoticeAnUpdateOfTheHandler(String transport, String version) throws Exception {
        leaveOnly(transport);
        follow(transport);
        List<String> sessions = sessions(transport);
        gateway.deploy(BundleJar.of(Distribution.bundle(LIVE)).reversioned(version), "live.jar");
        gateway.bundles().awaitVersion(LIVE, version);
        awaitMore();
        assertUnbroken();
        assertSameSession(sessions, sessions(transport));
        assertEquals(List.of("open"), states());
        assertEquals(1L, evaluate("seen.sessions"));
    }

    @Test
    void tellsOfAGapThatCannotBeFilled() {
        assertEquals("", browser.executeAsyncScript(FOLLOW, Map.of("since", 1, "epoch", "of another run")));
        awaitMore();
        assertEquals(List.of("0 true true"), evaluate("seen.lagged"));
    }

    /** The ring holds 100 samples, a client that was away for longer lacks the rest. */
    @Test
    void tellsHowManySamplesWereMissed() throws Exception {
        GatewayHome home = GatewayHome.create()
                .with(TestBundle.of("count", CountDriver.class).build())
                .configure("io.fieldgate.core.points", Map.of("ring.samples", "100"));
        try (GatewayProcess forgetful = GatewayProcess.start(home);
                TcpGate own = new TcpGate(forgetful.uri())) {
            own.forbid(WEBSOCKET, STREAM);
            browser.get(own.address() + "client/package.json");
            follow("poll");
            own.shut();
            String counted = "/api/points/count/up/number";
            int before = number(forgetful.get(counted).body());
            await("the ring has gone round")
                    .atMost(PATIENCE)
                    .until(() -> number(forgetful.get(counted).body()) > before + 200);
            own.open();
            await("it is told").atMost(PATIENCE).until(() -> evaluate("seen.lagged.length > 0") == Boolean.TRUE);
            awaitMore();
            assertEquals(1L, evaluate("seen.sessions"), "sessions");
            List<?> told = (List<?>) evaluate("seen.lagged");
            List<Long> values = values();
            long lacking = values.get(values.size() - 1) - values.get(0) + 1 - values.size();
            long missed = told.stream()
                    .map(lagged -> String.valueOf(lagged).split(" "))
                    .filter(words -> words[1].equals("false"))
                    .mapToLong(words -> Long.parseLong(words[0]))
                    .sum();
            assertTrue(missed > 0 && missed <= lacking, () -> told + " is told, " + lacking + " are lacking");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sse", "poll"})
    void fallsBackAndHoldsItsSession(String transport) throws Exception {
        leaveOnly(transport);
        follow(transport);
        List<String> sessions = sessions(transport);
        comesThroughLosses();
        assertSameSession(sessions, sessions(transport));
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

    /** Leaves only what comes behind the transports that are preferred to this one. */
    private static void leaveOnly(String transport) {
        switch (transport) {
            case "sse" -> gate.forbid(WEBSOCKET);
            case "poll" -> gate.forbid(WEBSOCKET, STREAM);
            default -> gate.forbid();
        }
    }

    /** The ids of the sessions of a transport. Of a page before there may be one yet that is about to go. */
    private static List<String> sessions(String transport) throws Exception {
        return gateway.shell("fg:sessions", "/live")
                .orFail()
                .lines()
                .map(line -> line.strip().split(" +"))
                .filter(columns -> columns.length > 2 && columns[2].equals(transport))
                .map(columns -> columns[0])
                .toList();
    }

    private static void assertSameSession(List<String> before, List<String> after) {
        assertFalse(after.isEmpty());
        assertTrue(before.containsAll(after), () -> before + " became " + after);
    }

    private static int number(String sample) {
        Matcher value = VALUE.matcher(sample);
        assertTrue(value.find(), sample);
        return Integer.parseInt(value.group(1));
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
