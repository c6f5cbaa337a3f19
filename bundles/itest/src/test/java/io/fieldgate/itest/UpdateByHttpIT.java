package io.fieldgate.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.itest.subject.VersionHandler;
import io.fieldgate.testkit.GatewayHome;
import io.fieldgate.testkit.GatewayProcess;
import io.fieldgate.testkit.TestAuthority;
import io.fieldgate.testkit.WebSocketProbe;
import java.io.OutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipFile;
import jdk.security.jarsigner.JarSigner;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A bundle is updated over HTTP, and rolled back, by an admin with a signed jar. */
class UpdateByHttpIT {

    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final String NAME = "io.fieldgate.itest.version";
    private static final String PATH = "/api/bundles/" + NAME;
    private static final String OF_NOTHING = "sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:";
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private static TestAuthority authority;
    private static TestAuthority.Leaf signer;
    private static GatewayProcess gateway;
    private static String admin;

    @BeforeAll
    static void start() throws Exception {
        authority = TestAuthority.make();
        signer = authority.certify("signer");
        GatewayHome home = GatewayHome.create().configure("io.fieldgate.installer", Map.of("probation.s", "1"));
        Path trust = Files.createDirectories(home.path().resolve("etc/trust"));
        Files.copy(authority.certificate(), trust.resolve("authority.pem"));
        gateway = GatewayProcess.start(home);
        admin = Files.readString(home.path().resolve("data/security/admin.token"))
                .strip();
    }

    @AfterAll
    static void stop() throws Exception {
        if (gateway != null) {
            gateway.close();
        }
        authority.close();
    }

    @Test
    void updatesABundleAndRollsItBack() throws Exception {
        TestBundle bundle = TestBundle.of("version", VersionHandler.class);
        Path first = signed(bundle.version("1.0.0").build());
        Path second = signed(bundle.version("1.1.0").build());

        committed(put(PATH, first));
        assertEquals(200, put(PATH, first).statusCode(), "it runs already");
        try (WebSocketProbe client = WebSocketProbe.open(gateway.uri(), "/version")) {
            assertEquals("opened 1.0.0", client.text());
            committed(put(PATH, second, "Content-Digest", digest(second)));
            assertEquals("resumed 1.1.0", client.text());
            String now = send(request(PATH)).body();
            assertTrue(now.contains("\"version\":\"1.1.0\",\"origin\":\"updated\""), now);

            assertRefused(409, "downgrade", put(PATH, first));
            committed(send(request(PATH + "/rollback").POST(BodyPublishers.noBody())));
            assertEquals("resumed 1.0.0", client.text());
        }
        String history = send(request(PATH + "/history")).body();
        assertEquals(3, history.split("\"state\":\"committed\"", -1).length - 1, history);
        assertTrue(history.contains("\"by\":\"token:admin\""), history);
        String audit = Files.readString(gateway.home().path().resolve("data/security/audit.log"));
        assertTrue(audit.contains("\"action\":\"rollback\""), audit);
    }

    @Test
    void keepsNothingOfWhatItRefuses() throws Exception {
        Path jar = TestBundle.of("other", VersionHandler.class).build();
        String other = "/api/bundles/io.fieldgate.itest.other";
        assertRefused(403, "signature", put(other, jar));
        assertEquals(422, put(PATH, signed(jar)).statusCode());
        assertEquals(400, put(other, signed(jar), "Content-Digest", OF_NOTHING).statusCode());
        HttpResponse<String> noJar = send(request(other).PUT(BodyPublishers.ofString("no jar")));
        assertRefused(422, "unusable", noJar);
        assertRefused(404, "unknown", send(request(other + "/rollback").POST(BodyPublishers.noBody())));
        assertEquals(404, send(request(other)).statusCode());
    }

    private static void assertRefused(int status, String reason, HttpResponse<String> answer) {
        assertEquals(status, answer.statusCode(), answer.body());
        assertTrue(answer.body().contains("\"reason\":\"" + reason + '"'), answer.body());
    }

    /** Follows an update to its end. */
    private static void committed(HttpResponse<String> answer) throws Exception {
        assertEquals(202, answer.statusCode(), answer.body());
        String location = answer.headers().firstValue("Location").orElseThrow();
        String update = answer.body();
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!update.matches(".*\"state\":\"(committed|rolled-back|refused)\".*") && System.nanoTime() < end) {
            update = send(request(location + "?wait=20")).body();
        }
        assertTrue(update.contains("\"state\":\"committed\""), update);
    }

    private static HttpResponse<String> put(String path, Path jar, String... headers) throws Exception {
        HttpRequest.Builder request = request(path)
                .header("Content-Type", "application/java-archive")
                .expectContinue(true)
                .PUT(BodyPublishers.ofFile(jar));
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(gateway.uri().resolve(path))
                .timeout(LIMIT)
                .header("Authorization", "Bearer " + admin);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }

    private static String digest(Path file) throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-512").digest(Files.readAllBytes(file));
        return "sha-512=:" + Base64.getEncoder().encodeToString(digest) + ':';
    }

    private static Path signed(Path jar) throws Exception {
        String pem = Files.readString(signer.key()).replaceAll("-----[A-Z ]+-----|\\s", "");
        PrivateKey key = KeyFactory.getInstance("EC")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(pem)));
        Path signed = jar.resolveSibling("signed-" + jar.getFileName());
        try (ZipFile plain = new ZipFile(jar.toFile());
                OutputStream out = Files.newOutputStream(signed)) {
            new JarSigner.Builder(key, CertificateFactory.getInstance("X.509").generateCertPath(List.of(signer.x509())))
                    .build()
                    .sign(plain, out);
        }
        return signed;
    }
}
