package io.fieldgate.itest;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.itest.subject.BlockingHandler;
import io.fieldgate.itest.subject.PromiseBreakingHandler;
import io.fieldgate.itest.subject.ReleaseHandler;
import io.fieldgate.itest.subject.SlowAdmitHandler;
import io.fieldgate.itest.subject.ThrowingHandler;
import io.fieldgate.testkit.BundleList;
import io.fieldgate.testkit.GatewayProcess;
import io.fieldgate.testkit.Upgrade;
import io.fieldgate.testkit.WebSocketProbe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A handler that blocks, dawdles or throws harms its own clients and nobody else's. */
class BlockedHandlerIT {

    private static final int BLOCKED = 100;
    private static final int SOME = 10;

    /** The default share of the default pool: once all of these are blocked, the path lets nobody in. */
    private static final int THREADS_PER_PATH = 4;

    private static final String BUNDLE = "io.fieldgate.itest.blocking";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static GatewayProcess gateway;
    private static BundleList bundles;

    @BeforeAll
    static void start() throws Exception {
        gateway = GatewayProcess.start();
        gateway.deploy(
                TestBundle.of(
                                "blocking",
                                BlockingHandler.class,
                                PromiseBreakingHandler.class,
                                ReleaseHandler.class,
                                SlowAdmitHandler.class,
                                ThrowingHandler.class)
                        .build(),
                "blocking.jar");
        bundles = gateway.bundles();
        bundles.awaitVersion(BUNDLE, "1.0.0");
    }

    @BeforeEach
    void blockAgain() throws IOException {
        assertEquals("done", askRelease("block again"));
    }

    @AfterEach
    void letGo() throws IOException {
        assertEquals("done", askRelease("go on"));
    }

    @AfterAll
    static void stop() throws Exception {
        gateway.close();
    }

    @Test
    void doesNotKeepOthersFromAnsweringWhenItBlocksInReceived() throws Exception {
        List<WebSocketProbe> clients = open(BLOCKED, "/blocking");
        try {
            for (WebSocketProbe client : clients) {
                client.send("received");
            }
            awaitBlocked();
            assertOthersAnswer();
            release(clients, "received");
        } finally {
            close(clients);
        }
    }

    @Test
    void doesNotKeepOthersFromAnsweringWhenItBlocksInOpened() throws Exception {
        List<WebSocketProbe> clients = open(THREADS_PER_PATH, "/blocking?opened");
        try {
            await("all of them block")
                    .atMost(PATIENCE)
                    .until(() -> askRelease("how many").equals(Integer.toString(THREADS_PER_PATH)));
            assertEquals(
                    503,
                    WebSocketProbe.ask(Upgrade.to(gateway.uri(), "/blocking")).status());
            assertOthersAnswer();
            release(clients, "opened");
        } finally {
            close(clients);
        }
    }

    /** It blocks for as long as {@code unregister} waits for it, and is then let go by its own end. */
    @Test
    void doesNotKeepOthersFromAnsweringWhenItBlocksInParked() throws Exception {
        try (WebSocketProbe client = WebSocketProbe.open(gateway.uri(), "/blocking")) {
            assertEquals("parked", client.ask("parked"));
            CompletableFuture<Void> stop = CompletableFuture.runAsync(() -> bundle(bundles::stop));
            try {
                assertEquals("blocked in parked", client.text());
                assertOthersAnswer();
                stop.get(30, TimeUnit.SECONDS);
            } finally {
                bundle(bundles::start);
            }
            assertEquals("and now?", client.ask("and now?"));
        }
    }

    @Test
    void doesNotKeepOthersFromAnsweringWhenItBlocksInResumed() throws Exception {
        List<WebSocketProbe> clients = open(SOME, "/blocking");
        try {
            for (WebSocketProbe client : clients) {
                assertEquals("resumed", client.ask("resumed"));
            }
            bundle(bundles::stop);
            bundle(bundles::start);
            awaitBlocked();
            assertOthersAnswer();
            release(clients, "resumed");
        } finally {
            close(clients);
        }
    }

    @Test
    void doesNotKeepOthersFromAnsweringWhenItBlocksInClosed() throws Exception {
        List<WebSocketProbe> clients = open(SOME, "/blocking");
        try {
            for (WebSocketProbe client : clients) {
                assertEquals("closed", client.ask("closed"));
            }
        } finally {
            close(clients);
        }
        awaitBlocked();
        assertOthersAnswer();
        assertNotEquals("0", askRelease("how many"), "nobody was blocked to the end");
        assertEquals("done", askRelease("go on"));
        await("all have gone")
                .atMost(PATIENCE)
                .until(() -> askRelease("how many").equals("0") && sessionsAt("/blocking") == 0);
    }

    @Test
    void doesNotKeepOthersWaitingWhileItMakesUpItsMind() throws Exception {
        long begin = System.nanoTime();
        CompletableFuture<WebSocketProbe.Answer> slow = CompletableFuture.supplyAsync(() -> {
            try {
                return WebSocketProbe.ask(Upgrade.to(gateway.uri(), "/slow-admit"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        for (int i = 0; i < 10; i++) {
            try (WebSocketProbe echo = WebSocketProbe.open(gateway.uri(), "/echo")) {
                assertEquals("quick", echo.ask("quick"));
            }
        }
        Duration others = Duration.ofNanos(System.nanoTime() - begin);
        assertTrue(others.compareTo(Duration.ofSeconds(3)) < 0, () -> "the others have waited " + others);
        assertEquals(101, slow.get(10, TimeUnit.SECONDS).status());
    }

    /** What it has said before it blocked leaves all the same, though it was held back for more to come. */
    @Test
    void isNamedWhenItHasPromisedNotToBlock(@TempDir Path directory) throws Exception {
        Path release = directory.resolve("release");
        try (WebSocketProbe client = WebSocketProbe.open(gateway.uri(), "/promise-breaking")) {
            client.send(release.toString());
            try {
                assertEquals("blocked", client.text());
                gateway.awaitLog(BUNDLE, "/promise-breaking", "has promised not to block");
            } finally {
                Files.createFile(release);
            }
            assertEquals("released", client.text());
        }
    }

    @Test
    void losesOnlyTheSessionInWhoseCallbackItThrows() throws Exception {
        try (WebSocketProbe one = WebSocketProbe.open(gateway.uri(), "/throwing");
                WebSocketProbe other = WebSocketProbe.open(gateway.uri(), "/throwing")) {
            one.send("throw");
            assertEquals(1011, one.closeCode());
            assertEquals("hello", other.ask("hello"));
            gateway.awaitLog(BUNDLE, "/throwing");
        }
    }

    private static List<WebSocketProbe> open(int count, String path) throws IOException {
        List<WebSocketProbe> clients = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            clients.add(WebSocketProbe.open(gateway.uri(), path));
        }
        return clients;
    }

    private static void close(List<WebSocketProbe> clients) throws IOException {
        for (WebSocketProbe client : clients) {
            client.close();
        }
    }

    /** Another path, the live stream and the page, while somebody is blocked from before to after. */
    private static void assertOthersAnswer() throws Exception {
        try (WebSocketProbe echo = WebSocketProbe.open(gateway.uri(), "/echo");
                LiveProbe live = LiveProbe.open(gateway.uri())) {
            for (int i = 0; i < 10; i++) {
                assertEquals("echo " + i, echo.ask("echo " + i));
                assertTrue(live.ask("devices", "").contains("\"op\":\"ok\""));
                assertEquals(200, gateway.get("/").statusCode());
            }
        }
    }

    private static void release(List<WebSocketProbe> clients, String callback) throws IOException {
        assertNotEquals("0", askRelease("how many"), "nobody was blocked to the end");
        assertEquals("done", askRelease("go on"));
        for (WebSocketProbe client : clients) {
            assertEquals("blocked in " + callback, client.text());
            assertEquals("released", client.text());
        }
    }

    private static void awaitBlocked() {
        await("a callback blocks")
                .atMost(PATIENCE)
                .until(() -> !askRelease("how many").equals("0"));
    }

    private static String askRelease(String question) throws IOException {
        try (WebSocketProbe release = WebSocketProbe.open(gateway.uri(), "/blocking/release")) {
            return release.ask(question);
        }
    }

    private static long sessionsAt(String path) throws Exception {
        return gateway.shell("fg:sessions")
                .orFail()
                .lines()
                .filter(line -> line.contains(' ' + path + ' '))
                .count();
    }

    private interface BundleAction {
        void on(String symbolicName) throws IOException, InterruptedException;
    }

    private static void bundle(BundleAction action) {
        try {
            action.on(BUNDLE);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
