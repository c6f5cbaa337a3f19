package io.fieldgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.api.data.CloseReason;
import io.fieldgate.api.data.Message;
import io.fieldgate.api.data.SocketRequest;
import io.fieldgate.api.gateway.Entry;
import io.fieldgate.api.gateway.LinkedSession;
import io.fieldgate.api.gateway.SocketSession;
import io.fieldgate.api.handler.SocketHandler;
import io.fieldgate.api.handler.SocketNonBlocking;
import io.fieldgate.api.transport.SocketLink;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages and callbacks of sessions whose handler stays. The queue's bounds are 64 messages and 4,096 bytes. */
class SessionFlowTest {

    private final Bench bench = new Bench();
    private final RecordingHandler handler = RecordingHandler.echo();

    @AfterEach
    void stop() {
        bench.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void callsInOrderAndNeverTwoAtOnce(boolean nonBlocking) {
        AtomicBoolean overlapped = new AtomicBoolean();
        Map<String, AtomicInteger> inside = new ConcurrentHashMap<>();
        handler.onReceived = (session, text) -> {
            AtomicInteger here = inside.computeIfAbsent(session.id(), id -> new AtomicInteger());
            if (here.incrementAndGet() != 1) {
                overlapped.set(true);
            }
            session.send(Message.text(text));
            here.decrementAndGet();
        };
        bench.register(FakeReference.at("/a").with(SocketNonBlocking.NAME, nonBlocking), handler);
        List<FakeLink> links =
                IntStream.range(0, 20).mapToObj(i -> bench.connect("/a")).toList();
        List<String> sent = IntStream.range(0, 500).mapToObj(Integer::toString).toList();

        links.parallelStream().forEach(link -> sent.forEach(link::send));

        Waiting.until(() -> links.stream().allMatch(link -> link.got.size() == sent.size()));
        assertTrue(links.stream().allMatch(link -> link.got.equals(sent)));
        assertFalse(overlapped.get());
    }

    @Test
    void nothingIsReadBeforeOpenedHasReturned() {
        CountDownLatch goOn = new CountDownLatch(1);
        handler.onOpened = session -> Waiting.until(goOn);
        bench.register("/a", handler);
        FakeLink link = bench.connect("/a");
        link.send("1");
        Waiting.until(() -> handler.calls.contains("opened"));
        assertFalse(link.isDemanded());
        assertEquals(1, link.inWire());

        goOn.countDown();
        Waiting.until(() -> link.got.contains("1"));
        assertEquals(List.of("opened", "1"), handler.calls);
    }

    @Test
    void readsAheadUpToItsBound() {
        CountDownLatch goOn = new CountDownLatch(1);
        handler.onReceived = (session, text) -> Waiting.until(goOn);
        bench.register("/a", handler);
        FakeLink link = bench.connect("/a");
        IntStream.range(0, 20).forEach(i -> link.send("m" + i));

        // One is with the handler and four wait for it.
        Waiting.until(() -> link.inWire() == 15);
        assertFalse(link.isDemanded());

        goOn.countDown();
        Waiting.until(() -> handler.calls.size() == 21);
    }

    @Test
    void aNonBlockingHandlerRunsOnTheThreadThatBrings() {
        List<Thread> threads = new ArrayList<>();
        handler.onOpened = session -> threads.add(Thread.currentThread());
        handler.onReceived = (session, text) -> threads.add(Thread.currentThread());
        bench.register(FakeReference.at("/a").with(SocketNonBlocking.NAME, true), handler);
        FakeLink link = bench.connect("/a");

        link.send("1");

        assertEquals(List.of(Thread.currentThread(), Thread.currentThread()), threads);
    }

    @Test
    void aLinkThatDeliversWithinDemandDoesNotOverflowTheStack() {
        SocketHandler echo = (session, message) -> session.send(message);
        bench.register(FakeReference.at("/a").with(SocketNonBlocking.NAME, true), echo);
        int messages = 100_000;
        AtomicInteger echoed = new AtomicInteger();
        Entry.Granted entry = (Entry.Granted) bench.enter("/a");
        EagerLink link = new EagerLink(messages, echoed);
        link.session = entry.open(link);
        link.demand();

        assertEquals(messages, echoed.get());
    }

    /** Hands over and fetches at once, within the very call. */
    private static final class EagerLink implements SocketLink {
        private final AtomicInteger echoed;
        private int left;
        private LinkedSession session;

        EagerLink(int messages, AtomicInteger echoed) {
            this.left = messages;
            this.echoed = echoed;
        }

        @Override
        public void demand() {
            if (left > 0 && session != null) {
                left--;
                session.received(Message.text("x"));
            }
        }

        @Override
        public void flush() {
            while (session.next().isPresent()) {
                echoed.incrementAndGet();
                session.sent();
            }
        }

        @Override
        public void close(CloseReason reason) {
            session.closed(reason);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void readsNothingWhileMoreThanHalfOfTheQueueIsUnsent(boolean nonBlocking) {
        bench.register(FakeReference.at("/a").with(SocketNonBlocking.NAME, nonBlocking), handler);
        FakeLink link = bench.connect("/a");
        link.takes(false);
        IntStream.range(0, 100).forEach(i -> link.send("m" + i));

        Waiting.until(() -> bench.gateway.sessions().get(0).queuedMessages() >= 33 && !link.isDemanded());
        Waiting.until(() -> handler.calls.size() - 1 + link.inWire() == 100);
        int queued = bench.gateway.sessions().get(0).queuedMessages();
        assertTrue(queued <= 33 + 5, "queued " + queued);

        link.takes(true);
        Waiting.until(() -> link.got.size() == 100);
        assertEquals(List.of(), link.closes);
    }

    @Test
    void countsBytesForTheHalfToo() {
        handler.onReceived = (session, text) -> session.send(Message.binary(new byte[2049]));
        bench.register(FakeReference.at("/a").with(SocketNonBlocking.NAME, true), handler);
        CountingLink link = new CountingLink();
        LinkedSession session = link.open(bench.enter("/a"));
        assertEquals(1, link.demands.get());

        session.received(Message.text("x"));
        assertEquals(1, link.demands.get());
        assertTrue(session.next().isPresent());
        assertEquals(1, link.demands.get());
        session.sent();
        assertEquals(2, link.demands.get());
    }

    @Test
    void refusesAMessageThatWasNotDemanded() {
        handler.onReceived = (session, text) -> session.send(Message.binary(new byte[2049]));
        bench.register(FakeReference.at("/a").with(SocketNonBlocking.NAME, true), handler);
        LinkedSession session = new CountingLink().open(bench.enter("/a"));
        session.received(Message.text("x"));

        assertThrows(IllegalStateException.class, () -> session.received(Message.text("y")));
    }

    @Test
    void flushesOnceUntilTheLinkHasFoundNothing() {
        bench.register(FakeReference.at("/a").with(SocketNonBlocking.NAME, true), handler);
        CountingLink link = new CountingLink();
        LinkedSession linked = link.open(bench.enter("/a"));
        SocketSession session = handler.sessions.get(0);

        session.send(Message.text("1"));
        session.send(Message.text("2"));
        assertEquals(1, link.flushes.get());
        assertEquals("1", linked.next().orElseThrow().text());
        session.send(Message.text("3"));
        assertEquals(1, link.flushes.get());
        linked.next();
        linked.next();
        assertTrue(linked.next().isEmpty());
        session.send(Message.text("4"));
        assertEquals(2, link.flushes.get());
    }

    /** A link may hold back what it has to say while more is queued; the queue must not overflow for that. */
    @Test
    void flushesAgainWhenTheQueueIsHalfFull() {
        bench.register(FakeReference.at("/a").with(SocketNonBlocking.NAME, true), handler);
        CountingLink link = new CountingLink();
        link.open(bench.enter("/a"));
        SocketSession session = handler.sessions.get(0);

        for (int i = 0; i < 32; i++) {
            session.send(Message.text("x"));
        }
        assertEquals(1, link.flushes.get());
        session.send(Message.text("one more"));
        assertEquals(2, link.flushes.get());
    }

    /** Fetches nothing by itself, and ends when it is told to close. */
    private static class CountingLink implements SocketLink {
        final AtomicInteger demands = new AtomicInteger();
        final AtomicInteger flushes = new AtomicInteger();
        private LinkedSession session;

        LinkedSession open(Entry entry) {
            session = ((Entry.Granted) entry).open(this);
            return session;
        }

        @Override
        public void demand() {
            demands.incrementAndGet();
        }

        @Override
        public void flush() {
            flushes.incrementAndGet();
        }

        @Override
        public void close(CloseReason reason) {
            session.closed(reason);
        }
    }

    /**
     * One thread sends the next message as soon as the last was fetched; just then the other looks whether there is one, and
     * if not sleeps until it is flushed. A flush that is missing even once leaves it asleep.
     */
    @Test
    void losesNoWakeUpHoweverSendAndFetchRace() throws Exception {
        bench.register(FakeReference.at("/a").with(SocketNonBlocking.NAME, true), handler);
        SleepingLink link = new SleepingLink();
        LinkedSession linked = link.open(bench.enter("/a"));
        SocketSession session = handler.sessions.get(0);
        int rounds = 200_000;
        AtomicInteger fetched = new AtomicInteger();
        CompletableFuture<Void> fetching = CompletableFuture.runAsync(() -> {
            while (fetched.get() < rounds) {
                if (linked.next().isPresent()) {
                    linked.sent();
                    fetched.incrementAndGet();
                } else {
                    link.awaitFlush();
                }
            }
        });
        for (int round = 0; round < rounds && !fetching.isDone(); round++) {
            while (fetched.get() < round && !fetching.isDone()) {
                Thread.onSpinWait();
            }
            assertTrue(session.send(Message.text("a")));
        }

        fetching.get(60, TimeUnit.SECONDS);
    }

    private static final class SleepingLink extends CountingLink {
        private boolean flushed; // guarded by this

        @Override
        public synchronized void flush() {
            flushed = true;
            notifyAll();
        }

        synchronized void awaitFlush() {
            long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
            while (!flushed) {
                long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
                assertTrue(left > 0, "the wake-up was lost");
                try {
                    wait(left);
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
            flushed = false;
        }
    }

    @Test
    void aFullQueueClosesWith1013AndSaysSoOnce() {
        bench.register("/a", handler);
        FakeLink link = bench.connect("/a");
        link.takes(false);
        Waiting.until(() -> handler.calls.contains("opened"));
        SocketSession session = handler.sessions.get(0);
        for (int i = 0; i < 64; i++) {
            assertTrue(session.send(Message.text("x")));
        }

        assertFalse(session.send(Message.text("one too many")));
        assertFalse(session.send(Message.text("and another")));
        assertFalse(session.isOpen());

        assertEquals(CloseReason.TRY_AGAIN_LATER, link.closes.get(0).code());
        Waiting.until(() -> handler.calls.contains("closed 1013"));
        assertEquals(List.of(), link.got);
        List<String> warnings =
                bench.log.stream().filter(line -> line.startsWith("WARNING")).toList();
        assertEquals(1, warnings.size());
        assertTrue(warnings.get(0).contains("session " + session.id() + " at /a"), warnings.get(0));
        assertTrue(warnings.get(0).contains("64 messages, 64 bytes"), warnings.get(0));
    }

    @Test
    void theLatestNeverFillsTheQueue() {
        bench.register("/a", handler);
        FakeLink link = bench.connect("/a");
        link.takes(false);
        Waiting.until(() -> handler.calls.contains("opened"));
        SocketSession session = handler.sessions.get(0);

        for (int i = 0; i < 1000; i++) {
            assertTrue(session.sendLatest("level", Message.text("" + i)));
        }
        link.takes(true);

        assertEquals(List.of("999"), link.got);
    }

    @Test
    void trackedMessagesCompleteInOrderWhenTheyHaveLeft() {
        bench.register(FakeReference.at("/a").with(SocketNonBlocking.NAME, true), handler);
        LinkedSession linked = new CountingLink().open(bench.enter("/a"));
        SocketSession session = handler.sessions.get(0);
        CompletableFuture<Void> first = tracked(session);
        session.send(Message.text("between"));
        CompletableFuture<Void> second = tracked(session);
        linked.next();
        linked.next();
        linked.next();
        assertFalse(first.isDone());

        linked.sent();
        assertTrue(first.isDone());
        linked.sent();
        assertFalse(second.isDone());
        linked.sent();
        assertTrue(second.isDone());
    }

    @Test
    void trackedMessagesFailWhenTheClientGoes() {
        bench.register("/a", handler);
        FakeLink link = bench.connect("/a");
        link.takes(false);
        Waiting.until(() -> handler.calls.contains("opened"));
        CompletableFuture<Void> left = tracked(handler.sessions.get(0));

        link.hangUp();

        CompletionException failed = assertThrows(CompletionException.class, () -> Waiting.get(left));
        assertInstanceOf(IllegalStateException.class, failed.getCause());
        Waiting.until(() -> handler.calls.contains("closed 1001"));
    }

    @Test
    void aHandlerThatThrowsLosesTheSessionAndNoOther() {
        handler.onReceived = (session, text) -> {
            if (text.equals("bad")) {
                throw new LinkageError("boom");
            }
            session.send(Message.text(text));
        };
        bench.register("/a", handler);
        FakeLink bad = bench.connect("/a");
        FakeLink good = bench.connect("/a");

        bad.send("bad");
        bad.send("never seen");
        Waiting.until(() -> handler.calls.contains("closed 1011"));
        good.send("good");
        Waiting.until(() -> good.got.contains("good"));

        assertEquals(CloseReason.INTERNAL_ERROR, bad.closes.get(0).code());
        assertFalse(handler.calls.contains("never seen"));
        assertEquals(1, bench.gateway.handlers().get(0).errors());
        assertEquals(
                1, bench.log.stream().filter(line -> line.startsWith("SEVERE")).count());
    }

    @Test
    void aHandlerThatThrowsInOpenedLosesTheSession() {
        handler.onOpened = session -> {
            throw new IllegalStateException("boom");
        };
        bench.register("/a", handler);
        FakeLink link = bench.connect("/a");

        Waiting.until(() -> !link.closes.isEmpty());
        assertEquals(CloseReason.INTERNAL_ERROR, link.closes.get(0).code());
        Waiting.until(() -> handler.calls.equals(List.of("opened", "closed 1011")));
    }

    @Test
    void whatWasReadBeforeTheClientWentComesBeforeClosed() {
        CountDownLatch goOn = new CountDownLatch(1);
        handler.onReceived = (session, text) -> Waiting.until(goOn);
        bench.register("/a", handler);
        FakeLink link = bench.connect("/a");
        link.send("1");
        link.send("2");
        Waiting.until(() -> handler.calls.contains("1") && link.inWire() == 0);

        link.hangUp();
        goOn.countDown();

        Waiting.until(() -> handler.calls.equals(List.of("opened", "1", "2", "closed 1001")));
        Waiting.until(() -> bench.gateway.handlers().get(0).sessions() == 0);
    }

    @Test
    void closingSendsWhatIsQueuedFirst() {
        bench.register("/a", handler);
        FakeLink link = bench.connect("/a");
        link.takes(false);
        Waiting.until(() -> handler.calls.contains("opened"));
        SocketSession session = handler.sessions.get(0);
        session.send(Message.text("bye"));

        session.close(new CloseReason(4000, "done"));
        assertFalse(session.send(Message.text("too late")));
        assertEquals(List.of(), link.closes);

        link.takes(true);
        assertEquals(List.of("bye"), link.got);
        assertEquals(List.of(new CloseReason(4000, "done")), link.closes);
        Waiting.until(() -> handler.calls.contains("closed 4000"));
        assertThrows(IllegalArgumentException.class, () -> session.close(new CloseReason(1006, "")));
    }

    @Test
    void closingWaitsForASlowClientForFiveSecondsAndForItsLinkForFiveMore() {
        bench.register("/a", handler);
        FakeLink link = bench.connect(SocketRequest.builder("/a").build(), new FakeLink().ignoresClose());
        link.takes(false);
        Waiting.until(() -> handler.calls.contains("opened"));
        handler.sessions.get(0).send(Message.text("never taken"));

        assertTrue(bench.gateway.close(bench.gateway.sessions().get(0).id(), CloseReason.normal()));
        bench.pass(4);
        assertEquals(List.of(), link.closes);
        bench.pass(1);
        assertEquals(List.of(CloseReason.normal()), link.closes);
        bench.pass(4);
        assertEquals(1, bench.gateway.sessions().size());
        bench.pass(1);
        assertEquals(0, bench.gateway.sessions().size());
        Waiting.until(() -> handler.calls.contains("closed 1006"));
        assertFalse(bench.gateway.close("no such id", CloseReason.normal()));
    }

    @Test
    void attributesAreBounded() {
        bench.register("/a", handler);
        bench.connect("/a");
        Waiting.until(() -> handler.calls.contains("opened"));
        SocketSession session = handler.sessions.get(0);
        for (int i = 0; i < 64; i++) {
            session.setAttribute("key" + i, "value");
        }

        assertThrows(IllegalArgumentException.class, () -> session.setAttribute("one more", "value"));
        session.setAttribute("key0", "");
        session.setAttribute("one more", "value");
        assertEquals("value", session.attribute("one more").orElseThrow());
        assertTrue(session.attribute("key0").isEmpty());
        assertThrows(IllegalArgumentException.class, () -> session.setAttribute("k".repeat(257), "v"));
        assertThrows(IllegalArgumentException.class, () -> session.setAttribute("k", "v".repeat(65_537)));
    }

    @Test
    void aBlockedHandlerTakesNoThreadFromAnother() {
        CountDownLatch goOn = new CountDownLatch(1);
        RecordingHandler blocked = new RecordingHandler();
        blocked.onReceived = (session, text) -> Waiting.until(goOn);
        bench.register("/blocked", blocked);
        bench.register("/a", handler);
        List<FakeLink> stuck =
                IntStream.range(0, 10).mapToObj(i -> bench.connect("/blocked")).toList();
        Waiting.until(() -> stuck.stream().allMatch(FakeLink::isDemanded));
        stuck.forEach(link -> IntStream.range(0, 10).forEach(i -> link.send("m" + i)));

        FakeLink free = bench.connect("/a");
        IntStream.range(0, 100).forEach(i -> free.send("" + i));
        Waiting.until(() -> free.got.size() == 100);

        // Two hold a thread and read ahead; the others have one message that waits for a thread, and no demand.
        Waiting.until(() -> stuck.stream().filter(link -> link.inWire() == 5).count() == 2);
        assertEquals(
                8,
                stuck.stream()
                        .filter(link -> link.inWire() == 9 && !link.isDemanded())
                        .count());
        goOn.countDown();
        Waiting.until(() -> blocked.calls.size() == 110);
    }

    private static CompletableFuture<Void> tracked(SocketSession session) {
        return session.sendTracked(Message.text("t")).toCompletableFuture();
    }
}
