package io.fieldgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.api.data.CloseReason;
import io.fieldgate.api.data.Message;
import io.fieldgate.api.data.SocketRequest;
import io.fieldgate.api.gateway.Entry;
import io.fieldgate.api.gateway.SocketSession;
import io.fieldgate.api.handler.SocketHandler;
import io.fieldgate.api.handler.SocketNonBlocking;
import io.fieldgate.api.handler.SocketPath;
import io.fieldgate.api.handler.SocketResumable;
import io.fieldgate.api.handler.SocketSubprotocols;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TakeoverTest {

    private Bench bench = new Bench();
    private final RecordingHandler first = RecordingHandler.echo();
    private final RecordingHandler second = RecordingHandler.echo();

    @AfterEach
    void stop() {
        bench.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theNextHandlerGoesOnWithTheSession(boolean nonBlocking) {
        FakeReference<SocketHandler> reference = bench.register(at("/a", nonBlocking), first);
        FakeLink link = bench.connect("/a");
        link.send("1");
        Waiting.until(() -> link.got.contains("1"));

        bench.unregister(reference);
        assertEquals(List.of("opened", "1", "parked"), first.calls);
        assertTrue(bench.gateway.sessions().get(0).parked());
        assertEquals(0, bench.gateway.handlers().size());

        bench.register(at("/a", nonBlocking), second);
        link.send("2");
        Waiting.until(() -> link.got.contains("2"));

        assertEquals(List.of("resumed", "2"), second.calls);
        assertEquals(List.of("1", "2"), link.got);
        assertEquals(List.of(), link.closes);
        assertEquals(first.sessions.get(0).id(), second.sessions.get(0).id());
        assertFalse(bench.gateway.sessions().get(0).parked());
        assertEquals(1, bench.gateway.handlers().get(0).sessions());
    }

    @Test
    void whatTheClientSendsMeanwhileIsForTheSuccessor() {
        FakeReference<SocketHandler> reference = bench.register("/a", first);
        FakeLink link = bench.connect("/a");
        Waiting.until(link::isDemanded);
        bench.unregister(reference);

        link.send("1");
        link.send("2");
        link.send("3");
        assertEquals(2, link.inWire());

        bench.register("/a", second);
        Waiting.until(() -> link.got.size() == 3);
        assertEquals(List.of("resumed", "1", "2", "3"), second.calls);
    }

    @Test
    void whatWasReadAheadIsForTheSuccessor() {
        CountDownLatch inCallback = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        first.onReceived = (session, text) -> {
            inCallback.countDown();
            Waiting.until(goOn);
        };
        FakeReference<SocketHandler> reference = bench.register("/a", first);
        FakeLink link = bench.connect("/a");
        for (int i = 1; i <= 4; i++) {
            link.send("m" + i);
        }
        Waiting.until(inCallback);
        Waiting.until(() -> link.inWire() == 0);

        CompletableFuture<Void> going = CompletableFuture.runAsync(() -> bench.unregister(reference));
        Waiting.until(() -> bench.gateway.handlers().isEmpty());
        goOn.countDown();
        Waiting.get(going);
        assertEquals(List.of("opened", "m1", "parked"), first.calls);

        bench.register("/a", second);
        Waiting.until(() -> second.calls.size() == 4);
        assertEquals(List.of("resumed", "m2", "m3", "m4"), second.calls);
    }

    @Test
    void attributesSurvive() {
        first.onOpened = session -> session.setAttribute("seq", "7");
        first.onParked =
                session -> session.setAttribute("seq", session.attribute("seq").orElseThrow() + "!");
        AtomicReference<Optional<String>> found = new AtomicReference<>(Optional.empty());
        second.onResumed = session -> found.set(session.attribute("seq"));
        FakeReference<SocketHandler> reference = bench.register("/a", first);
        bench.connect("/a");
        Waiting.until(() -> first.calls.contains("opened"));

        bench.unregister(reference);
        bench.register("/a", second);

        Waiting.until(() -> found.get().equals(Optional.of("7!")));
    }

    @Test
    void sendingInParkedIsTheLastThatReachesTheClient() {
        first.onParked = session -> session.send(Message.text("be right back"));
        FakeReference<SocketHandler> reference = bench.register("/a", first);
        FakeLink link = bench.connect("/a");
        Waiting.until(() -> first.calls.contains("opened"));

        bench.unregister(reference);

        assertEquals(List.of("be right back"), link.got);
    }

    @Test
    void aRevokedSessionDoesNothing() {
        FakeReference<SocketHandler> reference = bench.register("/a", first);
        FakeLink link = bench.connect("/a");
        Waiting.until(() -> first.calls.contains("opened"));
        bench.unregister(reference);
        bench.register("/a", second);
        Waiting.until(() -> second.calls.contains("resumed"));

        SocketSession revoked = first.sessions.get(0);
        assertFalse(revoked.isOpen());
        assertFalse(revoked.send(Message.text("x")));
        assertFalse(revoked.sendLatest("k", Message.text("x")));
        assertFails(revoked.sendTracked(Message.text("x")).toCompletableFuture());
        revoked.setAttribute("k", "v");
        revoked.close(CloseReason.normal());

        assertEquals(Optional.empty(), second.sessions.get(0).attribute("k"));
        assertEquals(Optional.empty(), revoked.attribute("k"));
        assertEquals(List.of(), link.got);
        assertEquals(List.of(), link.closes);
        assertEquals("/a", revoked.request().path());
    }

    @Test
    void trackedMessagesFailWhenTheirSessionIsRevokedAndLeaveAllTheSame() {
        FakeReference<SocketHandler> reference = bench.register("/a", first);
        FakeLink link = bench.connect("/a");
        link.takes(false);
        Waiting.until(() -> first.calls.contains("opened"));
        CompletableFuture<Void> left =
                first.sessions.get(0).sendTracked(Message.text("x")).toCompletableFuture();

        bench.unregister(reference);
        assertFails(left);

        link.takes(true);
        assertEquals(List.of("x"), link.got);
    }

    @Test
    void closesWith1012WhenNobodyComesInTime() {
        FakeReference<SocketHandler> reference = bench.register("/a", first);
        FakeLink link = bench.connect("/a");
        Waiting.until(() -> first.calls.contains("opened"));
        bench.unregister(reference);

        bench.pass(29);
        assertEquals(List.of(), link.closes);
        bench.pass(1);

        assertEquals(CloseReason.SERVICE_RESTART, link.closes.get(0).code());
        assertEquals(List.of(), bench.gateway.sessions());
        assertEquals(List.of("opened", "parked"), first.calls);
    }

    @Test
    void logsOnceHowManyNobodyCameFor() {
        FakeReference<SocketHandler> reference = bench.register("/a", first);
        List<FakeLink> links = List.of(bench.connect("/a"), bench.connect("/a"));
        Waiting.until(() -> links.stream().allMatch(FakeLink::isDemanded));
        bench.unregister(reference);

        bench.pass(30);

        assertEquals(
                List.of("WARNING /a: no handler has come within 30 s, so 2 sessions are closed with 1012"),
                bench.log.stream().filter(line -> line.contains("1012")).toList());
    }

    @Test
    void closesWith1012AtOnceWhenItIsNotResumable() {
        FakeReference<SocketHandler> reference =
                bench.register(FakeReference.at("/a").with(SocketResumable.NAME, false), first);
        FakeLink link = bench.connect("/a");
        Waiting.until(() -> first.calls.contains("opened"));

        bench.unregister(reference);

        assertEquals(CloseReason.SERVICE_RESTART, link.closes.get(0).code());
        assertEquals(List.of("opened", "closed 1012"), first.calls);
        assertEquals(List.of(), bench.gateway.sessions());
    }

    @Test
    void aClientThatGoesWhileParkedIsUnknownToTheSuccessor() {
        FakeReference<SocketHandler> reference = bench.register("/a", first);
        FakeLink gone = bench.connect("/a");
        FakeLink stays = bench.connect("/a");
        Waiting.until(() -> first.calls.size() == 2);
        bench.unregister(reference);

        gone.hangUp();
        bench.register("/a", second);
        stays.send("1");
        Waiting.until(() -> stays.got.contains("1"));

        assertEquals(List.of("resumed", "1"), second.calls);
        assertEquals(List.of("opened", "opened", "parked", "parked"), first.calls);
        assertEquals(1, bench.gateway.sessions().size());
    }

    @Test
    void aHandlerThatReplacesItselfFromItsOwnCallbackIsNotWaitedFor() {
        AtomicReference<FakeReference<SocketHandler>> own = new AtomicReference<>();
        CountDownLatch replaced = new CountDownLatch(1);
        CountDownLatch back = new CountDownLatch(1);
        first.onReceived = (session, text) -> {
            bench.unregister(own.get());
            bench.announce(FakeReference.at("/a"), second);
            replaced.countDown();
            Waiting.until(back);
        };
        own.set(bench.register("/a", first));
        FakeLink link = bench.connect("/a");
        FakeLink other = bench.connect("/a");
        link.send("update yourself");
        link.send("are you there?");

        Waiting.until(replaced);
        other.send("1");
        Waiting.until(() -> other.got.contains("1"));
        assertTrue(bench.gateway.sessions().get(0).parked());
        assertEquals(List.of(), link.got);

        back.countDown();
        Waiting.until(() -> link.got.equals(List.of("are you there?")));
        assertFalse(first.calls.contains("closed"));
        assertEquals(List.of(), link.closes);
    }

    @Test
    void aNonBlockingHandlerCanReplaceItselfToo() {
        AtomicReference<FakeReference<SocketHandler>> own = new AtomicReference<>();
        first.onReceived = (session, text) -> {
            bench.unregister(own.get());
            assertFalse(session.send(Message.text("too late")));
        };
        own.set(bench.register(at("/a", true), first));
        FakeLink link = bench.connect("/a");
        link.send("update yourself");
        bench.register(at("/a", true), second);

        link.send("2");

        Waiting.until(() -> link.got.equals(List.of("2")));
        assertEquals(List.of("opened", "update yourself"), first.calls);
    }

    @Test
    void twoHandlersThatReplaceEachOtherDoNotWaitForEachOther() {
        AtomicReference<FakeReference<SocketHandler>> a = new AtomicReference<>();
        AtomicReference<FakeReference<SocketHandler>> b = new AtomicReference<>();
        CountDownLatch both = new CountDownLatch(2);
        first.onReceived = (session, text) -> {
            both.countDown();
            Waiting.until(both);
            bench.unregister(b.get());
        };
        second.onReceived = (session, text) -> {
            both.countDown();
            Waiting.until(both);
            bench.unregister(a.get());
        };
        a.set(bench.register("/a", first));
        b.set(bench.register("/b", second));
        FakeLink toFirst = bench.connect("/a");
        FakeLink toSecond = bench.connect("/b");

        toFirst.send("x");
        toSecond.send("x");

        // With a park wait of 20 s this would time out if the one waited for the other.
        Waiting.until(() -> bench.gateway.handlers().isEmpty()
                && bench.gateway.sessions().stream().allMatch(session -> session.parked()));
    }

    @Test
    void aCallbackThatComesBackLateKeepsItsSessionUntilThen() {
        impatient();
        CountDownLatch back = new CountDownLatch(1);
        first.onReceived = (session, text) -> Waiting.until(back);
        FakeReference<SocketHandler> reference = bench.register("/a", first);
        FakeLink link = bench.connect("/a");
        link.send("1");
        link.send("2");
        Waiting.until(() -> first.calls.contains("1"));

        bench.unregister(reference);
        bench.register("/a", second);
        bench.pass(29);
        assertEquals(List.of(), second.calls);
        assertFalse(first.sessions.get(0).send(Message.text("x")));

        back.countDown();
        Waiting.until(() -> link.got.equals(List.of("2")));
        assertEquals(List.of("opened", "1"), first.calls);
        assertEquals(List.of("resumed", "2"), second.calls);
    }

    @Test
    void aCallbackThatNeverComesBackEndsItsSessionWith1011() {
        impatient();
        CountDownLatch back = new CountDownLatch(1);
        first.onReceived = (session, text) -> Waiting.until(back);
        FakeReference<SocketHandler> reference = bench.register("/a", first);
        FakeLink link = bench.connect("/a");
        FakeLink other = bench.connect("/a");
        link.send("1");
        Waiting.until(() -> first.calls.contains("1"));

        bench.unregister(reference);
        bench.register("/a", second);
        other.send("2");
        Waiting.until(() -> other.got.contains("2"));
        bench.pass(30);

        assertEquals(CloseReason.INTERNAL_ERROR, link.closes.get(0).code());
        assertEquals(List.of(), other.closes);
        back.countDown();
        other.send("3");
        Waiting.until(() -> other.got.contains("3"));
        assertEquals(List.of("resumed", "2", "3"), second.calls);
    }

    @Test
    void aLateCallbackThatComesBackWhenTheTakeoverTimeIsUpEndsItsSessionWith1012() {
        impatient();
        CountDownLatch back = new CountDownLatch(1);
        first.onReceived = (session, text) -> Waiting.until(back);
        FakeReference<SocketHandler> reference = bench.register("/a", first);
        FakeLink link = bench.connect("/a");
        link.send("1");
        Waiting.until(() -> first.calls.contains("1"));

        bench.unregister(reference);
        bench.pass(20);
        assertEquals(List.of(), link.closes);

        back.countDown();
        Waiting.until(() -> !link.closes.isEmpty());
        assertEquals(CloseReason.SERVICE_RESTART, link.closes.get(0).code());
    }

    @Test
    void aLateCallbackThatThrowsEndsItsSessionWith1011() {
        impatient();
        CountDownLatch back = new CountDownLatch(1);
        first.onReceived = (session, text) -> {
            Waiting.until(back);
            throw new IllegalStateException("boom");
        };
        FakeReference<SocketHandler> reference = bench.register("/a", first);
        FakeLink link = bench.connect("/a");
        link.send("1");
        Waiting.until(() -> first.calls.contains("1"));
        bench.unregister(reference);

        back.countDown();

        Waiting.until(() -> !link.closes.isEmpty());
        assertEquals(CloseReason.INTERNAL_ERROR, link.closes.get(0).code());
    }

    @Test
    void ofTwoHandlersASessionStaysWithItsOwnUntilThatGoes() {
        FakeReference<SocketHandler> low = bench.register(FakeReference.at("/a").ranked(1), first);
        FakeLink old = bench.connect("/a");
        Waiting.until(() -> first.calls.contains("opened"));
        FakeReference<SocketHandler> high =
                bench.register(FakeReference.at("/a").ranked(2), second);
        FakeLink young = bench.connect("/a");
        Waiting.until(() -> second.calls.contains("opened"));

        old.send("1");
        Waiting.until(() -> first.calls.contains("1"));
        bench.unregister(high);
        young.send("2");
        Waiting.until(() -> young.got.contains("2"));

        assertEquals(List.of("opened", "1", "resumed", "2"), first.calls);
        assertEquals(List.of("opened", "parked"), second.calls);
        bench.unregister(low);
        assertEquals(
                2, bench.gateway.sessions().stream().filter(s -> s.parked()).count());
    }

    @Test
    void newBeforeOldSwapsWithoutAGap() {
        FakeReference<SocketHandler> old = bench.register("/a", first);
        FakeLink link = bench.connect("/a");
        Waiting.until(() -> first.calls.contains("opened"));
        bench.register("/a", second);

        bench.unregister(old);
        link.send("1");

        Waiting.until(() -> link.got.contains("1"));
        assertEquals(List.of("resumed", "1"), second.calls);
    }

    @Test
    void aHandlerOfAnotherSubprotocolDoesNotTakeOver() {
        FakeReference<SocketHandler> x =
                bench.register(FakeReference.at("/a").with(SocketSubprotocols.NAME, new String[] {"x"}), first);
        FakeLink link = bench.connect(
                SocketRequest.builder("/a").subprotocols(List.of("x")).build(), new FakeLink());
        Waiting.until(() -> first.calls.contains("opened"));
        bench.unregister(x);

        bench.register(FakeReference.at("/a").with(SocketSubprotocols.NAME, new String[] {"y"}), second);
        bench.pass(30);

        assertEquals(CloseReason.SERVICE_RESTART, link.closes.get(0).code());
        assertEquals(List.of(), second.calls);
    }

    @Test
    void aSessionThatIsOpenedWhenItsHandlerHasJustGoneGetsTheNext() {
        FakeReference<SocketHandler> reference = bench.register("/a", first);
        Entry.Granted entry = assertInstanceOf(Entry.Granted.class, bench.enter("/a"));
        bench.unregister(reference);
        FakeLink link = new FakeLink();
        link.attach(entry.open(link));
        bench.register("/a", second);
        link.send("1");

        Waiting.until(() -> link.got.contains("1"));
        assertEquals(List.of(), first.calls);
        assertEquals(List.of("opened", "1"), second.calls);
        assertThrows(IllegalStateException.class, () -> entry.open(link));
    }

    @Test
    void changedPropertiesAreLikeGoingAndComing() {
        FakeReference<SocketHandler> reference = bench.register("/a", first);
        FakeLink link = bench.connect("/a");
        Waiting.until(() -> first.calls.contains("opened"));

        reference.with(SocketNonBlocking.NAME, true);
        bench.gateway.updatedHandler(reference);
        link.send("1");
        Waiting.until(() -> link.got.contains("1"));
        assertEquals(List.of("opened", "parked", "resumed", "1"), first.calls);

        reference.with("something.else", 1).ranked(7);
        bench.gateway.updatedHandler(reference);
        assertEquals(7, bench.gateway.handlers().get(0).ranking());
        assertEquals(List.of("opened", "parked", "resumed", "1"), first.calls);

        reference.with(SocketPath.NAME, "nonsense");
        bench.gateway.updatedHandler(reference);
        assertEquals(List.of(), bench.gateway.handlers());
        Waiting.until(() -> bench.released.contains(reference));
        assertSame(true, bench.gateway.sessions().get(0).parked());
    }

    @Test
    void aHandlerThatChangesTwiceBeforeItServesIsGivenBack() {
        CountDownLatch goOn = new CountDownLatch(1);
        FakeReference<SocketHandler> reference = bench.register("/a", second);
        first.onReceived = (session, text) -> Waiting.until(goOn);
        bench.register("/b", first);
        bench.register("/c", first);
        Stream.of("/b", "/b", "/c", "/c").forEach(path -> bench.connect(path).send("block"));
        Waiting.until(() -> first.calls.stream().filter("block"::equals).count() == 4);

        bench.gateway.updatedHandler(reference.with(SocketNonBlocking.NAME, true));
        bench.gateway.updatedHandler(reference.with(SocketPath.NAME, "nonsense"));

        Waiting.until(() -> bench.released.contains(reference));
        goOn.countDown();
    }

    @Test
    void aHandlerThatThrowsInParkedLosesTheSession() {
        first.onParked = session -> {
            throw new IllegalStateException("boom");
        };
        FakeReference<SocketHandler> reference = bench.register("/a", first);
        FakeLink link = bench.connect("/a");
        Waiting.until(() -> first.calls.contains("opened"));

        bench.unregister(reference);

        Waiting.until(() -> !link.closes.isEmpty());
        assertEquals(CloseReason.INTERNAL_ERROR, link.closes.get(0).code());
    }

    @Test
    void aThousandSessionsChangeHandsAndLoseNothing() {
        FakeReference<SocketHandler> reference = bench.register("/a", first);
        List<FakeLink> links =
                IntStream.range(0, 1000).mapToObj(i -> bench.connect("/a")).toList();
        links.forEach(link -> link.send("before"));
        FakeReference<SocketHandler> current = reference;
        for (int round = 0; round < 5; round++) {
            bench.unregister(current);
            links.forEach(link -> link.send("away"));
            current = bench.register("/a", RecordingHandler.echo());
            links.forEach(link -> link.send("back"));
        }
        Waiting.until(() -> links.stream().allMatch(link -> link.got.size() == 11));
        List<String> expected =
                List.of("before", "away", "back", "away", "back", "away", "back", "away", "back", "away", "back");
        assertTrue(links.stream().allMatch(link -> link.got.equals(expected)));
        assertTrue(links.stream().allMatch(link -> link.closes.isEmpty()));
    }

    private void impatient() {
        bench.close();
        bench = Bench.impatient();
    }

    private static FakeReference<SocketHandler> at(String path, boolean nonBlocking) {
        return FakeReference.at(path).with(SocketNonBlocking.NAME, nonBlocking);
    }

    private static void assertFails(CompletableFuture<Void> future) {
        CompletionException failed = assertThrows(CompletionException.class, () -> Waiting.get(future));
        assertInstanceOf(IllegalStateException.class, failed.getCause());
    }
}
