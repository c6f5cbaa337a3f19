package io.fieldgate.installer;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.api.data.Role;
import io.fieldgate.api.data.User;
import io.fieldgate.api.gateway.Update;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UpdatesServletTest {

    private static final int WAITS_MAX = 2 * UpdateServer.THREADS;

    private final FakeUpdate update = new FakeUpdate(7, "pump", "anna", Update.State.VERIFIED);
    private UpdateServer server;

    @BeforeEach
    void start() throws Exception {
        server = new UpdateServer(1, WAITS_MAX);
        server.installer.updates.add(update);
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
    }

    private CompletableFuture<HttpResponse<String>> waitFor(int seconds) {
        return server.begin(server.request("/api/updates/7?wait=" + seconds));
    }

    private void awaitWaits(int count) {
        await().atMost(Duration.ofSeconds(30)).until(() -> server.updates.waiting() == count);
    }

    private static String body(CompletableFuture<HttpResponse<String>> answer) throws Exception {
        HttpResponse<String> response = answer.get(60, TimeUnit.SECONDS);
        assertEquals(200, response.statusCode());
        return response.body();
    }

    @Test
    void tellsHowFarAnUpdateIs() throws Exception {
        HttpResponse<String> response = server.get("/api/updates/7");
        assertEquals(200, response.statusCode());
        assertEquals("no-store", response.headers().firstValue("Cache-Control").orElse(""));
        assertEquals(
                "{\"id\":7,\"state\":\"verified\",\"by\":\"anna\",\"since\":\"1970-01-01T00:00:00Z\","
                        + "\"changed\":\"1970-01-01T00:00:01Z\","
                        + "\"parts\":[{\"name\":\"pump\",\"from\":\"1.0.0\",\"to\":\"1.1.0\"}]}",
                response.body());
        update.become(Update.State.ROLLED_BACK);
        String end = server.get("/api/updates/7?wait=60").body();
        assertTrue(end.contains("\"state\":\"rolled-back\",\"reason\":\"it did not start\""), end);
    }

    @Test
    void refusesWhatItCannotAnswer() throws Exception {
        assertEquals(404, server.get("/api/updates/8").statusCode());
        assertEquals(404, server.get("/api/updates/seven").statusCode());
        assertEquals(404, server.get("/api/updates/").statusCode());
        for (String wait : List.of("61", "-1", "x", "9999999999999999999")) {
            assertEquals(400, server.get("/api/updates/7?wait=" + wait).statusCode(), wait);
        }
        server.user = Optional.of(new User("olaf", Role.OPERATOR));
        assertEquals(403, server.get("/api/updates/7").statusCode());
    }

    @Test
    void answersWhenTheStateChanges() throws Exception {
        CompletableFuture<HttpResponse<String>> first = waitFor(60);
        awaitWaits(1);
        update.become(Update.State.ACTIVATING);
        assertTrue(body(first).contains("\"activating\""));
        CompletableFuture<HttpResponse<String>> second = waitFor(60);
        awaitWaits(1);
        assertFalse(second.isDone());
        update.become(Update.State.COMMITTED);
        assertTrue(body(second).contains("\"committed\""));
        assertEquals(1, update.listeners.size());
        awaitWaits(0);
    }

    @Test
    void answersWithWhatIsWhenTheTimeIsUp() throws Exception {
        assertTrue(body(waitFor(1)).contains("\"verified\""));
        awaitWaits(0);
    }

    @Test
    void looksAgainWhenTheTimeIsUp() throws Exception {
        CompletableFuture<HttpResponse<String>> answer = waitFor(3);
        awaitWaits(1);
        server.installer.updates.set(0, new FakeUpdate(7, "pump", "anna", Update.State.COMMITTED));
        assertTrue(body(answer).contains("\"committed\""));
    }

    @Test
    void manyWaitWithoutAThreadAndNoMore() throws Exception {
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        for (int i = 0; i < WAITS_MAX; i++) {
            answers.add(waitFor(60));
        }
        awaitWaits(WAITS_MAX);
        HttpResponse<String> refused = waitFor(60).get(60, TimeUnit.SECONDS);
        assertEquals(503, refused.statusCode());
        assertEquals("5", refused.headers().firstValue("Retry-After").orElse(""));
        update.become(Update.State.ACTIVATING);
        for (CompletableFuture<HttpResponse<String>> answer : answers) {
            assertTrue(body(answer).contains("\"activating\""));
        }
        awaitWaits(0);
    }

    @Test
    void answersAllWhenItGoes() throws Exception {
        CompletableFuture<HttpResponse<String>> answer = waitFor(60);
        awaitWaits(1);
        server.updates.deactivate();
        assertTrue(body(answer).contains("\"verified\""));
        assertTrue(body(waitFor(60)).contains("\"verified\""), "one that comes too late does not wait");
    }
}
