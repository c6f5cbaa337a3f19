package io.fieldgate.itest;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.itest.subject.SeededUsers;
import io.fieldgate.testkit.GatewayHome;
import io.fieldgate.testkit.GatewayProcess;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Cookie;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;

/** Logging in and out in a real browser, and what pages of other origins get: nothing, unless they may and have a token. */
class LoginPageIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final By NAME = By.id("name");
    private static final By SECRET = By.id("password");
    private static final By SUBMIT = By.id("submit");
    private static final By NOTICE = By.id("notice");
    private static final By SWITCH = By.cssSelector("[data-point='sim/tank/automatic'] .switch");
    private static final String HTTP = "io.fieldgate.transport.http";
    private static final String COOKIE = "fieldgate";
    private static final String SECURE_COOKIE = "__Host-fieldgate";
    private static final Pattern SECURE = Pattern.compile("https://127\\.0\\.0\\.1:\\d+");

    /** All that a page can try at a gateway, with what the browser adds by itself, a log-out at last; answers with what got through. */
    private static final String TRY_EVERYTHING = """
            const [gateway, done] = arguments;
            const socket = gateway.replace(/^http/, "ws") + "/live";
            const opened = (name, make) => new Promise((resolve) => {
              const made = make();
              made.onopen = () => resolve([name]);
              made.onerror = () => { made.close(); resolve([]); };
            });
            const read = (name, path, options) => fetch(gateway + path, { credentials: "include", ...options }).then(() => [name], () => []);
            Promise.all([
              read("read", "/api/points/sim/tank/level"),
              read("who", "/api/me"),
              read("login", "/api/login", { method: "POST", headers: { "Content-Type": "application/json" }, body: "{}" }),
              read("ticket", "/api/tickets", { method: "POST" }),
              read("write", "/api/points/sim/tank/automatic", { method: "PUT", body: '{"value":false}' }),
              read("poll", "/live?subprotocol=fieldgate.live.v1", { headers: { Accept: "application/vnd.fieldgate.poll+json" } }),
              opened("events", () => new EventSource(gateway + "/echo", { withCredentials: true })),
              opened("socket", () => new WebSocket(socket, "fieldgate.live.v1")),
              opened("echo", () => new WebSocket(gateway.replace(/^http/, "ws") + "/echo")),
            ]).then((through) => fetch(gateway + "/api/logout", { method: "POST", mode: "no-cors", credentials: "include" })
              .catch(() => {}).then(() => done(through.flat())));
            """;

    private static final List<String> EVERYTHING =
            List.of("read", "who", "login", "ticket", "write", "poll", "events", "socket", "echo");

    private static final String READ_WITH_CLIENT = """
            const [gateway, options, done] = arguments;
            import("/fieldgate.js").then(async ({ FieldgateLive }) => {
              const live = new FieldgateLive(gateway + "/live", options);
              live.onstate = ({ state, status }) => state === "unauthorized" && done(`unauthorized ${status}`);
              const { value } = await live.read("sim/tank/automatic");
              done(`${live.transport} ${typeof value}`);
              live.close();
            }).catch((failure) => done(String(failure)));
            """;

    private static OtherOrigin stranger;
    private static OtherOrigin partner;
    private static GatewayProcess gateway;
    private static ChromeDriver browser;

    @BeforeAll
    static void start() throws Exception {
        Chromium.require();
        stranger = new OtherOrigin();
        partner = new OtherOrigin();
        gateway = GatewayProcess.start(GatewayHome.create()
                .with(TestBundle.of("users", SeededUsers.class).build())
                .configure("io.fieldgate.security", Map.of("bcrypt.cost", "10"))
                .configure(HTTP, Map.of("origins.allowed", partner.at("127.0.0.1")))
                .configure(HTTP + ".listener-tls", Map.of("port", "0", "tls", "true")));
        browser = Chromium.start(gateway.home().path().resolve("data"));
    }

    @AfterAll
    static void stop() throws Exception {
        if (browser != null) {
            browser.quit();
        }
        if (gateway != null) {
            gateway.close();
        }
        if (stranger != null) {
            stranger.close();
        }
        if (partner != null) {
            partner.close();
        }
    }

    @BeforeEach
    void nobodyIsLoggedIn() {
        browser.get(gateway.uri() + "login/");
        browser.manage().deleteAllCookies();
        browser.executeScript("sessionStorage.clear()");
    }

    @Test
    void anOperatorLogsInFromWhereSheIsWritesAPointAndLogsOut() {
        browser.get(gateway.uri().toString());
        awaitOpen();
        awaitText(By.cssSelector("[data-point='sim/tank/automatic'] .locked"), "Log in as operator to change this");
        assertFalse(browser.findElement(SWITCH).isEnabled());
        browser.findElement(By.id("search")).sendKeys("tank");
        browser.executeScript("document.querySelector(\"[data-point='sim/tank/automatic'] .locked a\").click()");

        await("the login page").atMost(PATIENCE).until(() -> path().startsWith("/login/"));
        assertEquals("/login/?next=%2F", path());
        logInAs(SeededUsers.OPERATOR, SeededUsers.PASSWORD);
        await("the dashboard").atMost(PATIENCE).until(() -> path().equals("/"));
        awaitOpen();
        awaitText(By.id("account"), SeededUsers.OPERATOR + "\noperator");
        assertEquals("tank", browser.findElement(By.id("search")).getDomProperty("value"));

        await("it may be switched")
                .atMost(PATIENCE)
                .until(() -> browser.findElement(SWITCH).isEnabled());
        String before = browser.findElement(SWITCH).getDomAttribute("aria-checked");
        browser.executeScript("arguments[0].click()", browser.findElement(SWITCH));
        await("it is switched")
                .atMost(PATIENCE)
                .until(() -> !before.equals(browser.findElement(SWITCH).getDomAttribute("aria-checked")));

        browser.findElement(By.id("log-out")).click();
        awaitText(NOTICE, "You have logged out, " + SeededUsers.OPERATOR);
        awaitState("unauthorized");
        await("the cookie goes").atMost(PATIENCE).until(() -> cookie() == null);
        assertFalse(browser.findElement(SWITCH).isEnabled());
        browser.findElement(By.id("notice-go-on")).click();
        awaitOpen();
        assertFalse(browser.findElement(NOTICE).isDisplayed());
    }

    @Test
    void theCookieIsNoneThatAPageCanReadOrAnotherSiteCanSend() {
        logIn(SeededUsers.OPERATOR);
        Cookie cookie = cookie();
        assertTrue(cookie.isHttpOnly());
        assertEquals("Strict", cookie.getSameSite());
        assertEquals("/", cookie.getPath());
        assertEquals("", browser.executeScript("return document.cookie"));
    }

    @Test
    void aViewerSeesThatOnlyOperatorsMayWrite() {
        logIn(SeededUsers.VIEWER);
        awaitText(By.cssSelector("[data-point='sim/tank/automatic'] .locked"), "Only operators may change this");
        assertFalse(browser.findElement(SWITCH).isEnabled());
    }

    @Test
    void tellsWhatIsWrongAndCountsDownWhenItWasTooOften() {
        for (int i = 0; i < 5; i++) {
            logInAs(SeededUsers.ANOTHER_OPERATOR, "wrong horse battery");
            awaitText(By.id("message"), "The name or the password is wrong.");
            awaitText(SUBMIT, "Log in");
        }
        assertEquals("true", browser.findElement(SECRET).getDomAttribute("aria-invalid"));
        assertEquals("password", browser.switchTo().activeElement().getDomAttribute("id"));
        assertNull(cookie());

        await("it is locked").atMost(PATIENCE).until(() -> {
            logInAs(SeededUsers.ANOTHER_OPERATOR, "wrong horse battery");
            await("an answer")
                    .atMost(PATIENCE)
                    .until(() -> !text(SUBMIT).equals("Checking…")
                            && !text(By.id("message")).isEmpty());
            return text(By.id("message")).startsWith("There were too many wrong passwords. Wait ");
        });
        awaitText(By.id("message"), "You can try again now.");
        logInAs(SeededUsers.ANOTHER_OPERATOR, SeededUsers.PASSWORD);
        await("the dashboard").atMost(PATIENCE).until(() -> path().equals("/"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"//elsewhere.example/", "/\\elsewhere.example", "https://elsewhere.example/", "/login/"})
    void leadsNowhereElse(String next) {
        browser.get(gateway.uri() + "login/?next=" + URLEncoder.encode(next, StandardCharsets.UTF_8));
        logInAs(SeededUsers.OPERATOR, SeededUsers.PASSWORD);
        await("the dashboard").atMost(PATIENCE).until(() -> path().equals("/"));
        assertTrue(browser.getCurrentUrl().startsWith(gateway.uri().toString()));
    }

    @Test
    void theFormWorksWithoutJavaScript() {
        browser.executeCdpCommand("Emulation.setScriptExecutionDisabled", Map.of("value", true));
        try {
            browser.get(gateway.uri() + "login/");
            logInAs(SeededUsers.OPERATOR, "wrong horse battery");
            await("it says so")
                    .atMost(PATIENCE)
                    .until(() -> browser.findElement(By.id("failed")).isDisplayed());
            assertFalse(browser.findElement(By.id("wait")).isDisplayed());
            assertNull(cookie());
            logInAs(SeededUsers.OPERATOR, SeededUsers.PASSWORD);
            await("the dashboard").atMost(PATIENCE).until(() -> path().equals("/"));
            assertTrue(cookie().isHttpOnly());
        } finally {
            browser.executeCdpCommand("Emulation.setScriptExecutionDisabled", Map.of("value", false));
        }
    }

    @Test
    void aLoginThatEndsElsewhereIsToldAndTheNextOneIsNoticed() throws Exception {
        logIn(SeededUsers.OPERATOR);
        logOutElsewhere();
        awaitText(NOTICE, "The login of " + SeededUsers.OPERATOR + " has ended");
        awaitState("unauthorized");

        String page = browser.getWindowHandle();
        browser.switchTo().newWindow(WindowType.TAB);
        browser.get(gateway.uri() + "login/");
        logInAs(SeededUsers.VIEWER, SeededUsers.PASSWORD);
        await("the dashboard").atMost(PATIENCE).until(() -> path().equals("/"));
        browser.close();
        browser.switchTo().window(page);
        browser.executeScript("window.dispatchEvent(new Event('focus'))");
        awaitOpen();
        awaitText(By.id("account"), SeededUsers.VIEWER);
        assertFalse(browser.findElement(NOTICE).isDisplayed());
    }

    @Test
    void whoMustLogInIsLedToThePageAndLedThereAgainWhenTheLoginHasEnded() throws Exception {
        try (TcpGate gate = new TcpGate(gateway.uri())) {
            letNobodyInWithoutLogin(true);
            browser.get(gate.address());
            await("the login page").atMost(PATIENCE).until(() -> path().equals("/login/?next=%2F"));
            logIn(SeededUsers.OPERATOR);
            gate.shut();
            awaitState("lost");
            logOutElsewhere();
            gate.open();
            awaitState("unauthorized");
            awaitText(NOTICE, "The login of " + SeededUsers.OPERATOR + " has ended");
            assertFalse(browser.findElement(By.id("notice-go-on")).isDisplayed());
            browser.findElement(By.id("notice-log-in")).click();
            await("the login page").atMost(PATIENCE).until(() -> path().equals("/login/?next=%2F"));
        } finally {
            letNobodyInWithoutLogin(false);
        }
    }

    @Test
    void loggingInByTlsMakesACookieThatGoesByTlsOnly() {
        browser.get(secureOrigin() + "/login/");
        logIn(SeededUsers.OPERATOR);
        Cookie cookie = browser.manage().getCookieNamed(SECURE_COOKIE);
        assertTrue(cookie.isSecure());
        assertTrue(cookie.isHttpOnly());
        assertEquals("Strict", cookie.getSameSite());
        assertNull(cookie());
        assertEquals("https:", browser.executeScript("return location.protocol"));
        browser.findElement(By.id("log-out")).click();
        awaitText(NOTICE, "You have logged out, " + SeededUsers.OPERATOR);
        await("the cookie goes").atMost(PATIENCE).until(() -> browser.manage().getCookieNamed(SECURE_COOKIE) == null);
    }

    @Test
    void aTicketOpensOneSocket() {
        logIn(SeededUsers.OPERATOR);
        assertEquals(List.of("opened", "refused"), browser.executeAsyncScript("""
                        const done = arguments[0];
                        const open = (url) => new Promise((resolve) => {
                          const socket = new WebSocket(url, "fieldgate.live.v1");
                          socket.onopen = () => { socket.close(); resolve("opened"); };
                          socket.onerror = () => resolve("refused");
                        });
                        fetch("/api/tickets", { method: "POST" }).then((response) => response.json()).then(async ({ ticket }) => {
                          const url = `/live?fieldgate-ticket=${encodeURIComponent(ticket)}`;
                          done([await open(new URL(url, location.href.replace(/^http/, "ws"))), await open(new URL(url, location.href.replace(/^http/, "ws")))]);
                        }).catch((failure) => done([String(failure)]));
                        """));
    }

    /** Or else the next test would show nothing. */
    @Test
    void aPageOfTheGatewayGetsEverything() {
        logIn(SeededUsers.OPERATOR);
        assertEquals(EVERYTHING, browser.executeAsyncScript(TRY_EVERYTHING, origin()));
        assertNull(cookie());
    }

    /** A page of another port is of the same site, so browsers send it the cookie, unlike one of another name. */
    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost"})
    void aPageOfAnotherOriginGetsNothing(String name) {
        logIn(SeededUsers.OPERATOR);
        String cookie = cookie().getValue();
        browser.get(stranger.at(name) + '/');
        assertEquals(List.of(), browser.executeAsyncScript(TRY_EVERYTHING, origin()));

        browser.executeScript("""
                const form = document.createElement("form");
                form.method = "post";
                form.action = arguments[0] + "/api/logout";
                document.body.append(form);
                form.submit();
                """, origin());
        await("the form was posted").atMost(PATIENCE).until(() -> path().equals("/api/logout"));
        browser.get(gateway.uri().toString());
        awaitText(By.id("account"), SeededUsers.OPERATOR);
        assertEquals(cookie, cookie().getValue());
    }

    /** Cookies know no ports, so what another server of this machine gets shows what the gateway would. */
    @Test
    void anotherSiteDoesNotGetTheCookieSent() {
        logIn(SeededUsers.OPERATOR);
        browser.get(stranger.at("localhost") + '/');
        browser.executeAsyncScript("""
                const [elsewhere, done] = arguments;
                fetch(elsewhere + "/fetched", { mode: "no-cors", credentials: "include" }).finally(() => done());
                """, stranger.at("127.0.0.1"));
        browser.executeScript("""
                const form = document.createElement("form");
                form.method = "post";
                form.action = arguments[0] + "/posted";
                document.body.append(form);
                form.submit();
                """, stranger.at("127.0.0.1"));
        await("both have come")
                .atMost(PATIENCE)
                .until(() -> !stranger.cookiesSentTo("/posted").isEmpty());
        assertEquals(List.of(""), stranger.cookiesSentTo("/fetched"));
        assertEquals(List.of(""), stranger.cookiesSentTo("/posted"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"websocket", "sse", "poll"})
    void aPageOfAnAllowedOriginWorksWithAToken(String transport) throws Exception {
        browser.get(partner.at("127.0.0.1") + '/');
        for (boolean ticket : List.of(false, true)) {
            assertEquals(
                    transport + " boolean",
                    browser.executeAsyncScript(
                            READ_WITH_CLIENT,
                            origin(),
                            Map.of("transports", List.of(transport), "token", token(), "ticket", ticket)));
        }
        assertEquals(
                "unauthorized 401",
                browser.executeAsyncScript(
                        READ_WITH_CLIENT,
                        origin(),
                        Map.of("transports", List.of(transport), "token", "fg_" + "A".repeat(43))));
    }

    @Test
    void aTokenOpensASocketThatHasNoSubprotocol() throws Exception {
        browser.get(partner.at("127.0.0.1") + '/');
        assertEquals("websocket hello", browser.executeAsyncScript("""
                        const [gateway, token, done] = arguments;
                        import("/fieldgate.js").then(({ FieldgateSocket }) => {
                          const socket = new FieldgateSocket(gateway + "/echo", { token });
                          socket.onmessage = ({ data }) => { done(`${socket.transport} ${data}`); socket.close(); };
                          socket.send("hello");
                        }).catch((failure) => done(String(failure)));
                        """, origin(), token()));
    }

    private static void logIn(String name) {
        logInAs(name, SeededUsers.PASSWORD);
        await("the dashboard").atMost(PATIENCE).until(() -> path().equals("/"));
        awaitOpen();
        awaitText(By.id("account"), name);
    }

    private static void logOutElsewhere() throws Exception {
        HttpRequest logOut = HttpRequest.newBuilder(gateway.uri().resolve("/api/logout"))
                .header("Cookie", COOKIE + '=' + cookie().getValue())
                .header("Origin", origin())
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        HttpResponse<Void> answer = HttpClient.newHttpClient().send(logOut, BodyHandlers.discarding());
        assertEquals(204, answer.statusCode());
    }

    private static void letNobodyInWithoutLogin(boolean nobody) throws Exception {
        gateway.home()
                .configure(
                        HTTP,
                        Map.of(
                                "origins.allowed",
                                partner.at("127.0.0.1"),
                                "loopback.role",
                                nobody ? "none" : "viewer"));
        await("it counts").atMost(PATIENCE).until(() -> gateway.get("/api/me").statusCode() == (nobody ? 401 : 200));
    }

    /** The certificate is made first, which takes a moment. */
    private static String secureOrigin() {
        await("the port with TLS is open")
                .atMost(PATIENCE)
                .until(() -> SECURE.matcher(gateway.log()).find());
        return SECURE.matcher(gateway.log())
                .results()
                .map(MatchResult::group)
                .findFirst()
                .orElseThrow();
    }

    private static void logInAs(String name, String password) {
        for (Map.Entry<By, String> field : Map.of(NAME, name, SECRET, password).entrySet()) {
            WebElement element = browser.findElement(field.getKey());
            element.clear();
            element.sendKeys(field.getValue());
        }
        browser.findElement(SUBMIT).click();
    }

    private static String token() throws Exception {
        return Files.readString(gateway.home().path().resolve("data/security/admin.token"))
                .strip();
    }

    private static Cookie cookie() {
        return browser.manage().getCookieNamed(COOKIE);
    }

    private static String origin() {
        return "http://" + gateway.uri().getAuthority();
    }

    private static String path() {
        String url = browser.getCurrentUrl();
        return url.substring(url.indexOf('/', "https://".length()));
    }

    private static void awaitOpen() {
        awaitState("open");
    }

    private static void awaitState(String state) {
        await("the page is " + state)
                .atMost(PATIENCE)
                .until(() -> !browser.findElements(By.cssSelector("#connection[data-state='" + state + "']"))
                        .isEmpty());
    }

    private static void awaitText(By element, String words) {
        await(element + " says: " + words)
                .atMost(PATIENCE)
                .until(() -> text(element).contains(words));
    }

    private static String text(By element) {
        return browser.findElements(element).stream()
                .findFirst()
                .map(WebElement::getText)
                .orElse("");
    }
}
