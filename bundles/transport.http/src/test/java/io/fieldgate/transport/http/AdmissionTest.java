package io.fieldgate.transport.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.api.gateway.Gateway;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.ServiceRegistration;

/** Who may come in, in a real framework with Felix HTTP as it is shipped and somebody who knows users. */
class AdmissionTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String OWN = "Origin: http://localhost";

    @TempDir
    static Path cache;

    private static InFelix felix;
    private static String url;

    @BeforeAll
    static void start() throws Exception {
        felix = new InFelix(cache, Map.of(Gateway.HTTP, "127.0.0.1:0", InFelix.SECURITY, "yes"));
        felix.ready();
        url = felix.announced(Gateway.LISTENING, "fieldgate.url");
    }

    @AfterAll
    static void stop() throws Exception {
        felix.close();
    }

    @BeforeEach
    void beginWithDefaults() throws Exception {
        configure(Map.of());
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "Authorization: Bearer ci,                                              token:ci operator=true",
                "Authorization: bearer   ci,                                            token:ci operator=true",
                "Sec-WebSocket-Protocol: fieldgate.token.guest,                         token:guest operator=false",
                "\"Sec-WebSocket-Protocol: a, fieldgate.token.guest\",                  token:guest operator=false",
                "Cookie: fieldgate=anna,                                                anna operator=true",
                "Cookie: a=b; fieldgate=anna; c=d,                                      anna operator=true",
                "Cookie: __Host-fieldgate=anna,                                         null operator=false",
                "Cookie: fieldgate=bad,                                                 null operator=false",
                "Cookie: notfieldgate=anna,                                             null operator=false",
            })
    void takesEachKindOfCredentials(String header, String who) throws IOException {
        String answer = ask("/servlet/x", header);
        assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
        String[] expected = who.split(" ", 2);
        assertTrue(answer.endsWith(expected[0] + " viewer=true " + expected[1]), answer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Authorization: Bearer bad",
                "Authorization: Bearer",
                "Authorization: Digest username=anna",
                "Authorization: Basic !",
                "Authorization: Basic bm9jb2xvbg==",
                "Authorization: Bearer bad\r\nCookie: fieldgate=anna",
                "Authorization: Bearer ci\r\nAuthorization: Bearer ci",
                "Sec-WebSocket-Protocol: fieldgate.token.bad"
            })
    void neverTakesBadCredentialsForNone(String headers) throws IOException {
        String answer = ask("/servlet/x", headers);
        assertTrue(answer.startsWith("HTTP/1.1 401 "), answer);
        assertTrue(answer.contains("WWW-Authenticate: Bearer\r\n"), answer);
        assertTrue(answer.contains("WWW-Authenticate: Basic realm=\"Fieldgate\", charset=\"UTF-8\"\r\n"), answer);
        assertTrue(answer.contains("application/problem+json"), answer);
        assertFalse(ask("/servlet/x", headers, "Sec-Fetch-Mode: cors").contains("Basic realm"));
    }

    @Test
    void takesATicketOnce() throws IOException {
        assertTrue(ask("/servlet/x?a=b&fieldgate-ticket=one").contains("ticket-one"));
        assertTrue(ask("/servlet/x?fieldgate-ticket=one").startsWith("HTTP/1.1 401 "));
        assertTrue(ask("/servlet/x?fieldgate%2Dticket=two").contains("ticket-two"));
    }

    @Test
    void hidesEverySecretFromThoseBehind() throws IOException {
        String answer = ask(
                "/servlet/all?a=%20b&fieldgate-ticket=SECRET&c",
                "Cookie: one=1; fieldgate=SECRET; __Host-fieldgate=SECRET",
                "Cookie: two=2",
                "Sec-WebSocket-Protocol: first, fieldgate.token.SECRET,second",
                "Authorization: Bearer ci",
                "Forwarded: for=SECRET",
                "X-Forwarded-For: SECRET",
                "X-Forwarded-Prefix: SECRET",
                "X-Real-IP: SECRET");
        assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
        assertFalse(answer.contains("SECRET"), answer);
        assertFalse(answer.contains("Bearer"), answer);
        assertTrue(answer.contains("user=token:ci\n"), answer);
        assertTrue(answer.contains("query=a=%20b&c\n"), answer);
        assertTrue(answer.contains("parameters=[a, c]\n"), answer);
        assertTrue(answer.contains("header Cookie=[one=1, two=2]"), answer);
        assertTrue(answer.contains("header Sec-WebSocket-Protocol=[first, second]"), answer);
    }

    @Test
    void waitsForPasswordsWithoutAThread() throws IOException {
        List<RawClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < 20; i++) {
                RawClient client = new RawClient(url);
                clients.add(client);
                client.get("/servlet/x", basic("bob", "any"));
            }
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() ->
                            ask("/servlet/x", "Authorization: Bearer waiting").contains("20 wait"));
            assertTrue(ask("/servlet/x", "Authorization: Bearer decide").startsWith("HTTP/1.1 200 "));
            int good = 0;
            for (RawClient client : clients) {
                String answer = client.answer();
                boolean known = answer.endsWith("bob viewer=true operator=true");
                assertTrue(known || answer.startsWith("HTTP/1.1 401 "), answer);
                assertEquals(1, answer.split("Vary:", -1).length - 1, answer);
                good += known ? 1 : 0;
            }
            assertEquals(10, good);
        } finally {
            for (RawClient client : clients) {
                client.close();
            }
        }
    }

    @Test
    void saysWhenToComeAgain() throws IOException {
        String answer = ask("/servlet/x", basic("bob", "later"));
        assertTrue(answer.startsWith("HTTP/1.1 429 "), answer);
        assertTrue(answer.contains("Retry-After: 5\r\n"), answer);
    }

    @Test
    void clearsTheCookieOfALoginThatHasEnded() throws IOException {
        String cleared = "Set-Cookie: fieldgate=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict\r\n";
        assertTrue(ask("/servlet/x", "Cookie: fieldgate=bad").contains(cleared));
        assertFalse(ask("/servlet/x", "Cookie: fieldgate=anna").contains("Set-Cookie"));
        assertFalse(ask("/servlet/x").contains("Set-Cookie"));
    }

    @Test
    void letsNobodyInWithoutCredentialsIfSoConfigured() throws Exception {
        configure(Map.of("loopback.role", "none"));
        String answer = ask("/servlet/x");
        assertTrue(answer.startsWith("HTTP/1.1 401 "), answer);
        assertTrue(ask("/any/path", "Connection: Upgrade\r\nUpgrade: test").startsWith("HTTP/1.1 401 "));
        assertTrue(ask("/servlet/x", "Authorization: Bearer ci").startsWith("HTTP/1.1 200 "));
        String login = ask("/servlet/x?a=b&c=%20", "Accept: text/html");
        assertTrue(login.startsWith("HTTP/1.1 303 "), login);
        assertTrue(login.contains("Location: /login/?next=%2Fservlet%2Fx%3Fa%3Db%26c%3D%2520\r\n"), login);
        assertTrue(ask("/servlet/x", "Accept: text/html", "X-Requested-With: XMLHttpRequest")
                .startsWith("HTTP/1.1 401 "));
        String elsewhere = ask("//evil.example/", "Accept: text/html");
        assertTrue(elsewhere.startsWith("HTTP/1.1 400 "), elsewhere);
        assertTrue(ask("/login/").endsWith("null viewer=false operator=false"));
        assertTrue(ask("/login/style.css").startsWith("HTTP/1.1 200 "));
        assertTrue(send("POST", "/api/login").startsWith("HTTP/1.1 200 "));
        assertTrue(ask("/api/login").startsWith("HTTP/1.1 401 "));
        assertTrue(send("POST", "/login/").startsWith("HTTP/1.1 401 "));
        assertTrue(ask("/login").startsWith("HTTP/1.1 401 "));
    }

    @ParameterizedTest
    @CsvSource({
        "GET,  '',                            '',                     200",
        "HEAD, '',                            '',                     200",
        "POST, '',                            '',                     403",
        "PUT,  '',                            '',                     403",
        "POST, 'Origin: http://localhost',    '',                     200",
        "POST, 'Origin: http://evil.example', '',                     403",
        "POST, '',                            same-origin,            200",
        "POST, '',                            same-site,              403",
        "POST, '',                            cross-site,             403",
        "POST, 'Origin: http://evil.example', same-origin,            403",
        "POST, 'Origin: null',                '',                     403",
    })
    void wantsToKnowWhichPageAsksWhereABrowserSendsACookie(String method, String origin, String site, int status)
            throws IOException {
        List<String> headers = new ArrayList<>(List.of("Cookie: fieldgate=anna"));
        if (!origin.isEmpty()) {
            headers.add(origin);
        }
        if (!site.isEmpty()) {
            headers.add("Sec-Fetch-Site: " + site);
        }
        String answer = send(method, "/servlet/x", headers.toArray(String[]::new));
        assertTrue(answer.startsWith("HTTP/1.1 " + status + ' '), answer);
        headers.set(0, "Authorization: Bearer ci");
        int byToken = origin.contains("evil") || origin.contains("null") ? 403 : 200;
        assertTrue(send(method, "/servlet/x", headers.toArray(String[]::new)).startsWith("HTTP/1.1 " + byToken + ' '));
    }

    @Test
    void wantsToKnowWhichPageAsksForAnUpgrade() throws IOException {
        String upgrade = "Connection: Upgrade\r\nUpgrade: test\r\nCookie: fieldgate=anna";
        assertTrue(ask("/any", upgrade).startsWith("HTTP/1.1 403 "));
        assertTrue(ask("/any", upgrade, OWN).startsWith("HTTP/1.1 101 "));
        assertTrue(audited().contains("anna 127.0.0.1 request GET /any REFUSED"));
    }

    @Test
    void holdsTheRoleAgainstThePath() throws Exception {
        configure(Map.of(
                "access", new String[] {"GET /servlet/open viewer", "/servlet/* operator", "/page/hello.txt admin"}));
        assertTrue(ask("/servlet/open").startsWith("HTTP/1.1 200 "));
        assertTrue(ask("/servlet/x").startsWith("HTTP/1.1 401 "), "anonymous");
        assertTrue(ask("/servlet/x", "Accept: text/html").startsWith("HTTP/1.1 303 "));
        String refused = ask("/servlet/x", "Authorization: Bearer guest");
        assertTrue(refused.startsWith("HTTP/1.1 403 "), refused);
        assertTrue(refused.endsWith("\"detail\":\"this needs the role operator\"}"), refused);
        assertTrue(ask("/servlet/x", "Authorization: Bearer ci").startsWith("HTTP/1.1 200 "));
        assertTrue(ask("/page/hello.txt", "Authorization: Bearer ci").startsWith("HTTP/1.1 403 "));
        assertTrue(ask("/page/hello.txt", "Cookie: fieldgate=anna").startsWith("HTTP/1.1 200 "));
        assertTrue(audited().contains("token:guest 127.0.0.1 request GET /servlet/x REFUSED"));
    }

    @Test
    void believesAProxyAndNobodyElse() throws Exception {
        String spoofed = ask("/servlet/all", "X-Forwarded-For: 192.0.2.9", "X-Forwarded-Proto: https");
        assertTrue(spoofed.contains("client=127.0.0.1\nsecure=false"), spoofed);
        configure(Map.of("proxies", "127.0.0.1"));
        String anonymous = ask("/servlet/x");
        assertTrue(anonymous.startsWith("HTTP/1.1 401 "), "who comes from beyond a proxy is not of this machine");
        assertTrue(ask("/servlet/x", "X-Forwarded-For: 127.0.0.1").startsWith("HTTP/1.1 401 "));
        String told = ask(
                "/servlet/all",
                "Authorization: Bearer ci",
                "Forwarded: for=203.0.113.7, for=\"[2001:db8::7]:4711\";proto=https;host=\"localhost:8443\"");
        assertTrue(told.contains("client=[2001:db8:0:0:0:0:0:7]\nsecure=true\n"), told);
        assertTrue(told.contains("url=https://localhost:8443/servlet/all\n"), told);
        assertTrue(told.contains("header Host=[localhost:8443]"), told);
        assertTrue(ask("/servlet/x", "Authorization: Bearer ci", "Forwarded: for=1.2.3.4;host=evil.example")
                .startsWith("HTTP/1.1 421 "));
        String bad = ask("/servlet/x", "Authorization: Bearer ci", "Forwarded: for=\"");
        assertTrue(bad.startsWith("HTTP/1.1 400 ") && bad.contains("application/problem+json"), bad);
        String https = "Forwarded: for=1.2.3.4;proto=https;host=localhost";
        assertTrue(
                ask("/servlet/x", "Cookie: __Host-fieldgate=anna", https).endsWith("anna viewer=true operator=true"));
        assertTrue(ask("/servlet/x", "Cookie: __Host-fieldgate=bad", https).contains("; Secure\r\n"));
        assertTrue(ask("/servlet/x", "Authorization: Bearer ci", https, "Origin: https://localhost")
                .startsWith("HTTP/1.1 200 "));
        assertTrue(ask("/servlet/x", "Authorization: Bearer ci", https, OWN).startsWith("HTTP/1.1 403 "));
    }

    @Test
    void endsTheOpenRequestsOfARevokedGrantAndOfNobodyElse() throws IOException {
        try (RawClient ci = held("Authorization: Bearer ci");
                RawClient other = held("Authorization: Bearer other");
                RawClient anna = held("Cookie: fieldgate=anna");
                RawClient anonymous = held("Accept: */*")) {
            ask("/servlet/x", "Authorization: Bearer revoke-token:other");
            assertThrows(EOFException.class, () -> other.readByte());
            assertTrue(ci.isQuiet() && anna.isQuiet() && anonymous.isQuiet());
        }
    }

    @Test
    void servesNobodyNewWhileWhoeverKnowsTheUsersIsAway() throws Exception {
        try (RawClient upgraded = new RawClient(url);
                LogLines log = new LogLines()) {
            upgraded.get("/any/path", "Connection: Upgrade\r\nUpgrade: test");
            upgraded.answer();
            felix.security().stop();
            try {
                String answer = ask("/servlet/x");
                assertTrue(answer.startsWith("HTTP/1.1 503 "), answer);
                assertTrue(answer.contains("Retry-After: 2\r\n"), answer);
                upgraded.send("still");
                assertEquals("still", upgraded.bytes(5));
            } finally {
                felix.security().start();
            }
            Awaitility.await().atMost(PATIENCE).until(() -> ask("/servlet/x").startsWith("HTTP/1.1 200 "));
            assertEquals(
                    1,
                    log.details().stream()
                            .filter(line -> line.startsWith("the security bundle has gone"))
                            .count());
        }
    }

    @Test
    void answersAPreflightBeforeItAsksWhoItIs() throws Exception {
        configure(Map.of("loopback.role", "none", "origins.allowed", "http://panel.example"));
        String answer = send(
                "OPTIONS",
                "/servlet/x",
                "Origin: http://panel.example",
                "Access-Control-Request-Method: PUT",
                "Access-Control-Request-Headers: authorization, content-type, fieldgate-session");
        assertTrue(answer.startsWith("HTTP/1.1 204 "), answer);
        assertTrue(answer.contains("Access-Control-Allow-Methods: PUT\r\n"), answer);
        assertTrue(
                answer.contains("Access-Control-Allow-Headers: authorization, content-type, fieldgate-session\r\n"),
                answer);
        assertTrue(answer.contains("Access-Control-Allow-Credentials: true\r\n"), answer);
        String refused = ask("/servlet/x", "Origin: http://panel.example");
        assertTrue(refused.startsWith("HTTP/1.1 401 "), refused);
        assertTrue(refused.contains("Access-Control-Allow-Origin: http://panel.example\r\n"), refused);
        assertTrue(refused.contains("Retry-After"), refused);
        assertFalse(refused.contains("Cross-Origin-Resource-Policy"), refused);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /servlet/x HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET /nothing HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET /servlet/fails HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: localhost\r\nbad header\r\n\r\n",
                "GET /%2e%2e;/%00 HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET / HTTP/9.9\r\nHost: localhost\r\n\r\n"
            })
    void tellsBrowsersToBeStrictInEveryAnswer(String request) throws IOException {
        try (RawClient client = new RawClient(url)) {
            client.send(request);
            assertStrict(client.answer());
        }
    }

    @Test
    void tellsBrowsersToBeStrictWhenTheHeadIsTooLarge() throws IOException {
        String answer = ask("/servlet/x", "X-Large: " + "x".repeat(9000));
        assertTrue(answer.startsWith("HTTP/1.1 431 "), answer);
        assertStrict(answer);
    }

    @Test
    void hasRequestsWaitForASecurityBundleThatIsReplaced() throws Exception {
        try (RawClient client = new RawClient(url)) {
            ServiceRegistration<?> condition = felix.replacing(felix.security());
            felix.security().stop();
            client.get("/servlet/x", "Authorization: Bearer ci");
            assertTrue(client.isQuiet());
            felix.security().start();
            condition.unregister();
            assertTrue(client.answer().startsWith("HTTP/1.1 200 "));
        }
    }

    /** It was put aside before, and does not come by where others are held. */
    @Test
    void hasARequestWaitWhosePasswordIsFoundGoodWhileItsServletIsReplaced() throws Exception {
        try (RawClient client = new RawClient(url)) {
            client.get("/replaced/x", basic("bob", "good"));
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() ->
                            ask("/servlet/x", "Authorization: Bearer waiting").contains("1 wait"));
            ServiceRegistration<?> condition = felix.replacing(felix.replaced());
            felix.replaced().stop();
            assertTrue(ask("/servlet/x", "Authorization: Bearer decide").startsWith("HTTP/1.1 200 "));
            assertTrue(client.isQuiet());
            felix.replaced().start();
            condition.unregister();
            String answer = client.answer();
            assertTrue(answer.endsWith("bob viewer=true operator=true"), answer);
        }
    }

    private static void assertStrict(String answer) {
        assertTrue(answer.contains("Content-Security-Policy: default-src 'self'"), answer);
        assertTrue(answer.contains("X-Content-Type-Options: nosniff\r\n"), answer);
        assertTrue(answer.contains("Referrer-Policy: same-origin\r\n"), answer);
        assertTrue(answer.contains("Cross-Origin-Opener-Policy: same-origin\r\n"), answer);
    }

    private static RawClient held(String header) throws IOException {
        RawClient client = new RawClient(url);
        client.get("/servlet/held", header);
        client.head();
        assertEquals("held", client.bytes(4));
        return client;
    }

    private static String audited() throws IOException {
        return ask("/servlet/x", "Authorization: Bearer audit");
    }

    private static String basic(String name, String password) {
        return "Authorization: Basic "
                + Base64.getEncoder().encodeToString((name + ':' + password).getBytes(StandardCharsets.UTF_8));
    }

    private static String ask(String path, String... headers) throws IOException {
        return send("GET", path, headers);
    }

    private static String send(String method, String path, String... headers) throws IOException {
        try (RawClient client = new RawClient(url)) {
            StringBuilder request = new StringBuilder(method + ' ' + path + " HTTP/1.1\r\nHost: localhost\r\n");
            for (String header : headers) {
                request.append(header).append("\r\n");
            }
            if (method.startsWith("P")) {
                request.append("Content-Length: 0\r\n");
            }
            client.send(request + "\r\n");
            return method.equals("HEAD") ? client.head() : client.answer();
        }
    }

    /** Waits until it counts: the answer to a path that only the configuration allows tells. */
    private static void configure(Map<String, Object> values) throws Exception {
        Map<String, Object> marked = new java.util.HashMap<>(values);
        String marker = "http://marker-" + System.nanoTime() + ".example";
        List<String> origins = new ArrayList<>(List.of(marker));
        if (values.get("origins.allowed") instanceof String origin) {
            origins.add(origin);
        }
        marked.put("origins.allowed", origins.toArray(String[]::new));
        felix.configure(marked);
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> ask("/servlet/open", "Origin: " + marker, "Authorization: Bearer ci")
                        .contains("Access-Control-Allow-Origin: " + marker));
    }
}
