package io.fieldgate.launcher;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DownloadTest {

    private static final int RESUMES = 5;
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final String PASSWORD = "changeit";

    /** The content type that begins a handshake (RFC 8446, 5.1). */
    private static final int TLS_HANDSHAKE = 22;

    private final byte[] content = new byte[403];
    private final List<String> ranges = new CopyOnWriteArrayList<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @TempDir
    private Path folder;

    private HttpServer server;

    /** What a server does with a request. */
    private interface Answer {

        void to(HttpExchange exchange) throws IOException;
    }

    @BeforeEach
    void start() throws IOException {
        new Random(1).nextBytes(content);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.start();
    }

    @AfterEach
    void stop() {
        ended.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void fetchesAFileAndTellsHowFarItIs() throws Exception {
        on("/a.jar", exchange -> send(exchange, 200, content));

        List<String> told = new CopyOnWriteArrayList<>();
        Path file = fetch("/a.jar", new Progress() {
            @Override
            public void begin(String name) {
                told.add(name);
            }

            @Override
            public void at(long done, long total) {
                told.add(done + "/" + total);
            }

            @Override
            public void end() {
                told.add("end");
            }
        });

        assertArrayEquals(content, Files.readAllBytes(file));
        assertEquals("403/403", told.get(told.size() - 1));
    }

    @Test
    void goesOnWhereItBrokeOffAtEveryTenthByte() throws Exception {
        for (int at = 0; at < content.length; at += 10) {
            String path = "/" + at + ".jar";
            int breaks = at;
            AtomicInteger asked = new AtomicInteger();
            on(path, exchange -> {
                exchange.getResponseHeaders().set("ETag", "\"one\"");
                serve(exchange, asked.getAndIncrement() == 0 ? breaks : content.length);
            });

            assertArrayEquals(content, Files.readAllBytes(fetch(path, Progress.NONE)), path);
            assertEquals(2, asked.get(), path);
            if (at > 0) {
                assertEquals("bytes=" + at + "- \"one\"", ranges.get(ranges.size() - 1));
            }
        }
    }

    @Test
    void goesOnAsOftenAsItIsAllowedTo() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        on("/a.jar", exchange -> {
            exchange.getResponseHeaders().set("Last-Modified", "Thu, 01 Jan 2026 00:00:00 GMT");
            serve(exchange, asked.getAndIncrement() < RESUMES ? 10 : content.length);
        });

        assertArrayEquals(content, Files.readAllBytes(fetch("/a.jar", Progress.NONE)));
        assertEquals("bytes=50- Thu, 01 Jan 2026 00:00:00 GMT", ranges.get(ranges.size() - 1));
    }

    @Test
    void beginsAnewIfTheServerCannotGoOn() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        on("/a.jar", exchange -> {
            boolean first = asked.getAndIncrement() == 0;
            exchange.getResponseHeaders().set("ETag", "W/\"weak\"");
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content, 0, first ? 100 : content.length);
            exchange.close();
        });

        assertArrayEquals(content, Files.readAllBytes(fetch("/a.jar", Progress.NONE)));
        assertEquals(List.of(), ranges, "a weak tag is good for nothing here");
    }

    @Test
    void beginsAnewIfTheFileHasChangedMeanwhile() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        byte[] changed = Arrays.copyOf(content, 300);
        changed[0]++;
        on("/a.jar", exchange -> {
            if (asked.getAndIncrement() == 0) {
                exchange.getResponseHeaders().set("ETag", "\"one\"");
                serve(exchange, 100);
            } else {
                exchange.getResponseHeaders().set("ETag", "\"two\"");
                send(exchange, 200, changed);
            }
        });

        assertArrayEquals(changed, Files.readAllBytes(fetch("/a.jar", Progress.NONE)));
    }

    @Test
    void beginsAnewIfTheServerSendsAnotherPartThanWasAskedFor() throws Exception {
        for (String strange : List.of("bytes 5-402/403", "bytes 10-402/404", "nonsense")) {
            String path = "/" + strange.length() + strange.charAt(6) + ".jar";
            AtomicInteger asked = new AtomicInteger();
            on(path, exchange -> {
                exchange.getResponseHeaders().set("ETag", "\"one\"");
                if (asked.incrementAndGet() == 2) {
                    exchange.getResponseHeaders().set("Content-Range", strange);
                    send(exchange, 206, Arrays.copyOf(content, 393));
                } else {
                    serve(exchange, asked.get() == 1 ? 10 : content.length);
                }
            });

            assertArrayEquals(content, Files.readAllBytes(fetch(path, Progress.NONE)), strange);
            assertEquals(3, asked.get(), strange);
        }
    }

    @Test
    void givesUpWhenItBreaksOffAgainAndAgain() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        on("/a.jar", exchange -> {
            asked.incrementAndGet();
            exchange.sendResponseHeaders(200, content.length + 1);
            exchange.getResponseBody().write(content);
            exchange.close();
        });

        String message = failureOf("/a.jar", LONG);
        assertTrue(message.contains("broke off after 403 bytes of 404 and was asked for 5 times again: "), message);
        assertEquals(1 + RESUMES, asked.get());
    }

    @Test
    void followsRedirections() throws Exception {
        on("/a.jar", exchange -> send(exchange, 200, content));
        on("/old.jar", exchange -> {
            exchange.getResponseHeaders().set("Location", "/a.jar");
            send(exchange, 302, new byte[0]);
        });
        on("/round.jar", exchange -> {
            exchange.getResponseHeaders().set("Location", "/round.jar");
            send(exchange, 302, new byte[0]);
        });

        assertArrayEquals(content, Files.readAllBytes(fetch("/old.jar", Progress.NONE)));
        assertTrue(failureOf("/round.jar", LONG).contains("leads on to /round.jar, which is not followed"));
    }

    @Test
    void refusesWhatIsTooLarge() throws Exception {
        on("/said.jar", exchange -> send(exchange, 200, new byte[1001]));
        on("/unsaid.jar", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(new byte[1001]);
            exchange.close();
        });
        on("/fits.jar", exchange -> send(exchange, 200, new byte[1000]));

        assertEquals(url("/said.jar") + " is larger than 1000 bytes", failureOf("/said.jar", LONG));
        assertEquals(url("/unsaid.jar") + " is larger than 1000 bytes", failureOf("/unsaid.jar", LONG));
        assertEquals(1000, Files.size(fetch("/fits.jar", Progress.NONE)));
    }

    @Test
    void doesNotWaitForeverForTheRest() throws Exception {
        on("/a.jar", exchange -> {
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content, 0, 10);
            exchange.getResponseBody().flush();
            awaitEnd();
        });
        on("/never.jar", exchange -> awaitEnd());

        assertTrue(failureOf("/a.jar", SHORT).endsWith(": nothing came for 300 ms"));
        assertEquals(url("/never.jar") + " cannot be fetched: nothing came for 300 ms", failureOf("/never.jar", SHORT));
    }

    @Test
    void saysWhyThereIsNothingToFetch() throws Exception {
        on("/a.jar", exchange -> send(exchange, 503, new byte[] {1}));

        assertEquals(url("/a.jar") + " cannot be fetched: the server answers 503", failureOf("/a.jar", LONG));
        assertEquals(url("/none") + " cannot be fetched: the server answers 404", failureOf("/none", LONG));
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        URI closed = URI.create("http://127.0.0.1:" + port + "/a.jar");
        assertEquals(closed + " cannot be fetched: 127.0.0.1 cannot be connected to", failureOf(closed, LONG));
    }

    @Test
    void saysThatTheOtherSideSpeaksNoTls() throws Exception {
        try (ServerSocket plain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            threads.execute(() -> {
                try (Socket client = plain.accept()) {
                    // Not before the client has said all that it has to say.
                    DataInputStream hello = new DataInputStream(client.getInputStream());
                    assertEquals(TLS_HANDSHAKE, hello.readUnsignedByte());
                    hello.readUnsignedShort();
                    hello.readFully(new byte[hello.readUnsignedShort()]);
                    client.getOutputStream().write("this is no TLS\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                    client.shutdownOutput();
                    client.getInputStream().readAllBytes();
                } catch (IOException e) {
                    return; // the client has gone
                }
            });
            String message = failureOf(URI.create("https://127.0.0.1:" + plain.getLocalPort() + "/a.jar"), LONG);
            assertTrue(message.contains("the TLS of 127.0.0.1 is not to be trusted"), message);
        }
    }

    @Test
    void trustsWhomItIsToldTo() throws Exception {
        Path store = folder.resolve("server.p12");
        Path certificate = folder.resolve("server.pem");
        keytool("-genkeypair -alias server -keyalg EC -dname CN=gateway -ext san=ip:127.0.0.1", store);
        keytool("-exportcert -alias server -rfc -file " + certificate, store);
        HttpsServer secure = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        secure.setHttpsConfigurator(new HttpsConfigurator(serverContext(store)));
        secure.setExecutor(threads);
        secure.createContext("/a.jar", exchange -> send(exchange, 200, content));
        secure.start();
        try {
            URI url = URI.create("https://127.0.0.1:" + secure.getAddress().getPort() + "/a.jar");
            Path file = folder.resolve("a.jar");
            fetch(Optional.of(TrustedAuthority.of(certificate)), url, file, LONG, Progress.NONE);
            assertArrayEquals(content, Files.readAllBytes(file));

            String message = failureOf(url, LONG);
            assertTrue(message.contains("(--cacert names whom to trust)"), message);
        } finally {
            secure.stop(0);
        }
    }

    @Test
    void trustsNoFileWithoutACertificate() throws Exception {
        Path file = Files.writeString(folder.resolve("empty.pem"), "");

        assertEquals(
                "there is no certificate in " + file,
                assertThrows(CommandFailure.class, () -> TrustedAuthority.of(file))
                        .getMessage());
    }

    private static void keytool(String what, Path store) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(what.split(" ")));
        command.addAll(List.of("-keystore", store.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
        Process process = new ProcessBuilder(command).inheritIO().start();
        assertTrue(process.waitFor(30, TimeUnit.SECONDS));
        assertEquals(0, process.exitValue());
    }

    private static SSLContext serverContext(Path store) throws Exception {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray()), PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private void awaitEnd() {
        try {
            ended.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void on(String path, Answer answer) {
        server.createContext(path, exchange -> {
            String range = exchange.getRequestHeaders().getFirst("Range");
            if (range != null) {
                ranges.add(range + " " + exchange.getRequestHeaders().getFirst("If-Range"));
            }
            answer.to(exchange);
        });
    }

    /** Serves the content, or what is asked for of it, and breaks off before the end. */
    private void serve(HttpExchange exchange, int most) throws IOException {
        String range = exchange.getRequestHeaders().getFirst("Range");
        int from = range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
        int rest = content.length - from;
        if (range != null) {
            exchange.getResponseHeaders()
                    .set("Content-Range", "bytes " + from + '-' + (content.length - 1) + '/' + content.length);
        }
        exchange.sendResponseHeaders(range == null ? 200 : 206, rest);
        exchange.getResponseBody().write(content, from, Math.min(rest, most));
        exchange.close();
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private URI url(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    private Path fetch(String path, Progress progress) throws Exception {
        Path file = folder.resolve(path.substring(1));
        fetch(url(path), file, LONG, progress);
        return file;
    }

    private String failureOf(String path, Duration stall) {
        return failureOf(url(path), stall);
    }

    private String failureOf(URI url, Duration stall) {
        Path file = folder.resolve("failed");
        return assertThrows(CommandFailure.class, () -> fetch(url, file, stall, Progress.NONE))
                .getMessage();
    }

    private static void fetch(URI url, Path file, Duration stall, Progress progress) throws Exception {
        fetch(Optional.empty(), url, file, stall, progress);
    }

    private static void fetch(Optional<SSLContext> trust, URI url, Path file, Duration stall, Progress progress)
            throws Exception {
        Download.Limits limits = new Download.Limits(1000, Duration.ofSeconds(10), stall, RESUMES, Duration.ZERO);
        try (FileChannel to = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            new Download(trust, limits).fetch(url, to, progress);
        }
    }
}
