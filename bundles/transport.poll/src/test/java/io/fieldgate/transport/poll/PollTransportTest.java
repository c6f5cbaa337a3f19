package io.fieldgate.transport.poll;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.api.data.CloseReason;
import io.fieldgate.api.data.Message;
import io.fieldgate.api.gateway.Entry;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PollTransportTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String STREAM = "Accept: " + PollRequest.STREAM;
    private static final String POLL = "Accept: " + PollRequest.POLL;
    private static final String JSON = "Content-Type: " + PollRequest.POLL;
    private static final Pattern SESSION = Pattern.compile("\"session\":\"([A-Za-z0-9_-]{22})\"");

    private TestServer server = new TestServer();

    @AfterEach
    void stop() {
        server.close();
        server.host.sessions.forEach(session -> assertEquals(List.of(), session.faults));
    }

    @Test
    void leavesOtherRequestsAlone() throws Exception {
        assertEquals("hello", ask("GET /echo", "").answer());
        assertEquals("hello", ask("POST /echo", "x", "Content-Type: text/plain").answer());
        assertEquals(
                "hello",
                ask("GET /echo", "", STREAM, "Connection: Upgrade", "Upgrade: WebSocket")
                        .answer());
        server.host.serving = false;
        assertEquals("hello", ask("GET /echo", "", STREAM).answer());
        assertEquals("hello", ask("POST /echo", "{}", JSON).answer());
    }

    @Test
    void headAndOptionsOpenNothing() throws Exception {
        String head = ask("HEAD /echo", "", STREAM).head();
        assertTrue(head.startsWith("HTTP/1.1 200") && head.contains("text/event-stream"), head);
        assertTrue(ask("OPTIONS /echo", "").head().contains("Allow: GET, HEAD, POST, DELETE, OPTIONS"));
        assertEquals(0, server.host.sessions.size());
    }

    @Test
    void refusesAsTheCoreDoes() throws Exception {
        server.host.answer = CompletableFuture.completedFuture(new Entry.Refused(404, "nobody serves it"));
        assertTrue(ask("GET /echo", "", STREAM).answer().contains("nobody serves it"));
        server.host.answer = new CompletableFuture<>();
        TestClient waits = ask("GET /echo", "", POLL);
        await().atMost(PATIENCE).until(() -> server.host.asked.size() == 2);
        server.host.answer.complete(new Entry.Refused(503, "later"));
        String head = waits.head();
        assertTrue(head.startsWith("HTTP/1.1 503") && head.contains("Retry-After"), head);
    }

    @Test
    void boundsItsSessions() throws Exception {
        restart(new Settings(1, 30, 25, 15, 256, 262_144, 8_388_608, 262_144, 8_388_608, 10, 1000, false));
        String id = open();
        assertEquals(503, ask("GET /echo", "", POLL).status());
        assertEquals(204, ask("DELETE /echo", "", "Fieldgate-Session: " + id).status());
        assertNotEquals(id, open());
    }

    @Test
    void takesNoMoreOfAPostThanOfAnythingThatComesTooOften() throws Exception {
        restart(new Settings(1, 30, 25, 15, 256, 262_144, 8_388_608, 262_144, 8_388_608, 10, 1, true));
        String session = "Fieldgate-Session: " + open();
        String many = "{\"seq\":1,\"messages\":[" + "\"a\",".repeat(199) + "\"a\"]}";
        assertEquals(200, ask("POST /echo", many, JSON, session).status());
        String head = ask("POST /echo", "{\"ack\":0}", JSON, session).head();
        assertTrue(head.startsWith("HTTP/1.1 429") && head.contains("Retry-After"), head);
    }

    @Test
    void keepsStrangersOut() throws Exception {
        assertEquals(403, ask("GET /echo", "", STREAM, "X-No-User: 1").status());
        String id = open("X-User: ada");
        String session = "Fieldgate-Session: " + id;
        assertEquals(403, ask("POST /echo", "{\"ack\":0}", JSON, session).status());
        assertEquals(
                403,
                ask("POST /echo", "{\"ack\":0}", JSON, session, "X-User: bob").status());
        assertEquals(403, ask("DELETE /echo", "", session).status());
        assertEquals(
                403, ask("GET /echo", "", STREAM, "Last-Event-ID: " + id + ".0").status());
        assertEquals(
                410,
                ask("POST /other", "{\"ack\":0}", JSON, session, "X-User: ada").status());
        assertEquals(
                200,
                ask("POST /echo", "{\"ack\":0}", JSON, session, "X-User: ada").status());
    }

    @Test
    void refusesBodiesThatAreWrong() throws Exception {
        String session = "Fieldgate-Session: " + open();
        for (String body : new String[] {
            "",
            "[]",
            "{",
            "{} {}",
            "{\"messages\":[\"a\"]}",
            "{\"seq\":0}",
            "{\"seq\":1.5}",
            "{\"seq\":1,\"messages\":[1]}",
            "{\"seq\":1,\"messages\":[{\"binary\":\"?\"}]}",
            "{\"ack\":1}",
            "{\"close\":{\"code\":1006}}",
            "{\"close\":1}",
            "[".repeat(500),
            "{\"seq\":1e999999999}",
            "{\"ack\":99999999999999999999}"
        }) {
            assertEquals(400, ask("POST /echo", body, JSON, session).status(), body);
        }
        assertEquals(400, ask("POST /echo", "{}", JSON).status());
        assertEquals(
                415, ask("POST /echo", "a", "Content-Type: text/xml", session).status());
        assertEquals(
                413,
                ask("POST /echo", "", "Content-Length: 262145", "Content-Type: text/plain", session)
                        .status());
        String many = "\"\",".repeat(1000) + "\"\"";
        assertEquals(
                413,
                ask("POST /echo", "{\"seq\":1,\"messages\":[" + many + "]}", JSON, session)
                        .status());
        assertEquals(400, ask("GET /echo", "", STREAM, "Last-Event-ID: 7").status());
        assertEquals(0, server.session().messages.size());
    }

    @Test
    void closesWhoSendsTooGreatAMessage() throws Exception {
        TestClient stream = stream();
        String id = id(stream.event());
        assertEquals(
                413,
                ask("POST /echo", "x".repeat(65_537), "Content-Type: text/plain", "Fieldgate-Session: " + id)
                        .status());
        assertTrue(stream.event().startsWith("event: close|data: {\"code\":1009"));
        assertTrue(stream.isAtEnd());
        assertEquals(1009, server.session().closed.get(20, TimeUnit.SECONDS).code());
    }

    @Test
    void aPostWaitsForDemandWithoutAThread() throws Exception {
        server.host.demanding = false;
        String id = open();
        server.session().demand();
        TestClient post = post(id, "{\"seq\":1,\"messages\":[\"a\",\"b\"]}");
        assertEquals("a", server.session().messages.poll(20, TimeUnit.SECONDS).text());
        await().atMost(PATIENCE).until(() -> server.threads() <= 2);
        server.session().demand();
        assertEquals("{\"next\":3}", post.answer());
    }

    @Test
    void aPostThatHasWaitedLongEnoughSaysHowFarItCame() throws Exception {
        server.host.demanding = false;
        String id = open();
        server.session().demand();
        TestClient post = post(id, "{\"seq\":1,\"messages\":[\"a\",\"b\"]}");
        assertEquals("a", server.session().messages.poll(20, TimeUnit.SECONDS).text());
        server.pass(10);
        assertEquals("{\"next\":2}", post.answer());
        TestClient single = ask("POST /echo", "b", "Content-Type: text/plain", "Fieldgate-Session: " + id);
        TestClient newer = post(id, "{\"seq\":2,\"messages\":[\"b\"]}");
        await().atMost(PATIENCE).until(() -> {
            server.pass(1);
            return single.hasAnswer() && newer.hasAnswer();
        });
        assertEquals(503, single.status());
        assertEquals("{\"next\":2}", newer.answer());
    }

    @Test
    void aStreamIsKeptAliveAndAPollAnsweredWithNothing() throws Exception {
        TestClient stream = stream();
        stream.event();
        await().atMost(PATIENCE).until(() -> {
            server.pass(1);
            return stream.hasAnswer();
        });
        assertEquals(":", stream.event());
        String id = open();
        TestClient poll = ask("GET /echo", "", POLL, "Last-Event-ID: " + id + ".0");
        await().atMost(PATIENCE).until(() -> {
            server.pass(1);
            return poll.hasAnswer();
        });
        assertTrue(poll.answer().endsWith("\"messages\":[]}"));
    }

    @Test
    void aSessionThatNobodyHearsEnds() throws Exception {
        String id = open();
        server.pass(29);
        assertFalse(server.session().closed.isDone());
        await().atMost(PATIENCE).until(() -> {
            server.pass(1);
            return server.session().closed.isDone();
        });
        assertEquals(1001, server.session().closed.get(20, TimeUnit.SECONDS).code());
        assertEquals(
                410, ask("GET /echo", "", POLL, "Last-Event-ID: " + id + ".0").status());
        assertEquals(0, server.sessions.count());
    }

    @Test
    void aNewerStreamTakesThePlaceOfTheOlder() throws Exception {
        TestClient older = stream();
        String id = id(older.event());
        TestClient newer = ask("GET /echo", "", STREAM, "Last-Event-ID: " + id + ".0");
        newer.head();
        assertEquals(":", newer.event());
        assertTrue(older.isAtEnd());
        server.session().send(Message.text("a"));
        assertEquals("id: " + id + ".1|data: a", newer.event());
    }

    @Test
    void aStreamThatDoesNotReadIsNotFetchedFor() throws Exception {
        TestClient stream = stream();
        stream.event();
        Message large = Message.text("x".repeat(16_000));
        for (int i = 0; i < 2_000; i++) {
            server.session().send(large);
        }
        int fetched = server.session().fetched.get();
        assertTrue(fetched < 1_900, () -> fetched + " messages were fetched");
        TestClient other = stream();
        other.event();
        server.session().send(Message.text("a"));
        assertTrue(other.event().endsWith("data: a"));
        FakeHost.Session slow = server.host.sessions.get(0);
        for (int i = 1; i <= 2_000; i++) {
            assertTrue(stream.event().contains('.' + Integer.toString(i) + "|data: xxx"));
        }
        await().atMost(PATIENCE).until(() -> slow.sent.get() == 2_000);
    }

    @Test
    void whoAcknowledgesGetsNoMoreThanIsKeptAndWhoDoesNotLosesTheOldest() throws Exception {
        restart(new Settings(256, 30, 25, 15, 64, 262_144, 8_388_608, 262_144, 8_388_608, 10, 1000, false));
        TestClient stream = stream();
        String id = id(stream.event());
        FakeHost.Session session = server.session();
        for (int i = 1; i <= 100; i++) {
            session.send(Message.text("m" + i));
            stream.event();
        }
        await().atMost(PATIENCE).until(() -> session.sent.get() == 100);
        String gone =
                ask("GET /echo", "", STREAM, "Last-Event-ID: " + id + ".10").answer();
        assertTrue(gone.contains("no longer kept"), gone);
        post(id, "{\"ack\":100}").answer();
        for (int i = 101; i <= 200; i++) {
            session.send(Message.text("m" + i));
        }
        for (int i = 101; i <= 164; i++) {
            assertEquals("id: " + id + '.' + i + "|data: m" + i, stream.event());
        }
        await().atMost(PATIENCE).until(() -> session.sent.get() == 164);
        assertEquals(164, session.fetched.get());
        post(id, "{\"ack\":164}").answer();
        for (int i = 165; i <= 200; i++) {
            assertEquals("id: " + id + '.' + i + "|data: m" + i, stream.event());
        }
    }

    @Test
    void aSessionKeepsTheLeastWhenAllTogetherKeepTooMuch() throws Exception {
        restart(new Settings(256, 30, 25, 15, 64, 30_000, 30_000, 262_144, 8_388_608, 10, 1000, false));
        String greedy = open();
        FakeHost.Session first = server.session();
        first.send(Message.text("x".repeat(30_000)));
        assertTrue(poll(greedy, 0).contains("xxx"));
        String modest = open();
        for (String text : new String[] {"a", "b", "c", "d", "e", "f", "g"}) {
            server.session().send(Message.text(text.repeat(5_000)));
        }
        assertTrue(poll(modest, 0).endsWith("bb\"]}"));
        assertTrue(poll(modest, 2).endsWith("dd\"]}"));
        first.send(Message.text("the first is acknowledged"));
        assertTrue(poll(greedy, 1).contains("acknowledged"));
        assertTrue(poll(modest, 4).endsWith("gg\"]}"));

        await().atMost(PATIENCE).until(() -> {
            server.pass(1);
            return server.sessions.count() == 0;
        });
        assertEquals(0, server.sessions.budget().used());
    }

    @Test
    void hangsUpOnAStreamWhoseClientHasCeasedToAcknowledge() throws Exception {
        TestClient stream = stream();
        String id = id(stream.event());
        FakeHost.Session session = server.session();
        post(id, "{\"ack\":0}").answer();
        server.pass(100);
        session.send(Message.text("a"));
        await().atMost(PATIENCE).until(() -> session.sent.get() == 1);
        server.pass(39);
        session.send(Message.text("b"));
        await().atMost(PATIENCE).until(() -> session.sent.get() == 2);
        server.pass(1);
        int more = 0;
        while (!stream.isAtEnd()) {
            more++;
        }
        assertTrue(more > 0);

        TestClient back = ask("GET /echo", "", STREAM, "Last-Event-ID: " + id + ".1");
        assertTrue(back.head().startsWith("HTTP/1.1 200"));
        assertEquals(":", back.event());
        assertEquals("id: " + id + ".2|data: b", back.event());
        assertFalse(session.closed.isDone());
    }

    @Test
    void tellsAllClientsWhenItGoes() throws Exception {
        TestClient stream = stream();
        String id = id(stream.event());
        String polling = open();
        TestClient poll = ask("GET /echo", "", POLL, "Last-Event-ID: " + polling + ".0");
        await().atMost(PATIENCE).until(() -> server.threads() <= 2);
        server.session().send(Message.text("one is under way"));
        assertTrue(poll.answer().contains("one is under way"));
        TestClient again = ask("GET /echo", "", POLL, "Last-Event-ID: " + polling + ".1");
        await().atMost(PATIENCE).until(() -> server.session().sent.get() == 1);
        String idle = open();
        assertNotEquals(idle, id);

        server.transport.stop();

        assertEquals("event: close|data: {\"code\":1012,\"reason\":\"the transport restarts\"}", stream.event());
        assertTrue(stream.isAtEnd());
        String last = again.answer();
        assertTrue(
                last.contains("\"code\":1012") || last.contains("\"status\":503") || last.contains("\"status\":410"),
                last);
        for (FakeHost.Session session : server.host.sessions) {
            assertEquals(1012, session.closed.get(20, TimeUnit.SECONDS).code());
        }
        assertEquals(0, server.sessions.count());
    }

    @Test
    void whatWasSaidBeforeTheEndComesBeforeTheEnd() throws Exception {
        String id = open();
        TestClient poll = ask("GET /echo", "", POLL, "Last-Event-ID: " + id + ".0");
        server.session().send(Message.text("a"));
        assertTrue(poll.answer().contains("\"messages\":[\"a\"]"));
        server.session().link.close(new CloseReason(4000, "over"));
        assertEquals(4000, server.session().closed.get(20, TimeUnit.SECONDS).code());
        String last = ask("GET /echo", "", POLL, "Last-Event-ID: " + id + ".0").answer();
        assertTrue(last.endsWith("\"messages\":[\"a\"],\"close\":{\"code\":4000,\"reason\":\"over\"}}"), last);
        assertEquals(410, post(id, "{\"seq\":1,\"messages\":[\"b\"]}").status());
        server.pass(31);
        assertEquals(
                410, ask("GET /echo", "", POLL, "Last-Event-ID: " + id + ".1").status());
    }

    private void restart(Settings settings) {
        server.close();
        server = new TestServer(settings);
    }

    private TestClient ask(String request, String body, String... headers) throws IOException {
        return server.connect().send(request, body, headers);
    }

    private TestClient post(String id, String body) throws IOException {
        return ask("POST /echo", body, JSON, "Fieldgate-Session: " + id);
    }

    private String poll(String id, int after) throws IOException {
        return ask("GET /echo", "", POLL, "Last-Event-ID: " + id + '.' + after).answer();
    }

    /** Opens a session by a poll. */
    private String open(String... headers) throws IOException {
        String[] all = java.util.stream.Stream.concat(
                        java.util.stream.Stream.of(POLL), java.util.stream.Stream.of(headers))
                .toArray(String[]::new);
        return id(ask("GET /echo", "", all).answer());
    }

    /** Opens a session by a stream; its first event is next. */
    private TestClient stream() throws IOException {
        TestClient client = ask("GET /echo", "", STREAM);
        client.head();
        assertEquals("retry: 1000", client.event());
        return client;
    }

    private static String id(String text) {
        Matcher session = SESSION.matcher(text);
        assertTrue(session.find(), text);
        return session.group(1);
    }
}
