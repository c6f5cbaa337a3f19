package io.fieldgate.transport.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Requests that wait, at a real Jetty. */
class WaitingRoomTest {

    private static final Barrier GOES = Barrier.of(List.of(PathPattern.of("", "/goes/*")), List.of());
    private static final Duration LONG = Duration.ofSeconds(60);

    private final Server jetty = new Server();
    private final ServerConnector port = new ServerConnector(jetty);
    private final List<String> served = new ArrayList<>(); // guarded by itself
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch mayEnd = new CountDownLatch(1);

    private WaitingRoom room;

    @AfterEach
    void stop() throws Exception {
        mayEnd.countDown();
        jetty.stop();
    }

    @Test
    void letsThemGoOnWhenTheBarrierOpens() throws Exception {
        start(Map.of(), LONG);
        room.follow(GOES);
        try (RawClient waits = asks("/goes/1");
                RawClient passes = asks("/stays")) {
            assertTrue(passes.answer().endsWith("/stays"));
            awaitCount(1);
            room.follow(Barrier.of(List.of(PathPattern.of("", "/other")), List.of()));
            assertTrue(waits.answer().endsWith("/goes/1"));
            assertEquals(0, room.count());
        }
    }

    @Test
    void refusesWhoHasWaitedLongEnough() throws Exception {
        start(Map.of(), Duration.ofMillis(700));
        room.follow(GOES);
        try (RawClient client = asks("/goes/1")) {
            String answer = client.answer();
            assertTrue(answer.startsWith("HTTP/1.1 503 "), answer);
            assertTrue(answer.contains("Retry-After: 2") && answer.contains("application/problem+json"), answer);
            assertEquals(0, room.count());
        }
    }

    @Test
    void refusesWhoFindsNoPlace() throws Exception {
        start(Map.of("replacing_requests_max", 1), LONG);
        room.follow(GOES);
        try (RawClient first = asks("/goes/1")) {
            awaitCount(1);
            try (RawClient second = asks("/goes/2")) {
                String answer = second.answer();
                assertTrue(answer.startsWith("HTTP/1.1 503 ") && answer.contains("replacing.requests.max"), answer);
            }
            room.follow(Barrier.OPEN);
            assertTrue(first.answer().endsWith("/goes/1"));
        }
    }

    @Test
    void givesThePlaceAwayOfAClientThatHasGone() throws Exception {
        start(Map.of("replacing_requests_max", 1), LONG);
        room.follow(GOES);
        asks("/goes/1").close();
        Awaitility.await().until(() -> room.count() == 0);
        try (RawClient next = asks("/goes/2")) {
            awaitCount(1);
            room.follow(Barrier.OPEN);
            assertTrue(next.answer().endsWith("/goes/2"));
        }
    }

    @Test
    void losesNothingThatIsSentBehindARequestThatWaits() throws Exception {
        start(Map.of(), LONG);
        room.follow(GOES);
        try (RawClient client = asks("/goes/1")) {
            awaitCount(1);
            client.get("/goes/2");
            client.get("/stays");
            for (int i = 0; i < 15; i++) {
                assertTrue(client.isQuiet()); // long enough for several looks
            }
            room.follow(Barrier.OPEN);
            assertTrue(client.answer().endsWith("/goes/1"));
            assertTrue(client.answer().endsWith("/goes/2"));
            assertTrue(client.answer().endsWith("/stays"));
        }
    }

    @Test
    void isNotIdleWhileItWaits() throws Exception {
        port.setIdleTimeout(200);
        start(Map.of(), LONG);
        room.follow(GOES);
        try (RawClient client = asks("/goes/1")) {
            for (int i = 0; i < 10; i++) {
                assertTrue(client.isQuiet());
            }
            room.follow(Barrier.OPEN);
            assertTrue(client.answer().endsWith("/goes/1"));
        }
    }

    @Test
    void waitsForThoseThatHavePassed() throws Exception {
        start(Map.of(), LONG);
        try (RawClient client = asks("/goes/blocks");
                RawClient open = asks("/goes/open")) {
            assertTrue(begun.await(20, TimeUnit.SECONDS));
            Awaitility.await().until(() -> served().contains("/goes/open"));
            room.follow(GOES);
            assertFalse(room.awaitPassed(System.nanoTime()));
            CompletableFuture<Boolean> over = CompletableFuture.supplyAsync(() -> room.awaitPassed(deadline()));
            assertFalse(over.isDone());
            mayEnd.countDown();
            assertTrue(over.get(20, TimeUnit.SECONDS));
            assertTrue(client.answer().endsWith("/goes/blocks"));
            assertFalse(open.hasAnswer());
        }
    }

    @Test
    void waitsForNoneOfOtherPaths() throws Exception {
        start(Map.of(), LONG);
        try (RawClient client = asks("/stays/blocks")) {
            assertTrue(begun.await(20, TimeUnit.SECONDS));
            room.follow(GOES);
            assertTrue(room.awaitPassed(deadline()));
            mayEnd.countDown();
            assertTrue(client.answer().endsWith("/stays/blocks"));
        }
    }

    private void start(Map<String, Object> limits, Duration patience) throws Exception {
        room = new WaitingRoom(GivenLimits.of(limits), patience);
        jetty.addConnector(port);
        jetty.setHandler(new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) throws Exception {
                return room.pass(request, response, callback, WaitingRoomTest.this::serve);
            }
        });
        jetty.start();
    }

    private boolean serve(Request request, Response response, Callback callback) throws Exception {
        String path = request.getHttpURI().getPath();
        if (path.endsWith("/blocks")) {
            begun.countDown();
            assertTrue(mayEnd.await(60, TimeUnit.SECONDS));
        }
        synchronized (served) {
            served.add(path);
        }
        if (!path.endsWith("/open")) {
            byte[] body = path.getBytes(StandardCharsets.US_ASCII);
            response.getHeaders().put("Content-Length", body.length);
            response.write(true, ByteBuffer.wrap(body), callback);
        }
        return true;
    }

    private List<String> served() {
        synchronized (served) {
            return List.copyOf(served);
        }
    }

    private void awaitCount(int count) {
        Awaitility.await().until(() -> room.count() == count);
    }

    private RawClient asks(String path) throws IOException {
        RawClient client = new RawClient("http://localhost:" + port.getLocalPort());
        client.get(path);
        return client;
    }

    private static long deadline() {
        return System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    }
}
