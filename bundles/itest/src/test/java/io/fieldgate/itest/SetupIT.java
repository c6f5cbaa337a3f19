package io.fieldgate.itest;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.testkit.Distribution;
import io.fieldgate.testkit.GatewayHome;
import io.fieldgate.testkit.GatewayProcess;
import io.fieldgate.testkit.Outcome;
import io.fieldgate.testkit.WebSocketProbe;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code fieldgate setup} on a gateway that does not run, on one that does, and on a terminal. */
class SetupIT {

    private static final String PID = "io.fieldgate.transport.http";
    private static final String PASSWORD = "correct horse battery";
    private static final Duration LIMIT = Duration.ofMinutes(4);
    private static final Pattern FINGERPRINT = Pattern.compile("(?m)^((?:[0-9A-F]{2}:){31}[0-9A-F]{2})$");

    private GatewayHome home;

    @BeforeEach
    void prepare() throws Exception {
        home = GatewayHome.create();
    }

    @AfterEach
    void stop() throws Exception {
        if (Files.exists(home.path())) {
            run("stop", "");
            home.delete();
        }
    }

    @Test
    void aFreshHomeIsSetUpAndThenMovedWhileItRuns() throws Exception {
        int first = freePort();
        home.configure(PID, Map.of("idle.s", "50"));
        Outcome fresh = setup("--port", String.valueOf(first));
        String fingerprint = fingerprint(fresh.orFail());
        assertTrue(fresh.output().contains("Start it with 'fieldgate start'"), fresh::output);
        assertEquals("idle.s=50\nhost=0.0.0.0\nport=" + first + "\ntls=true\n", file());
        assertEquals(3, run("status", "").status());

        run("start", "").orFail();
        assertServes(first, fingerprint);

        String before = file();
        try (ServerSocket other = new ServerSocket(0)) {
            Outcome refused = setup("--port", String.valueOf(other.getLocalPort()));
            assertEquals(1, refused.status());
            assertEquals(
                    "fieldgate: cannot listen on 0.0.0.0:" + other.getLocalPort() + ": address already in use\n",
                    refused.errors());
            assertEquals(before, file());
        }
        assertServes(first, fingerprint);

        int second = freePort();
        assertEquals(
                fingerprint, fingerprint(setup("--port", String.valueOf(second)).orFail()));
        assertServes(second, fingerprint);
        String list = run("config", "", "list").orFail();
        assertFalse(list.contains("unconfirmed"), list);
    }

    @Test
    void aRunningGatewayIsSetUpOnATerminalUnderAnOpenWebSocket() throws Exception {
        TmuxTerminal.require();
        int plain = freePort();
        int port = freePort();
        home.configure(PID, Map.of("port", String.valueOf(plain)));
        run("start", "").orFail();
        try (WebSocketProbe client = WebSocketProbe.open(URI.create("http://127.0.0.1:" + plain), "/echo");
                TmuxTerminal terminal = TmuxTerminal.open()) {
            terminal.enter(Distribution.command() + " setup --home " + home.path() + "; echo status $?");
            terminal.awaitLastLine("[0.0.0.0]:");
            terminal.enter("192.0.2.77");
            terminal.awaitText("'192.0.2.77' is no address of this machine");
            terminal.awaitLastLine("[0.0.0.0]:");
            terminal.enter("127.0.0.1");
            terminal.awaitLastLine("[8443]:");
            terminal.enter(String.valueOf(port));
            terminal.awaitLastLine("[admin]:");
            terminal.enter("");
            terminal.awaitLastLine("New password for admin:");
            terminal.enter(PASSWORD);
            terminal.awaitLastLine("Once more:");
            terminal.enter(PASSWORD);
            terminal.awaitLastLine("for the gateway's own:");
            terminal.enter("");
            terminal.awaitText("status 0");

            String shown = terminal.text();
            assertFalse(shown.contains(PASSWORD), shown);
            assertTrue(shown.contains("Open https://127.0.0.1:" + port + "/ and log in as admin."), shown);
            assertServes(port, fingerprint(shown));
            assertEquals("hello", client.ask("hello"));
        }
    }

    @Test
    void anAddressOfTheCommandLineIsNotChanged() throws Exception {
        try (GatewayProcess gateway = GatewayProcess.start(home)) {
            Outcome refused = setup();
            assertEquals(1, refused.status());
            assertTrue(refused.errors().contains("was started with --http 127.0.0.1:0"), refused::errors);
            assertFalse(Files.exists(home.path().resolve("etc").resolve(PID + ".cfg")));
            assertEquals(200, gateway.get("/api/me").statusCode());
        }
    }

    private static void assertServes(int port, String fingerprint) throws Exception {
        assertAll(
                () -> assertEquals(200, status(port, fingerprint, PASSWORD)),
                () -> assertEquals(401, status(port, fingerprint, "wrong horse battery")));
    }

    private static int status(int port, String fingerprint, String password) throws Exception {
        HttpsURLConnection connection = (HttpsURLConnection)
                URI.create("https://127.0.0.1:" + port + "/api/me").toURL().openConnection();
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(null, new TrustManager[] {new Pinned(fingerprint)}, new SecureRandom());
        connection.setSSLSocketFactory(tls.getSocketFactory());
        connection.setConnectTimeout(30_000);
        connection.setReadTimeout(30_000);
        connection.setRequestProperty(
                "Authorization",
                "Basic " + Base64.getEncoder().encodeToString(("admin:" + password).getBytes(StandardCharsets.UTF_8)));
        try {
            return connection.getResponseCode();
        } finally {
            connection.disconnect();
        }
    }

    /** Trusts the certificate alone that a person has compared. */
    private record Pinned(String fingerprint) implements X509TrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
            throw new CertificateException("nobody is a client here");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
            try {
                byte[] digest = MessageDigest.getInstance("SHA-256").digest(chain[0].getEncoded());
                String seen = HexFormat.ofDelimiter(":").formatHex(digest).toUpperCase(Locale.ROOT);
                if (!seen.equals(fingerprint)) {
                    throw new CertificateException(seen + " is not " + fingerprint);
                }
            } catch (NoSuchAlgorithmException e) {
                throw new CertificateException(e);
            }
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    private static String fingerprint(String said) {
        Matcher line = FINGERPRINT.matcher(said);
        assertTrue(line.find(), said);
        return line.group(1);
    }

    private String file() throws IOException {
        return Files.readString(home.path().resolve("etc").resolve(PID + ".cfg"));
    }

    private Outcome setup(String... options) throws IOException, InterruptedException {
        return run("setup", PASSWORD + '\n', options);
    }

    /** Runs a command that gets something to read. */
    private Outcome run(String command, String input, String... options) throws IOException, InterruptedException {
        Path read = Files.writeString(home.path().resolve("input.txt"), input);
        Path output = home.path().resolve("command.out");
        Path errors = home.path().resolve("command.err");
        ProcessBuilder builder = home.command(command, "--home", home.path().toString());
        builder.command().addAll(List.of(options));
        Process process = builder.redirectInput(read.toFile())
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        try {
            assertTrue(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS), () -> command + " does not end");
        } finally {
            process.destroyForcibly();
        }
        return new Outcome(process.exitValue(), Files.readString(output), Files.readString(errors));
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }
}
