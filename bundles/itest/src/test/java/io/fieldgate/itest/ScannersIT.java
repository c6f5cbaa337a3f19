package io.fieldgate.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.testkit.GatewayHome;
import io.fieldgate.testkit.GatewayProcess;
import io.fieldgate.testkit.Outcome;
import io.fieldgate.testkit.TestAuthority;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What tools that others have written to find holes say of the distribution, with TLS. */
class ScannersIT {

    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final int TRIES = 3;
    private static final int PATIENCE_MILLIS = 10_000;
    private static final int PERIOD_MILLIS = 50;
    private static final int SLOW_SECONDS = Integer.getInteger("fieldgate.scanners.s", 20);
    private static final int SLOW_CLIENTS = Integer.getInteger("fieldgate.scanners.connections", 300);

    /** Fewer would prove nothing; how many there are is the machine's matter, for each makes a TLS handshake beside 300 others a second. */
    private static final int LEAST_VISITS = 3;

    private static final int LARGE_BYTES = 8 << 20;
    private static final Pattern COLOURS = Pattern.compile("\u001B\\[[0-9;]*m");
    private static final Pattern AVAILABLE = Pattern.compile("service available:\\s+(\\w+)");
    private static final Pattern ACCEPTED =
            Pattern.compile("(?m)^(?:Preferred|Accepted)\\s+(\\S+)\\s+\\d+ bits\\s+(\\S+)");
    private static final Pattern FINDING =
            Pattern.compile("\"id\"\\s*:\\s*\"([^\"]*)\"[^}]*?\"severity\"\\s*:\\s*\"([^\"]*)\"[^}]*");

    /**
     * The test's authority names nobody who would tell of a revoked certificate. And of a client that asks for a renegotiation testssl says
     * what the exit status of openssl says, which is 0 if the gateway closes the connection before openssl has written again; sslscan looks
     * for the second handshake itself.
     */
    private static final Set<String> NOT_OURS = Set.of("cert_revocation", "secure_client_renego");

    private static TestAuthority authority;
    private static TestAuthority.Leaf leaf;
    private static GatewayProcess gateway;

    @BeforeAll
    static void start() throws Exception {
        authority = TestAuthority.make();
        leaf = authority.certify("gateway", "-1d", 200);
        gateway = start(Map.of());
    }

    @AfterAll
    static void stop() throws IOException {
        gateway.close();
        authority.close();
    }

    @Test
    void staysAvailableToSlowhttptest() throws Exception {
        List<String> outputs = slowly(gateway);
        for (String output : outputs) {
            List<String> verdicts = verdicts(output);
            assertFalse(verdicts.isEmpty(), output);
            assertEquals(Set.of("YES"), Set.copyOf(verdicts), output);
        }
    }

    @Test
    void staysAvailableToOthersWhenAddressesAreLimited() throws Exception {
        try (GatewayProcess limited = start(Map.of("loopback.limits", "true"))) {
            slowly(limited);
        }
    }

    @Test
    void speaksNothingThatSslscanCallsWeak() throws Exception {
        String output = run(List.of(Scanner.SSLSCAN.command(), "--no-colour", authority()));
        Figures.note("scanners", output);
        for (String version : List.of("SSLv2", "SSLv3", "TLSv1.0", "TLSv1.1")) {
            assertTrue(output.matches("(?s).*\\n" + version + "\\s+disabled\\n.*"), output);
        }
        for (String version : List.of("TLSv1.2", "TLSv1.3")) {
            assertTrue(output.matches("(?s).*\\n" + version + "\\s+enabled\\n.*"), output);
            assertTrue(output.contains(version + " not vulnerable to heartbleed"), output);
        }
        assertTrue(output.contains("Session renegotiation not supported"), output);
        assertFalse(output.contains("Compression enabled"), output);
        Matcher accepted = ACCEPTED.matcher(output);
        int suites = 0;
        for (; accepted.find(); suites++) {
            String suite = accepted.group(2);
            boolean aead = suite.contains("GCM") || suite.contains("POLY1305");
            assertTrue(aead && (accepted.group(1).equals("TLSv1.3") || suite.startsWith("ECDHE-")), suite);
        }
        assertTrue(suites >= 2, output);
    }

    @Test
    void hasNothingThatTestsslFindsOfMediumSeverity() throws Exception {
        Path findings = Files.createTempDirectory("fieldgate-scan").resolve("findings.json");
        try {
            List<String> command = new ArrayList<>(List.of(Scanner.TESTSSL.command()));
            command.addAll(
                    List.of("--quiet", "--color", "0", "--warnings", "off", "--nodns", "none", "--ip", "127.0.0.1"));
            command.addAll(List.of("--add-ca", authority.certificate().toString(), "--jsonfile", findings.toString()));
            command.addAll(List.of("-p", "-s", "-P", "-S", "-h", "-U"));
            command.add("https://localhost:" + gateway.uri().getPort() + '/');
            run(command);
            String all = Files.readString(findings);
            Figures.note("scanners", all);
            List<String> bad = new ArrayList<>();
            int ok = 0;
            Matcher finding = FINDING.matcher(all);
            while (finding.find()) {
                boolean grave = Set.of("MEDIUM", "HIGH", "CRITICAL").contains(finding.group(2));
                if (grave && !NOT_OURS.contains(finding.group(1))) {
                    bad.add(finding.group());
                }
                ok += finding.group(2).equals("OK") ? 1 : 0;
            }
            assertEquals(List.of(), bad);
            assertTrue(ok >= 20, () -> "it has not looked: " + all);
        } finally {
            Files.deleteIfExists(findings);
            Files.delete(findings.getParent());
        }
    }

    private static GatewayProcess start(Map<String, String> limits) throws Exception {
        GatewayHome home = GatewayHome.create()
                .tls(leaf)
                .configure("io.fieldgate.transport.http.limits", limits)
                .configure("io.fieldgate.transport.files-large", Map.of("path", "/large", "folder", "large"));
        Path folder = Files.createDirectories(home.path().resolve("large"));
        Files.write(folder.resolve("file"), new byte[LARGE_BYTES]);
        return GatewayProcess.start(home);
    }

    /** Runs slowhttptest in three modes at once, while somebody at another address is answered; returns what they said. */
    private static List<String> slowly(GatewayProcess target) throws Exception {
        List<CompletableFuture<String>> attacks = new ArrayList<>();
        attacks.add(slowly(target, "-H", "/", "-i", "1"));
        attacks.add(slowly(target, "-B", "/api/login", "-i", "1"));
        attacks.add(slowly(target, "-X", "/large/file", "-w", "512", "-y", "1024", "-n", "1", "-z", "32"));
        CompletableFuture<Void> all = CompletableFuture.allOf(attacks.toArray(CompletableFuture<?>[]::new));
        List<Long> millis = new ArrayList<>();
        int refused = 0;
        while (!ends(all)) {
            long begin = System.nanoTime();
            refused += visitUntilAnswered(target);
            millis.add((System.nanoTime() - begin) / 1_000_000);
        }
        millis.sort(null);
        Figures.note(
                "scanners",
                "slowhttptest, 3 x " + SLOW_CLIENTS + " connections: " + millis.size() + " visits, p50 "
                        + millis.get(millis.size() / 2) + " ms, p99 " + millis.get(millis.size() * 99 / 100) + " ms, "
                        + refused + " had to be repeated");
        List<String> outputs = attacks.stream().map(CompletableFuture::join).collect(Collectors.toList());
        Figures.note(
                "scanners",
                outputs.stream().map(output -> verdicts(output).toString()).collect(Collectors.joining("; ")));
        assertTrue(millis.size() >= LEAST_VISITS, "somebody else has waited too long");
        return outputs;
    }

    private static boolean ends(CompletableFuture<Void> all) throws Exception {
        try {
            all.get(PERIOD_MILLIS, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        }
    }

    private static CompletableFuture<String> slowly(GatewayProcess target, String mode, String path, String... more) {
        List<String> command = new ArrayList<>(List.of(Scanner.SLOWHTTPTEST.command(), mode, "-u"));
        command.add(target.uri().resolve(path).toString());
        command.addAll(List.of("-c", "" + SLOW_CLIENTS, "-r", "30", "-l", "" + SLOW_SECONDS, "-p", "5", "-v", "1"));
        command.addAll(List.of(more));
        return CompletableFuture.supplyAsync(() -> {
            try {
                return run(command);
            } catch (IOException | InterruptedException e) {
                throw new CompletionException(e);
            }
        });
    }

    private static List<String> verdicts(String output) {
        return AVAILABLE.matcher(output).results().map(found -> found.group(1)).collect(Collectors.toList());
    }

    /** Asks again when it is thrown out, as a browser does; who comes on a busy machine may be the slowest of all. */
    private static int visitUntilAnswered(GatewayProcess target) throws Exception {
        for (int refused = 0; refused < TRIES - 1; refused++) {
            try {
                visit(target);
                return refused;
            } catch (SocketException e) {
                // It is tried again, and the last time it must go well.
            }
        }
        visit(target);
        return TRIES - 1;
    }

    /** Asks for a page from an address that nobody else has, by a connection of its own. */
    private static void visit(GatewayProcess target) throws Exception {
        try (Socket plain = new Socket()) {
            plain.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 9}), 0));
            plain.connect(
                    new InetSocketAddress(target.uri().getHost(), target.uri().getPort()), PATIENCE_MILLIS);
            plain.setSoTimeout(PATIENCE_MILLIS);
            try (SSLSocket socket = (SSLSocket)
                    authority.trust().getSocketFactory().createSocket(plain, "localhost", plain.getPort(), true)) {
                socket.getOutputStream()
                        .write("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                                .getBytes(StandardCharsets.US_ASCII));
                String answer = new String(socket.getInputStream().readNBytes(13), StandardCharsets.US_ASCII);
                assertEquals("HTTP/1.1 200 ", answer);
            }
        }
    }

    private static String authority() {
        return gateway.uri().getAuthority();
    }

    private static String run(List<String> command) throws IOException, InterruptedException {
        Outcome outcome = Outcome.of(new ProcessBuilder(command), LIMIT);
        return COLOURS.matcher(outcome.output() + outcome.errors()).replaceAll("");
    }
}
