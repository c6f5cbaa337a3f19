package io.fieldgate.itest;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.itest.subject.SeededUsers;
import io.fieldgate.testkit.Conversation;
import io.fieldgate.testkit.GatewayHome;
import io.fieldgate.testkit.GatewayProcess;
import io.fieldgate.testkit.Swarm;
import io.fieldgate.testkit.SwarmPace;
import io.fieldgate.testkit.TestAuthority;
import io.fieldgate.testkit.Upgrade;
import io.fieldgate.testkit.WebSocketProbe;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The port speaks TLS, and nobody who is connected notices that the certificate is another one. */
class TlsIT {

    private static final String HTTP = "io.fieldgate.transport.http";
    private static final String TLS = "io.fieldgate.security.tls";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern REDIRECT = Pattern.compile("listening on (http://\\S+) to send clients to");
    private static final int ALERT = 21;
    private static final int PROTOCOL_VERSION = 70; // RFC 8446, 6.2

    private static TestAuthority authority;
    private static TestAuthority.Leaf first;
    private static GatewayProcess gateway;

    @BeforeAll
    static void start() throws Exception {
        authority = TestAuthority.make();
        first = authority.certify("first");
        gateway = GatewayProcess.start(GatewayHome.create()
                .tls(first)
                .configure(HTTP, Map.of("tls", "true", "redirect.port", "0"))
                .with(TestBundle.of("users", SeededUsers.class).build()));
    }

    @AfterAll
    static void stop() throws IOException {
        gateway.close();
        authority.close();
    }

    @Test
    void replacesItsCertificateUnderOpenSocketsAndRefusesABadOne() throws Exception {
        assertEquals(first.x509(), shown(authority.trust()));
        TestAuthority.Leaf second = authority.certify("second");
        TestAuthority.Leaf expired = authority.certify("expired", "-10d", 5);
        try (Swarm swarm = swarm(500)) {
            gateway.home().tls(second).configure(HTTP, Map.of("tls", "true", "redirect.port", "0"));
            await("new connections see the new certificate")
                    .atMost(PATIENCE)
                    .until(() -> shown(authority.trust()).equals(second.x509()));
            swarm.awaitEveryoneAnswered(PATIENCE);

            gateway.home().replace(first.key(), "gateway.key");
            awaitLine(
                    "ERROR",
                    "gateway.crt: key and certificate do not belong together; the certificate in force stays, which is valid until ");
            gateway.home().replace(expired.key(), "gateway.key");
            gateway.home().replace(expired.certificate(), "gateway.crt");
            awaitLine("ERROR", "gateway.crt: it has expired at ", "; the certificate in force stays");
            assertEquals(second.x509(), shown(authority.trust()));
            swarm.awaitEveryoneAnswered(PATIENCE);

            gateway.home().tls(first).configure(HTTP, Map.of("tls", "true", "redirect.port", "0"));
            await("a good one is taken again")
                    .atMost(PATIENCE)
                    .until(() -> shown(authority.trust()).equals(first.x509()));
            swarm.stop().assertWhole();
        }
    }

    @Test
    void asksClientsForACertificateFromThenOn() throws Exception {
        TestAuthority.Leaf client = authority.certify(SeededUsers.OPERATOR);
        try (WebSocketProbe before = WebSocketProbe.open(echo(authority.trust()))) {
            gateway.home().replace(authority.certificate(), "clients.crt");
            gateway.home()
                    .configure(
                            TLS,
                            Map.of(
                                    "certificate", "gateway.crt",
                                    "key", "gateway.key",
                                    "client.certificates", "needed",
                                    "client.ca", "clients.crt"));
            await("without one nobody comes in").atMost(PATIENCE).until(() -> !comesIn(authority.trust()));
            assertTrue(comesIn(authority.trust(client)));
            before.send("still").expect("still");
        } finally {
            gateway.home().configure(TLS, Map.of("certificate", "gateway.crt", "key", "gateway.key"));
        }
        await("everybody comes in again").atMost(PATIENCE).until(() -> comesIn(authority.trust()));
    }

    @Test
    void speaksNothingOlderThanTheSecondMinorVersion() throws Exception {
        for (String version : new String[] {"TLSv1.2", "TLSv1.3"}) {
            try (SSLSocket socket = connect(authority.trust())) {
                socket.setEnabledProtocols(new String[] {version});
                socket.startHandshake();
                assertEquals(version, socket.getSession().getProtocol());
            }
        }
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), gateway.uri().getPort())) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.getOutputStream().write(helloOf(1));
            byte[] answer = socket.getInputStream().readNBytes(7);
            assertEquals(ALERT, answer[0]);
            assertEquals(PROTOCOL_VERSION, answer[6]);
        }
    }

    @Test
    void sendsPlainClientsToTlsAndTellsBrowsersToStay() throws Exception {
        Matcher redirect = REDIRECT.matcher(gateway.log());
        await("the plain port is open")
                .atMost(PATIENCE)
                .until(() -> redirect.reset(gateway.log()).find());
        URI plain = URI.create(redirect.group(1));
        HttpResponse<String> sent = send(HttpClient.newHttpClient(), plain.resolve("/a%20path?x=1&y"));
        assertEquals(308, sent.statusCode());
        assertEquals(
                gateway.uri().resolve("/a%20path?x=1&y").toString(),
                sent.headers().firstValue("Location").orElse(""));
        assertTrue(sent.headers().firstValue("Strict-Transport-Security").isEmpty());
        assertEquals(308, WebSocketProbe.ask(Upgrade.to(plain, "/echo")).status(), "nothing is served there");
        assertEquals(
                421,
                WebSocketProbe.ask(Upgrade.to(plain, "/echo").header("Host", "evil.example"))
                        .status());

        HttpClient client =
                HttpClient.newBuilder().sslContext(authority.trust()).build();
        HttpResponse<String> page = send(client, gateway.uri());
        assertEquals(200, page.statusCode());
        assertEquals(
                "max-age=31536000",
                page.headers().firstValue("Strict-Transport-Security").orElse(""));
    }

    @Test
    void renewsTheCertificateThatItHasMadeWithTheSameKey() throws Exception {
        GatewayHome home = GatewayHome.create().configure(HTTP, Map.of("tls", "true"));
        try (GatewayProcess own = GatewayProcess.start(home);
                SelfSignedCopy copy = SelfSignedCopy.of(home)) {
            SSLContext trust = copy.trust();
            try (Swarm swarm = Swarm.talking(
                    Upgrade.to(own.uri(), "/echo").tls(trust), 50, Conversation.echo(), SwarmPace.STEADY)) {
                copy.letEndSoon();
                X509Certificate soon = copy.certificate();
                copy.putBack();
                await("it is renewed").atMost(PATIENCE).until(() -> {
                    X509Certificate now = shown(own.uri(), SelfSignedCopy.trustNobodyButLook());
                    return now.getNotAfter()
                                    .toInstant()
                                    .isAfter(soon.getNotAfter().toInstant())
                            && now.getPublicKey().equals(soon.getPublicKey());
                });
                swarm.awaitEveryoneAnswered(PATIENCE);
                swarm.stop().assertWhole();
            }
        }
    }

    private static Swarm swarm(int clients) throws IOException {
        return Swarm.talking(echo(authority.trust()), clients, Conversation.echo(), SwarmPace.STEADY);
    }

    private static Upgrade echo(SSLContext trust) {
        return Upgrade.to(gateway.uri(), "/echo").tls(trust);
    }

    /** Whether somebody can talk to the gateway: in TLS 1.3 a client learns of a refusal after its own part of the handshake. */
    private static boolean comesIn(SSLContext trust) {
        try (WebSocketProbe probe = WebSocketProbe.open(echo(trust))) {
            return probe.ask("a").equals("a");
        } catch (IOException e) {
            return false;
        }
    }

    private static X509Certificate shown(SSLContext trust) throws IOException {
        return shown(gateway.uri(), trust);
    }

    private static X509Certificate shown(URI uri, SSLContext trust) throws IOException {
        try (SSLSocket socket = connect(uri, trust)) {
            socket.startHandshake();
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        }
    }

    private static SSLSocket connect(SSLContext trust) throws IOException {
        return connect(gateway.uri(), trust);
    }

    private static SSLSocket connect(URI uri, SSLContext trust) throws IOException {
        SSLSocket socket = (SSLSocket) trust.getSocketFactory().createSocket(uri.getHost(), uri.getPort());
        socket.setSoTimeout((int) PATIENCE.toMillis());
        return socket;
    }

    private static HttpResponse<String> send(HttpClient client, URI uri) throws Exception {
        return client.send(HttpRequest.newBuilder(uri).timeout(PATIENCE).build(), BodyHandlers.ofString());
    }

    private static void awaitLine(String... parts) {
        await("the log says " + String.join(" … ", parts))
                .atMost(PATIENCE)
                .until(() ->
                        gateway.log().lines().anyMatch(line -> Stream.of(parts).allMatch(line::contains)));
    }

    /** A ClientHello (RFC 4346, 7.4.1.2) of a client that speaks TLS 1.{@code minor} at most, as no Java does any more. */
    private static byte[] helloOf(int minor) {
        byte version = (byte) (minor + 1);
        ByteBuffer hello = ByteBuffer.allocate(5 + 4 + 43);
        hello.put(new byte[] {22, 3, 1, 0, 47, 1, 0, 0, 43, 3, version}); // record, handshake, version
        hello.put(new byte[32]); // random
        hello.put(new byte[] {0, 0, 4, (byte) 0xC0, 0x13, 0x00, 0x2F, 1, 0}); // no session, two suites, no compression
        return hello.array();
    }
}
