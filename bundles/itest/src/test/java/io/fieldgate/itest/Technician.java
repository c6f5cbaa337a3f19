package io.fieldgate.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fieldgate.testkit.GatewayHome;
import io.fieldgate.testkit.GatewayProcess;
import io.fieldgate.testkit.TestAuthority;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipFile;
import jdk.security.jarsigner.JarSigner;

/** Replaces bundles of gateways over HTTP, with the admin's token and with jars that are signed by a key that these gateways trust. */
final class Technician implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final Pattern UPDATE = Pattern.compile("\"id\":(\\d+),\"state\":\"([a-z-]+)\"");
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final TestAuthority authority;
    private final TestAuthority.Leaf signer;

    private Technician(TestAuthority authority) throws IOException, InterruptedException {
        this.authority = authority;
        signer = authority.certify("signer");
    }

    /**
     * An update as the gateway tells of it.
     *
     * @param id its number
     * @param state how far it is
     * @param json all that is told
     */
    record Told(long id, String state, String json) {

        boolean isOver() {
            return List.of("committed", "rolled-back", "refused").contains(state);
        }
    }

    static Technician come() throws IOException, InterruptedException {
        return new Technician(TestAuthority.make());
    }

    TestAuthority authority() {
        return authority;
    }

    /** A home that trusts this technician, and whose probation is the shortest. */
    GatewayHome home() throws IOException {
        GatewayHome home = GatewayHome.create();
        Path trust = Files.createDirectories(home.path().resolve("etc/trust"));
        Files.copy(authority.certificate(), trust.resolve("authority.pem"));
        return home;
    }

    /** Signs a jar; the result lies beside it. */
    Path signed(Path jar) throws IOException, GeneralSecurityException {
        return signed(jar, signer);
    }

    /** Signs a jar with another key. */
    static Path signed(Path jar, TestAuthority.Leaf by) throws IOException, GeneralSecurityException {
        String pem = Files.readString(by.key()).replaceAll("-----[A-Z ]+-----|\\s", "");
        PrivateKey key = KeyFactory.getInstance("EC")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(pem)));
        Path signed = jar.resolveSibling("signed-" + jar.getFileName());
        try (ZipFile plain = new ZipFile(jar.toFile());
                OutputStream out = Files.newOutputStream(signed)) {
            new JarSigner.Builder(key, CertificateFactory.getInstance("X.509").generateCertPath(List.of(by.x509())))
                    .build()
                    .sign(plain, out);
        }
        return signed;
    }

    /** Begins an update and returns at once; the answer comes when the jar was taken in. */
    CompletableFuture<HttpResponse<String>> begin(GatewayProcess gateway, String name, Path jar, String query)
            throws IOException {
        return CLIENT.sendAsync(
                request(gateway, "/api/bundles/" + name + query)
                        .header("Content-Type", "application/java-archive")
                        .PUT(BodyPublishers.ofFile(jar))
                        .build(),
                BodyHandlers.ofString());
    }

    /** Begins an update and returns when the jar was taken in, or refused. */
    HttpResponse<String> put(GatewayProcess gateway, String name, Path jar) throws IOException {
        return begin(gateway, name, jar, "").join();
    }

    /** Runs an update to its end. */
    Told update(GatewayProcess gateway, String name, Path jar) throws IOException, InterruptedException {
        HttpResponse<String> answer = put(gateway, name, jar);
        assertEquals(202, answer.statusCode(), answer.body());
        return end(gateway, answer);
    }

    /** Follows an update to its end. */
    Told end(GatewayProcess gateway, HttpResponse<String> begun) throws IOException, InterruptedException {
        String location = begun.headers().firstValue("Location").orElseThrow(() -> new AssertionError(begun.body()));
        Told told = told(begun.body());
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!told.isOver() && System.nanoTime() < end) {
            told = told(get(gateway, location + "?wait=20"));
        }
        return told;
    }

    /** What is known of a bundle. */
    String bundle(GatewayProcess gateway, String name) throws IOException, InterruptedException {
        return get(gateway, "/api/bundles/" + name);
    }

    /** All bundles. */
    String bundles(GatewayProcess gateway) throws IOException, InterruptedException {
        return get(gateway, "/api/bundles");
    }

    /** The updates of a bundle, the newest first. */
    List<Told> history(GatewayProcess gateway, String name) throws IOException, InterruptedException {
        String history = get(gateway, "/api/bundles/" + name + "/history");
        int from = history.indexOf('[');
        List<String> updates = List.of(history.substring(from + 1).split("(?<=})\\s*,\\s*(?=\\{\"id\")", -1));
        return updates.stream()
                .filter(update -> update.contains("\"id\""))
                .map(Technician::told)
                .toList();
    }

    private static Told told(String json) {
        Matcher found = UPDATE.matcher(json);
        if (!found.find()) {
            throw new AssertionError("no update is told of in " + json);
        }
        return new Told(Long.parseLong(found.group(1)), found.group(2), json);
    }

    private static String get(GatewayProcess gateway, String path) throws IOException, InterruptedException {
        return CLIENT.send(request(gateway, path).build(), BodyHandlers.ofString())
                .body();
    }

    private static HttpRequest.Builder request(GatewayProcess gateway, String path) throws IOException {
        String token = Files.readString(gateway.home().path().resolve("data/security/admin.token"));
        return HttpRequest.newBuilder(gateway.uri().resolve(path))
                .timeout(LIMIT)
                .header("Authorization", "Bearer " + token.strip());
    }

    @Override
    public void close() throws IOException {
        authority.close();
    }
}
