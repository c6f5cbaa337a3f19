package io.fieldgate.itest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.testkit.BundleList;
import io.fieldgate.testkit.GatewayProcess;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Clients without WebSocket are served by the same handlers, and lose nothing. */
class PollIT {

    private static final int MESSAGES = 10_000;
    private static final int BATCH = 50;
    private static final int OUTSTANDING = 150;
    private static final long SEED = 20_261_122;
    private static final String ECHO = "io.fieldgate.handler.echo";
    private static final String TRANSPORT = "io.fieldgate.transport.poll";

    private static GatewayProcess gateway;
    private static BundleList bundles;

    @BeforeAll
    static void start() throws Exception {
        gateway = GatewayProcess.start();
        bundles = gateway.bundles();
    }

    @AfterAll
    static void stop() throws Exception {
        gateway.close();
    }

    @Test
    void aClientHearsByAStreamOrByPolls() throws Exception {
        try (PollProbe stream = PollProbe.stream(gateway.uri(), "/echo");
                PollProbe polls = PollProbe.polls(gateway.uri(), "/echo")) {
            assertEquals("{\"next\":2}", stream.say(1, List.of("by stream")).body());
            assertEquals(new PollProbe.Event("", "by stream"), stream.event());
            assertEquals("{\"next\":3}", polls.say(1, List.of("a", "b")).body());
            assertTrue(heardByPolls(polls, "\"b\""));
            String sessions = gateway.shell("fg:sessions").orFail();
            assertTrue(sessions.contains(" sse ") && sessions.contains(" poll "), sessions);
        }
    }

    @Test
    void thePointsComeByAStream() throws Exception {
        try (PollProbe live = PollProbe.stream(gateway.uri(), "/live?subprotocol=fieldgate.live.v1")) {
            String subscribe = "{\\\"op\\\":\\\"subscribe\\\",\\\"id\\\":1,\\\"filters\\\":[\\\"sim/tank/**\\\"]}";
            assertEquals("{\"next\":2}", live.say(1, List.of(subscribe)).body());
            assertTrue(live.event().data().startsWith("{\"op\":\"ok\",\"id\":1,"));
            assertTrue(live.event().data().contains("\"point\":\"sim/tank/level\""));
        }
    }

    @Test
    void nothingIsLostDoubledOrReorderedWhereverTheStreamIsCut() throws Exception {
        Random random = new Random(SEED);
        int cuts = 0;
        try (PollProbe client = PollProbe.stream(gateway.uri(), "/echo")) {
            int said = 0;
            int heard = 0;
            while (said < MESSAGES) {
                List<String> batch = IntStream.rangeClosed(said + 1, said + BATCH)
                        .mapToObj(number -> "m" + number)
                        .toList();
                HttpResponse<String> answer = client.say(said + 1, batch);
                assertEquals("{\"next\":" + (said + BATCH + 1) + '}', answer.body());
                if (random.nextInt(5) == 0) {
                    assertEquals(answer.body(), client.say(said + 1, batch).body());
                }
                said += BATCH;
                int enough = said == MESSAGES ? MESSAGES : said - random.nextInt(OUTSTANDING);
                for (; heard < enough; heard++) {
                    assertEquals("m" + (heard + 1), client.event().data());
                }
                if (random.nextInt(5) == 0) {
                    client.cut();
                    assertEquals(200, client.listen());
                    cuts++;
                }
            }
            HttpResponse<String> gap = client.say(MESSAGES + 2, List.of("too early"));
            assertEquals(409, gap.statusCode());
            assertTrue(gap.body().endsWith("\"next\":" + (MESSAGES + 1) + '}'), gap::body);
        }
        assertTrue(cuts > 10, "the stream was cut " + cuts + " times");
    }

    @Test
    void neitherNoticesThatTheHandlerIsReplaced() throws Exception {
        try (PollProbe stream = PollProbe.stream(gateway.uri(), "/echo");
                PollProbe polls = PollProbe.polls(gateway.uri(), "/echo")) {
            bundles.stop(ECHO);
            CompletableFuture<HttpResponse<String>> first = stream.sayLater(1, List.of("a", "b", "c"));
            CompletableFuture<HttpResponse<String>> second = polls.sayLater(1, List.of("a", "b", "c"));
            bundles.start(ECHO);
            sayTheRest(stream, first.join());
            sayTheRest(polls, second.join());
            for (String text : new String[] {"a", "b", "c"}) {
                assertEquals(text, stream.event().data());
            }
            assertTrue(heardByPolls(polls, "\"c\""));
        }
    }

    @Test
    void isToldWhenTheTransportIsReplaced() throws Exception {
        try (PollProbe stream = PollProbe.stream(gateway.uri(), "/echo");
                PollProbe idle = PollProbe.polls(gateway.uri(), "/echo")) {
            bundles.stop(TRANSPORT);
            PollProbe.Event last = stream.event();
            assertEquals("close", last.name());
            assertTrue(last.data().startsWith("{\"code\":1012,"), last::data);
            bundles.start(TRANSPORT);
            assertEquals(410, idle.statusOfPoll());
            try (PollProbe next = PollProbe.stream(gateway.uri(), "/echo")) {
                assertEquals(200, next.say(1, List.of("hello")).statusCode());
                assertEquals("hello", next.event().data());
            }
        }
    }

    /** A POST that has waited too long for the successor, on a busy machine, is said again from where it came to. */
    private static void sayTheRest(PollProbe client, HttpResponse<String> answer) {
        for (HttpResponse<String> last = answer; !last.body().equals("{\"next\":4}"); ) {
            assertEquals(200, last.statusCode(), last::body);
            last = client.say(1, List.of("a", "b", "c"));
        }
    }

    private static boolean heardByPolls(PollProbe client, String last) throws Exception {
        boolean heard = false;
        for (int polls = 0; polls < 10 && !heard; polls++) {
            heard = client.poll().contains(last);
        }
        return heard;
    }
}
