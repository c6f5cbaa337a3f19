package io.fieldgate.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.testkit.GatewayHome;
import io.fieldgate.testkit.GatewayProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The bundles over HTTP: who may, and what is refused before anything is touched. */
class BundlesApiIT {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String ECHO = "/api/bundles/io.fieldgate.handler.echo";
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private static GatewayProcess gateway;
    private static String admin;

    @BeforeAll
    static void start() throws Exception {
        // It opens the paths to all; the servlet keeps them shut.
        GatewayHome home =
                GatewayHome.create().configure("io.fieldgate.transport.http", Map.of("access", "/api/* viewer"));
        gateway = GatewayProcess.start(home);
        admin = Files.readString(home.path().resolve("data/security/admin.token"))
                .strip();
    }

    @AfterAll
    static void stop() throws IOException {
        if (gateway != null) {
            gateway.close();
        }
    }

    @Test
    void tellsAnAdminWhichBundlesThereAre() throws Exception {
        HttpResponse<String> all = send(asAdmin("/api/bundles"));
        assertEquals(200, all.statusCode());
        assertTrue(all.body().contains("\"name\":\"io.fieldgate.handler.echo\""), all.body());
        String echo = send(asAdmin(ECHO)).body();
        assertTrue(echo.contains("\"origin\":\"shipped\",\"state\":\"running\""), echo);
        assertEquals("{\"updates\":[]}", send(asAdmin(ECHO + "/history")).body());
        assertEquals(404, send(asAdmin("/api/bundles/none")).statusCode());
        assertEquals(404, send(asAdmin("/api/updates/1")).statusCode());
    }

    @Test
    void keepsOthersOut() throws Exception {
        HttpResponse<String> nobody = send(request(ECHO));
        assertEquals(401, nobody.statusCode());
        assertEquals(
                "application/problem+json",
                nobody.headers().firstValue("Content-Type").orElse(""));
        assertEquals(
                "Bearer, Basic realm=\"Fieldgate\", charset=\"UTF-8\"",
                nobody.headers().firstValue("WWW-Authenticate").orElse(""));
        assertEquals(
                401, send(request(ECHO).PUT(BodyPublishers.ofString("jar"))).statusCode());
        assertEquals(
                401,
                send(request(ECHO + "/rollback").POST(BodyPublishers.noBody())).statusCode());
        assertEquals(401, send(request("/api/updates/1")).statusCode());
        String audit = Files.readString(gateway.home().path().resolve("data/security/audit.log"));
        assertTrue(audit.contains("PUT " + ECHO), audit);
    }

    @Test
    void refusesWhatIsWrongInTheHead() throws Exception {
        assertEquals(
                400,
                send(asAdmin(ECHO).header("Content-Digest", "sha-256=nonsense").PUT(BodyPublishers.ofString("jar")))
                        .statusCode());
        assertEquals(
                415,
                send(asAdmin(ECHO).header("Content-Type", "text/plain").PUT(BodyPublishers.ofString("jar")))
                        .statusCode());
        assertEquals(405, send(asAdmin(ECHO).DELETE()).statusCode());
    }

    @Test
    void refusesABodyThatIsTooLargeBeforeItIsSent() throws Exception {
        assertEquals("HTTP/1.1 413", status("Content-Length: 67108865\r\nAuthorization: Bearer " + admin));
    }

    @Test
    void whoMayNotNeedNotSendTheBody() throws Exception {
        assertEquals("HTTP/1.1 401", status("Content-Length: 100000"));
    }

    /** The begin of the first line that answers the head of a PUT which waits for leave to send its body. */
    private static String status(String headers) throws IOException {
        try (Socket socket = new Socket(gateway.uri().getHost(), gateway.uri().getPort())) {
            socket.setSoTimeout((int) LIMIT.toMillis());
            socket.getOutputStream()
                    .write(("PUT " + ECHO + " HTTP/1.1\r\nHost: "
                                    + gateway.uri().getAuthority() + "\r\nExpect: 100-continue\r\n" + headers
                                    + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            String line = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
            return line.substring(0, "HTTP/1.1 413".length());
        }
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(gateway.uri().resolve(path)).timeout(LIMIT);
    }

    private static HttpRequest.Builder asAdmin(String path) {
        return request(path).header("Authorization", "Bearer " + admin);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }
}
