package io.fieldgate.security;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.api.data.Role;
import io.fieldgate.api.data.User;
import io.fieldgate.api.security.Credentials;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EndpointTest {

    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String JSON = "application/json";

    @TempDir
    Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private Subject subject;
    private EndpointServer server;

    @BeforeEach
    void start() throws Exception {
        subject = new Subject(folder.resolve("security"));
        subject.user("anna", Role.OPERATOR);
        server = new EndpointServer(subject);
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
        subject.close();
    }

    private HttpResponse<String> post(String path, String type, String body, String... headers) throws Exception {
        HttpRequest.Builder request = request(path).POST(HttpRequest.BodyPublishers.ofString(body));
        if (!type.isEmpty()) {
            request.header("Content-Type", type);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.build());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .timeout(Duration.ofSeconds(60));
    }

    private HttpResponse<String> send(HttpRequest request) throws Exception {
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        assertEquals("no-store", response.headers().firstValue("Cache-Control").orElse(""));
        return response;
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    private static String form(String password, String next) {
        return "name=anna&password=" + password.replace(" ", "+") + "&next=" + next;
    }

    private User cookieUser(HttpResponse<?> response) {
        String cookie = header(response, "Set-Cookie");
        assertTrue(
                cookie.matches(
                        "fieldgate=[0-9a-f]{8}\\.[A-Za-z0-9_-]{22}; Path=/; Max-Age=43200; HttpOnly; SameSite=Strict"),
                cookie);
        return subject.known(new Credentials.Login(cookie.substring(cookie.indexOf('=') + 1, cookie.indexOf(';'))));
    }

    @Test
    void logsInByTheFormAndGoesWhereOneWanted() throws Exception {
        HttpResponse<String> response = post("/api/login", FORM, form(Subject.PASSWORD, "%2Fapp%2F"));
        assertEquals(303, response.statusCode());
        assertEquals("/app/", header(response, "Location"));
        User user = cookieUser(response);
        assertEquals("anna", user.name());
        assertTrue(user.grant().startsWith("login:"), user.grant());
        assertTrue(subject.audit.lines.contains("anna login done"));
    }

    @Test
    void logsInByJson() throws Exception {
        HttpResponse<String> response = post(
                "/api/login",
                JSON + "; charset=utf-8",
                "{\"name\":\"anna\",\"password\":\"" + Subject.PASSWORD + "\"}",
                "Sec-Fetch-Site",
                "same-origin");
        assertEquals(204, response.statusCode());
        cookieUser(response);
    }

    @Test
    void sendsTheFormBackWhenThePasswordIsWrongOrThereWereTooMany() throws Exception {
        for (int i = 0; i < 5; i++) {
            HttpResponse<String> response = post("/api/login", FORM, form("wrong password", "%2Fapp%2F"));
            assertEquals(303, response.statusCode());
            assertEquals("/login/?failed&next=%2Fapp%2F#failed", header(response, "Location"));
            assertEquals("", header(response, "Set-Cookie"));
        }
        HttpResponse<String> later = post("/api/login", FORM, form(Subject.PASSWORD, "//evil.example"));
        assertEquals("/login/?failed&next=%2F&wait=1#wait", header(later, "Location"));
        HttpResponse<String> json =
                post("/api/login", JSON, "{\"name\":\"anna\",\"password\":\"" + Subject.PASSWORD + "\"}");
        assertEquals(429, json.statusCode());
        assertEquals("1", header(json, "Retry-After"));
    }

    @Test
    void answersABadLoginByJsonWithAProblem() throws Exception {
        HttpResponse<String> response = post("/api/login", JSON, "{\"name\":\"anna\",\"password\":\"wrong password\"}");
        assertEquals(401, response.statusCode());
        assertEquals("application/problem+json", header(response, "Content-Type"));
        assertTrue(response.body().contains("\"status\":401"), response.body());
        HttpResponse<String> nobody = post("/api/login", JSON, "{\"name\":\"nobody\",\"password\":\"wrong password\"}");
        assertEquals(response.body(), nobody.body(), "nobody learns who there is");
    }

    @Test
    void refusesWhatIsNoLogin() throws Exception {
        assertEquals(400, post("/api/login", JSON, "{\"name\":\"anna\"").statusCode());
        assertEquals(413, post("/api/login", FORM, "name=" + "x".repeat(5000)).statusCode());
        assertEquals(415, post("/api/login", "text/plain", "name=anna").statusCode());
        assertEquals(
                403,
                post("/api/login", FORM, form(Subject.PASSWORD, "/"), "Sec-Fetch-Site", "cross-site")
                        .statusCode());
        HttpResponse<String> get = send(request("/api/login").GET().build());
        assertEquals(405, get.statusCode());
        assertEquals("POST", header(get, "Allow"));
        HttpResponse<String> query =
                post("/api/login?name=anna&password=" + Subject.PASSWORD.replace(" ", "+"), FORM, "next=/");
        assertEquals(400, query.statusCode(), "a password does not belong into a URL");
    }

    @Test
    void aSecondLoginOfTheSameBrowserEndsTheFirst() throws Exception {
        User first = cookieUser(post("/api/login", FORM, form(Subject.PASSWORD, "/")));
        server.user.set(first);
        User second = cookieUser(post("/api/login", FORM, form(Subject.PASSWORD, "/")));
        assertFalse(subject.check.stands(first));
        assertTrue(subject.check.stands(second));
    }

    @Test
    void logsOut() throws Exception {
        User user = cookieUser(post("/api/login", FORM, form(Subject.PASSWORD, "/")));
        subject.sessions.open("s", user);
        server.user.set(user);
        HttpResponse<String> response = post("/api/logout", "", "");
        assertEquals(204, response.statusCode());
        assertEquals("fieldgate=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict", header(response, "Set-Cookie"));
        assertFalse(subject.check.stands(user));
        assertTrue(subject.audit.lines.contains("anna logout done"));
        await().atMost(Duration.ofSeconds(30)).until(() -> subject.sessions.closed.containsKey("s"));
        HttpResponse<String> form = post("/api/logout", FORM, "");
        assertEquals(303, form.statusCode());
        assertEquals("/login/", header(form, "Location"));
    }

    @Test
    void tellsWhoOneIs() throws Exception {
        HttpRequest me = request("/api/me").GET().build();
        assertEquals(401, send(me).statusCode());
        server.user.set(new User(User.ANONYMOUS, Role.VIEWER));
        assertEquals(
                "{\"name\":\"anonymous\",\"role\":\"viewer\",\"anonymous\":true,\"login\":false}", send(me).body());
        server.user.set(subject.known(new Credentials.Login(subject.login("anna"))));
        assertEquals("{\"name\":\"anna\",\"role\":\"operator\",\"anonymous\":false,\"login\":true}", send(me).body());
        server.user.set(subject.known(new Credentials.Password("anna", Subject.PASSWORD)));
        assertEquals("{\"name\":\"anna\",\"role\":\"operator\",\"anonymous\":false,\"login\":false}", send(me).body());
    }

    @Test
    void givesATicketToWhoeverIsSomebody() throws Exception {
        assertEquals(403, post("/api/tickets", "", "").statusCode());
        server.user.set(new User(User.ANONYMOUS, Role.VIEWER));
        assertEquals(403, post("/api/tickets", "", "").statusCode());
        User user = subject.known(new Credentials.Password("anna", Subject.PASSWORD));
        server.user.set(user);
        String body = post("/api/tickets", "", "").body();
        assertTrue(body.matches("\\{\"ticket\":\"[A-Za-z0-9_-]{22}\",\"expires\":\"2026-01-01T00:00:30Z\"}"), body);
        assertEquals(user, subject.known(new Credentials.Ticket(body.substring(11, 33))));
    }

    @Test
    void whoSendsALoginSlowlyHoldsNoThread() throws Exception {
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 5 * EndpointServer.THREADS; i++) {
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
                slow.add(socket);
                socket.getOutputStream()
                        .write(("POST /api/login HTTP/1.1\r\nHost: x\r\nContent-Type: " + FORM
                                        + "\r\nContent-Length: 100\r\n\r\nname=an")
                                .getBytes(StandardCharsets.US_ASCII));
            }
            assertEquals(
                    303, post("/api/login", FORM, form(Subject.PASSWORD, "/")).statusCode());
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }
}
