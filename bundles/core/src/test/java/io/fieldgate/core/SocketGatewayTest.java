package io.fieldgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.api.data.CloseReason;
import io.fieldgate.api.data.Message;
import io.fieldgate.api.data.SocketRequest;
import io.fieldgate.api.gateway.Entry;
import io.fieldgate.api.gateway.HandlerInfo;
import io.fieldgate.api.gateway.SessionInfo;
import io.fieldgate.api.handler.SocketHandler;
import io.fieldgate.api.handler.SocketNonBlocking;
import io.fieldgate.api.handler.SocketSubprotocols;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the gateway shows of itself, and how it ends. */
class SocketGatewayTest {

    private final Bench bench = new Bench();
    private final RecordingHandler handler = RecordingHandler.echo();

    @AfterEach
    void stop() {
        bench.close();
    }

    @Test
    void listsHandlersByPathAndRank() {
        bench.register(FakeReference.at("/b").with(SocketSubprotocols.NAME, new String[] {"x"}), handler);
        bench.register(FakeReference.at("/a").ranked(1), handler);
        bench.register(FakeReference.at("/a").ranked(2), handler);

        List<HandlerInfo> handlers = bench.gateway.handlers();

        assertEquals(
                List.of("/a", "/a", "/b"),
                handlers.stream().map(HandlerInfo::path).toList());
        assertEquals(
                List.of(2, 1, 0), handlers.stream().map(HandlerInfo::ranking).toList());
        assertEquals(List.of("x"), handlers.get(2).subprotocols());
    }

    @Test
    void listsSessionsOldestFirstWithWhatIsQueued() {
        bench.register("/a", handler);
        FakeLink first = bench.connect("/a");
        bench.connect("/a");
        first.takes(false);
        first.send("abc");
        Waiting.until(() -> bench.gateway.sessions().get(0).queuedMessages() == 1);

        List<SessionInfo> sessions = bench.gateway.sessions();
        assertEquals(2, sessions.size());
        assertEquals(first.session().id(), sessions.get(0).id());
        assertEquals(3, sessions.get(0).queuedBytes());
        assertEquals("/a", sessions.get(0).request().path());
        assertTrue(!sessions.get(0).openedAt().isAfter(sessions.get(1).openedAt()));
    }

    @Test
    void refusesToSendACodeThatCannotBeSent() {
        assertThrows(IllegalArgumentException.class, () -> bench.gateway.close("x", new CloseReason(1006, "")));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void closesAllSessionsWith1001WhenItStops(boolean nonBlocking) {
        bench.register(FakeReference.at("/a").with(SocketNonBlocking.NAME, nonBlocking), handler);
        FakeLink one = bench.connect("/a");
        FakeLink two = bench.connect("/a");
        Waiting.until(() -> handler.calls.size() == 2);

        bench.gateway.close();

        assertEquals(CloseReason.GOING_AWAY, one.closes.get(0).code());
        assertEquals(CloseReason.GOING_AWAY, two.closes.get(0).code());
        assertEquals(List.of("opened", "opened", "closed 1001", "closed 1001"), handler.calls);
        assertEquals(List.of(), bench.gateway.sessions());
        assertEquals(1, bench.released.size());
    }

    @Test
    void tellsTheHandlerEvenIfTheLinkDoesNotEnd() {
        bench.register("/a", handler);
        FakeLink link = bench.connect(SocketRequest.builder("/a").build(), new FakeLink().ignoresClose());
        Waiting.until(() -> handler.calls.contains("opened"));

        bench.gateway.close();

        assertEquals(CloseReason.GOING_AWAY, link.closes.get(0).code());
        assertEquals(List.of("opened", "closed 1001"), handler.calls);
        link.hangUp();
    }

    @Test
    void doesNotWaitForALinkThatDoesNotEnd() {
        bench.register("/a", handler);
        FakeLink link = bench.connect(SocketRequest.builder("/a").build(), new FakeLink().ignoresClose());
        Waiting.until(() -> handler.calls.contains("opened"));

        assertTimeout(Duration.ofMillis(1500), () -> bench.gateway.close());

        assertEquals(List.of("opened", "closed 1001"), handler.calls);
        link.hangUp();
    }

    @Test
    void waitsForAHandlerThatHangsOnlyOnce() {
        CountDownLatch goOn = new CountDownLatch(1);
        handler.onReceived = (session, text) -> Waiting.until(goOn);
        FakeReference<SocketHandler> reference = bench.register("/a", handler);
        bench.connect("/a").send("1");
        Waiting.until(() -> handler.calls.contains("1"));

        assertTimeout(Duration.ofMillis(3500), () -> {
            bench.gateway.shutDown();
            bench.unregister(reference);
            bench.gateway.close();
        });
        goOn.countDown();
    }

    @Test
    void tellsTheHandlerOfAClientThatHasJustGone() {
        CountDownLatch goOn = new CountDownLatch(1);
        handler.onReceived = (session, text) -> Waiting.until(goOn);
        bench.register("/a", handler);
        FakeLink one = bench.connect("/a");
        FakeLink two = bench.connect("/a");
        FakeLink gone = bench.connect("/a");
        Waiting.until(() -> handler.calls.size() == 3);
        one.send("block");
        two.send("block");
        Waiting.until(() -> handler.calls.size() == 5);
        gone.send("last words");
        Stream.of(one, two, gone).forEach(FakeLink::hangUp);
        assertEquals(List.of(), bench.gateway.sessions());

        CompletableFuture<Void> stopping = CompletableFuture.runAsync(bench.gateway::close);
        assertThrows(TimeoutException.class, () -> stopping.get(200, TimeUnit.MILLISECONDS));
        goOn.countDown();
        Waiting.get(stopping);

        assertEquals(
                3,
                handler.calls.stream().filter(call -> call.startsWith("closed")).count());
    }

    @Test
    void goesOnWatchingAfterAFailure() {
        CountDownLatch goOn = new CountDownLatch(1);
        handler.onReceived = (session, text) -> Waiting.until(goOn);
        bench.register(FakeReference.at("/b").with(SocketNonBlocking.NAME, true), handler);
        bench.register(FakeReference.at("/a").with(SocketNonBlocking.NAME, true), handler);
        FakeLink first = bench.connect("/b");
        CompletableFuture<Void> one = CompletableFuture.runAsync(() -> first.send("1"));
        Waiting.until(() -> handler.calls.contains("1"));
        bench.failsToLog("/b has promised");
        assertThrows(LinkageError.class, () -> bench.pass(1));

        FakeLink second = bench.connect("/a");
        CompletableFuture<Void> two = CompletableFuture.runAsync(() -> second.send("2"));
        Waiting.until(() -> handler.calls.contains("2"));
        bench.pass(3);

        assertEquals(1, warnings());
        goOn.countDown();
        Waiting.get(one);
        Waiting.get(two);
    }

    @Test
    void aCallbackCanStopIt() {
        CountDownLatch stopped = new CountDownLatch(1);
        handler.onReceived = (session, text) -> {
            bench.gateway.close();
            stopped.countDown();
        };
        bench.register("/a", handler);
        FakeLink link = bench.connect("/a");
        link.send("stop");

        Waiting.until(stopped);
        assertEquals(CloseReason.GOING_AWAY, link.closes.get(0).code());
    }

    @Test
    void aParkedSessionClosesWhenItStops() {
        FakeReference<SocketHandler> reference = bench.register("/a", handler);
        FakeLink link = bench.connect("/a");
        Waiting.until(() -> handler.calls.contains("opened"));
        bench.unregister(reference);

        bench.gateway.close();

        assertEquals(CloseReason.GOING_AWAY, link.closes.get(0).code());
    }

    @Test
    void turnsAwayEverybodyWhenItStops() {
        FakeReference<SocketHandler> reference = bench.register("/a", handler);
        Entry.Granted entry = (Entry.Granted) bench.enter("/a");
        bench.unregister(reference);
        CompletableFuture<Entry> waiting = bench.ask(SocketRequest.builder("/a").build());

        bench.gateway.close();

        assertEquals(
                503, assertInstanceOf(Entry.Refused.class, Waiting.get(waiting)).status());
        assertEquals(
                503, assertInstanceOf(Entry.Refused.class, bench.enter("/a")).status());
        FakeLink link = new FakeLink();
        link.attach(entry.open(link));
        assertEquals(CloseReason.GOING_AWAY, link.closes.get(0).code());
    }

    @Test
    void namesAHandlerThatHasPromisedNotToBlockAndDoes() {
        CountDownLatch blocked = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        handler.onReceived = (session, text) -> {
            blocked.countDown();
            Waiting.until(goOn);
        };
        bench.register(FakeReference.at("/a").with(SocketNonBlocking.NAME, true), handler);
        FakeLink link = bench.connect("/a");
        CompletableFuture<Void> reader = CompletableFuture.runAsync(() -> link.send("1"));
        Waiting.until(blocked);

        bench.pass(3);
        assertEquals(1, warnings());
        goOn.countDown();
        Waiting.get(reader);
        bench.pass(3);
        assertEquals(1, warnings());
    }

    @Test
    void doesNotNameAHandlerThatIsBusyWithManyMessages() {
        handler.onReceived = (session, text) -> {
            bench.time.advance(CallbackWatch.PERIOD);
            session.send(Message.text(text));
        };
        bench.register(FakeReference.at("/a").with(SocketNonBlocking.NAME, true), handler);
        FakeLink link = bench.connect("/a");
        for (int i = 0; i < 10; i++) {
            link.send("" + i);
        }

        assertEquals(10, link.got.size());
        assertEquals(0, warnings());
    }

    private long warnings() {
        return bench.log.stream()
                .filter(line -> line.startsWith("WARNING") && line.contains("/a has promised not to block"))
                .count();
    }
}
