package io.fieldgate.transport.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.api.gateway.Gateway;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The port in a real framework, with Felix HTTP as it is shipped and a bundle of pages, servlets and upgrades. */
class InFelixTest {

    private static final String UPGRADE = "Connection: Upgrade\r\nUpgrade: test";

    @TempDir
    Path cache;

    @Test
    void servesPageServletAndUpgradeOnOnePortThatOpensLast() throws Exception {
        try (InFelix felix = new InFelix(cache, Map.of(Gateway.HTTP, "127.0.0.1:0"))) {
            assertFalse(felix.isAnnounced(Gateway.LISTENING));
            felix.ready();
            String url = felix.announced(Gateway.LISTENING, "fieldgate.url");
            try (RawClient client = new RawClient(url)) {
                client.get("/page/hello.txt");
                assertTrue(client.answer().endsWith("a page"));
                client.get("/servlet/x");
                assertTrue(client.answer().endsWith("null viewer=true operator=false"));
                client.get("/any/path", UPGRADE);
                assertTrue(client.answer().startsWith("HTTP/1.1 101 "));
                client.send("echo me");
                assertEquals("echo me", client.bytes(7));
            }
        }
    }

    @Test
    void guardsEverythingThatIsServed() throws Exception {
        try (InFelix felix = new InFelix(cache, Map.of(Gateway.HTTP, "127.0.0.1:0"))) {
            felix.ready();
            try (RawClient client = new RawClient(felix.announced(Gateway.LISTENING, "fieldgate.url"))) {
                client.get("/nothing/here");
                String missing = client.answer();
                assertTrue(missing.startsWith("HTTP/1.1 404 "), missing);
                assertTrue(missing.contains("application/problem+json"), missing);
                assertTrue(missing.contains("Content-Security-Policy: default-src 'self'"), missing);
                assertTrue(missing.contains("X-Content-Type-Options: nosniff"), missing);
                assertTrue(missing.endsWith("\"status\":404,\"detail\":\"there is nothing at this path\"}"), missing);
                client.get("/servlet/fails");
                String failed = client.answer();
                assertTrue(failed.startsWith("HTTP/1.1 500 ") && failed.contains("application/problem+json"), failed);
                assertFalse(failed.contains("secret"), failed);
                client.get("/page/hello.txt", "Origin: http://evil.example");
                assertTrue(client.answer().startsWith("HTTP/1.1 403 "));
                client.get("/any/path", "Origin: http://evil.example", UPGRADE);
                assertTrue(client.answer().startsWith("HTTP/1.1 403 "));
                client.send("GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n");
                assertTrue(client.answer().startsWith("HTTP/1.1 421 "));
            }
        }
    }

    @Test
    void saysWhyItCannotListen() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String address = "127.0.0.1:" + taken.getLocalPort();
            try (InFelix felix = new InFelix(cache, Map.of(Gateway.HTTP, address))) {
                felix.ready();
                assertEquals(
                        "cannot listen on " + address + ": address already in use",
                        felix.announced(Gateway.LISTENING_FAILED, "fieldgate.detail"));
                assertFalse(felix.isAnnounced(Gateway.LISTENING));
            }
        }
    }

    @Test
    void refusesToListenToStrangers() throws Exception {
        try (InFelix felix = new InFelix(cache, Map.of(Gateway.HTTP, "0.0.0.0:0"))) {
            felix.ready();
            assertEquals(
                    "listening on 0.0.0.0 needs the security bundle, which is not here;"
                            + " listen on 127.0.0.1, ::1 or localhost",
                    felix.announced(Gateway.LISTENING_FAILED, "fieldgate.detail"));
        }
    }

    @Test
    void changesItsRulesAndItsPortWithoutDroppingAnybody() throws Exception {
        try (InFelix felix = new InFelix(cache, Map.of())) {
            int first = freePort();
            felix.configure(Map.of("port", first));
            felix.ready();
            String url = felix.announced(Gateway.LISTENING, "fieldgate.url");
            assertEquals("http://127.0.0.1:" + first + "/", url);
            try (RawClient upgraded = new RawClient(url)) {
                upgraded.get("/any/path", UPGRADE);
                upgraded.answer();

                felix.configure(Map.of("port", first, "loopback.role", "operator"));
                Awaitility.await()
                        .atMost(Duration.ofSeconds(10))
                        .until(() -> servlet(url).endsWith("operator=true"));
                assertStillEchoes(upgraded);

                int second = freePort();
                felix.configure(Map.of("port", second));
                String moved = "http://127.0.0.1:" + second + "/";
                Awaitility.await()
                        .atMost(Duration.ofSeconds(10))
                        .until(() -> felix.announced(Gateway.LISTENING, "fieldgate.url")
                                .equals(moved));
                assertTrue(servlet(moved).endsWith("operator=false"));
                Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> !RawClient.isOpen(url));
                assertStillEchoes(upgraded);
            }
        }
    }

    @Test
    void keepsTheOldPortWhenTheNewOneCannotBeOpened() throws Exception {
        try (InFelix felix = new InFelix(cache, Map.of());
                ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int first = freePort();
            felix.configure(Map.of("port", first));
            felix.ready();
            String url = felix.announced(Gateway.LISTENING, "fieldgate.url");
            felix.configure(Map.of("port", taken.getLocalPort(), "loopback.role", "admin"));
            Awaitility.await()
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> servlet(url).endsWith("operator=true"));
            assertEquals(url, felix.announced(Gateway.LISTENING, "fieldgate.url"));
            assertFalse(felix.isAnnounced(Gateway.LISTENING_FAILED));
        }
    }

    @Test
    void keepsAllOfItsConfigurationWhenOneValueOfTheNextIsBad() throws Exception {
        try (InFelix felix = new InFelix(cache, Map.of())) {
            int port = freePort();
            felix.configure(Map.of("port", port, "loopback.role", "operator"));
            felix.ready();
            String url = felix.announced(Gateway.LISTENING, "fieldgate.url");
            try (LogLines log = new LogLines()) {
                felix.configure(Map.of(
                        "port", freePort(), "loopback.role", "admin", "origins.allowed", "http://panel.example/"));
                Awaitility.await()
                        .atMost(Duration.ofSeconds(10))
                        .until(() -> log.details().contains("the last good configuration goes on"));
                assertEquals(List.of(), log.errors());
            }
            assertEquals(url, felix.announced(Gateway.LISTENING, "fieldgate.url"));
            assertTrue(servlet(url).endsWith("operator=true"));
        }
    }

    @Test
    void saysThatTheCommandLineWinsWhenTheConfiguredPortChanges() throws Exception {
        try (InFelix felix = new InFelix(cache, Map.of(Gateway.HTTP, "127.0.0.1:0"));
                LogLines log = new LogLines()) {
            felix.ready();
            String url = felix.announced(Gateway.LISTENING, "fieldgate.url");
            felix.configure(Map.of("port", 8081));
            Awaitility.await()
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> log.details()
                            .contains(
                                    "io.fieldgate.transport.http says 127.0.0.1:8081, but --http 127.0.0.1:0 wins as long"
                                            + " as it is given"));
            assertEquals(url, felix.announced(Gateway.LISTENING, "fieldgate.url"));
        }
    }

    @Test
    void comesBackWhenItIsRestarted() throws Exception {
        try (InFelix felix = new InFelix(cache, Map.of(Gateway.HTTP, "127.0.0.1:0"))) {
            felix.ready();
            String url = felix.announced(Gateway.LISTENING, "fieldgate.url");
            felix.transport().stop();
            assertFalse(felix.isAnnounced(Gateway.LISTENING));
            Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> !RawClient.isOpen(url));
            felix.transport().start();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(10))
                    .ignoreExceptions()
                    .until(() -> servlet(felix.announced(Gateway.LISTENING, "fieldgate.url"))
                            .startsWith("HTTP/1.1 200 "));
            assertFalse(felix.isAnnounced(Gateway.LISTENING_FAILED));
        }
    }

    /** Else the next to stop, which may be the bundle of Felix HTTP, would stumble over what goes on. */
    @Test
    void hasStoppedJettyWhenItsStopReturns() throws Exception {
        try (InFelix felix = new InFelix(cache, Map.of(Gateway.HTTP, "127.0.0.1:0"))) {
            felix.ready();
            felix.announced(Gateway.LISTENING, "fieldgate.url");
            assertTrue(threadsOfJetty() > 0);
            felix.transport().stop();
            assertEquals(0, threadsOfJetty());
        }
    }

    private static long threadsOfJetty() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("qtp"))
                .count();
    }

    private static void assertStillEchoes(RawClient upgraded) throws IOException {
        upgraded.send("still");
        assertEquals("still", upgraded.bytes(5));
    }

    private static String servlet(String url) throws IOException {
        try (RawClient client = new RawClient(url)) {
            client.get("/servlet/x");
            return client.answer();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
