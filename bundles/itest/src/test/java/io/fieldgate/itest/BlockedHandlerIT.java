package io.fieldgate.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.itest.subject.BlockingHandler;
import io.fieldgate.itest.subject.ReleaseHandler;
import io.fieldgate.itest.subject.SlowAdmitHandler;
import io.fieldgate.itest.subject.ThrowingHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A handler that blocks, dawdles or throws harms its own clients and nobody else's. */
class BlockedHandlerIT {

    private static final int BLOCKED = 100;

    private static GatewayProcess gateway;

    @BeforeAll
    static void start() throws Exception {
        gateway = GatewayProcess.start();
        gateway.deploy(
                TestBundle.of(
                                "blocking",
                                BlockingHandler.class,
                                ReleaseHandler.class,
                                SlowAdmitHandler.class,
                                ThrowingHandler.class)
                        .build(),
                "blocking.jar");
        new BundleList(gateway).awaitVersion("io.fieldgate.itest.blocking", "1.0.0");
    }

    @AfterAll
    static void stop() throws Exception {
        gateway.close();
    }

    @Test
    void doesNotKeepOtherPathsAndPagesFromAnswering() throws Exception {
        List<WebSocketProbe> blocked = new ArrayList<>();
        try (WebSocketProbe echo = WebSocketProbe.open(gateway.uri(), "/echo");
                LiveProbe live = LiveProbe.open(gateway.uri())) {
            for (int i = 0; i < BLOCKED; i++) {
                blocked.add(WebSocketProbe.open(gateway.uri(), "/blocking"));
            }
            for (WebSocketProbe client : blocked) {
                client.send("wait");
            }
            for (int i = 0; i < 20; i++) {
                assertEquals("echo " + i, echo.ask("echo " + i));
                assertTrue(live.ask("devices", "").contains("\"op\":\"ok\""));
                assertEquals(200, gateway.get("/").statusCode());
            }
            try (WebSocketProbe release = WebSocketProbe.open(gateway.uri(), "/blocking/release")) {
                assertEquals("done", release.ask("go on"));
            }
            for (WebSocketProbe client : blocked) {
                assertEquals("released", client.text());
            }
        } finally {
            for (WebSocketProbe client : blocked) {
                client.close();
            }
        }
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

    @Test
    void losesOnlyTheSessionInWhoseCallbackItThrows() throws Exception {
        try (WebSocketProbe one = WebSocketProbe.open(gateway.uri(), "/throwing");
                WebSocketProbe other = WebSocketProbe.open(gateway.uri(), "/throwing")) {
            one.send("throw");
            assertEquals(1011, one.closeCode());
            assertEquals("hello", other.ask("hello"));
            gateway.awaitLog("io.fieldgate.itest.blocking", "/throwing");
        }
    }
}
