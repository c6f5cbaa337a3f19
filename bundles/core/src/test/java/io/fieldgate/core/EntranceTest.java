package io.fieldgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.api.data.Message;
import io.fieldgate.api.data.Role;
import io.fieldgate.api.data.SocketRequest;
import io.fieldgate.api.data.User;
import io.fieldgate.api.gateway.Entry;
import io.fieldgate.api.gateway.SocketSession;
import io.fieldgate.api.handler.Admission;
import io.fieldgate.api.handler.SocketDeflate;
import io.fieldgate.api.handler.SocketHandler;
import io.fieldgate.api.handler.SocketMessageMaxBytes;
import io.fieldgate.api.handler.SocketNonBlocking;
import io.fieldgate.api.handler.SocketRole;
import io.fieldgate.api.handler.SocketSubprotocols;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntranceTest {

    private final Bench bench = new Bench();

    @AfterEach
    void stop() {
        bench.close();
    }

    @Test
    void refusesAPathThatNobodyServes() {
        assertRefused(404, bench.enter("/a"));
        assertFalse(bench.gateway.serves("/a"));
    }

    @Test
    void tellsTheTransportWhatTheHandlerDeclares() {
        bench.register(
                FakeReference.at("/a").with(SocketMessageMaxBytes.NAME, 100).with(SocketDeflate.NAME, true),
                new RecordingHandler());

        Entry.Granted granted = assertInstanceOf(Entry.Granted.class, bench.enter("/a"));

        assertEquals(100, granted.maxMessageBytes());
        assertTrue(granted.deflate());
        assertEquals(Optional.empty(), granted.subprotocol());
        assertTrue(bench.gateway.serves("/a"));
    }

    @Test
    void refusesAUserWhoseRoleIsNotEnoughAndNamesTheRole() {
        bench.register(FakeReference.at("/a").with(SocketRole.NAME, "operator"), new RecordingHandler());

        Entry.Refused refused = assertRefused(403, bench.enter("/a"));
        assertTrue(refused.detail().contains("operator"), refused.detail());

        SocketRequest.Builder byAdmin = SocketRequest.builder("/a").user(new User("eve", Role.ADMIN));
        assertInstanceOf(Entry.Granted.class, bench.enter(byAdmin.build()));
    }

    @Test
    void choosesTheFirstSubprotocolThatTheClientOffersAndTheHandlerSpeaks() {
        bench.register(
                FakeReference.at("/a").with(SocketSubprotocols.NAME, new String[] {"v1", "v2"}),
                new RecordingHandler());

        assertEquals(Optional.of("v2"), granted("/a", "v3", "v2", "v1").subprotocol());
        assertRefused(400, bench.enter("/a"));
        assertRefused(400, bench.enter(offering("/a", "v3")));
    }

    @Test
    void takesTheSubprotocolThatTheHandlerChooses() {
        bench.register("/a", admitting(request -> Admission.accept("v1")));

        assertEquals(Optional.of("v1"), granted("/a", "v2", "v1").subprotocol());
    }

    @Test
    void refusesASubprotocolThatTheClientDidNotOffer() {
        bench.register("/a", admitting(request -> Admission.accept("v1")));

        assertRefused(500, bench.enter(offering("/a", "v2")));
        assertTrue(bench.log.stream().anyMatch(line -> line.startsWith("SEVERE") && line.contains("v1")));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void asksTheHandler(boolean nonBlocking) {
        bench.register(
                FakeReference.at("/a").with(SocketNonBlocking.NAME, nonBlocking),
                admitting(request -> Admission.refuse(429, "slowly")));

        assertEquals(new Entry.Refused(429, "slowly"), bench.enter("/a"));
    }

    @Test
    void aHandlerThatThrowsIsAnErrorOfOurs() {
        bench.register("/a", admitting(request -> {
            throw new IllegalStateException("boom");
        }));
        bench.register("/b", admitting(request -> null));

        assertRefused(500, bench.enter("/a"));
        assertRefused(500, bench.enter("/b"));
        assertEquals(1, bench.gateway.handlers().get(0).errors());
        assertEquals(1, bench.gateway.handlers().get(1).errors());
    }

    @Test
    void waitsForTheSuccessorOfAHandlerThatHasJustGone() {
        FakeReference<SocketHandler> reference = bench.register("/a", new RecordingHandler());
        bench.unregister(reference);
        assertTrue(bench.gateway.serves("/a"));

        CompletableFuture<Entry> waiting = bench.ask(SocketRequest.builder("/a").build());
        bench.pass(9);
        assertFalse(waiting.isDone());
        bench.register("/a", new RecordingHandler());

        assertInstanceOf(Entry.Granted.class, Waiting.get(waiting));
    }

    @Test
    void waitsNoLongerThanTheArrivalTime() {
        FakeReference<SocketHandler> reference = bench.register("/a", new RecordingHandler());
        bench.unregister(reference);

        CompletableFuture<Entry> waiting = bench.ask(SocketRequest.builder("/a").build());
        bench.pass(10);
        assertRefused(503, Waiting.get(waiting));

        bench.pass(20);
        assertRefused(404, bench.enter("/a"));
        assertFalse(bench.gateway.serves("/a"));
    }

    @Test
    void aBoundedNumberWaits() {
        FakeReference<SocketHandler> reference = bench.register("/a", new RecordingHandler());
        bench.unregister(reference);
        List<CompletableFuture<Entry>> waiting = IntStream.range(0, Entrance.MAX_VISITS)
                .mapToObj(i -> bench.ask(SocketRequest.builder("/a").build()))
                .toList();
        assertTrue(waiting.stream().noneMatch(CompletableFuture::isDone));

        assertRefused(503, bench.enter("/a"));

        bench.pass(10);
        waiting.forEach(one -> assertRefused(503, one.join()));
        assertRefused(404, bench.enter("/b"));
    }

    @Test
    void refusesWhenTheHandlerHasAllTheThreadsItMayHave() {
        CountDownLatch goOn = new CountDownLatch(1);
        RecordingHandler handler = new RecordingHandler();
        handler.onReceived = (session, text) -> Waiting.until(goOn);
        bench.register("/a", handler);
        bench.register("/b", new RecordingHandler());
        Stream.of(bench.connect("/a"), bench.connect("/a")).forEach(link -> link.send("block"));
        Waiting.until(() -> handler.calls.stream().filter("block"::equals).count() == 2);

        CompletableFuture<Entry> waiting = bench.ask(SocketRequest.builder("/a").build());
        assertInstanceOf(Entry.Granted.class, bench.enter("/b"));
        assertFalse(waiting.isDone());
        bench.pass(1);
        assertRefused(503, Waiting.get(waiting));

        goOn.countDown();
        assertInstanceOf(Entry.Granted.class, bench.enter("/a"));
    }

    @Test
    void refusesWhenTheHandlerDoesNotAnswer() {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        bench.register("/a", admitting(request -> {
            asked.countDown();
            Waiting.until(goOn);
            return Admission.accept();
        }));
        CompletableFuture<Entry> waiting = bench.ask(SocketRequest.builder("/a").build());
        Waiting.until(asked);

        bench.pass(31);

        assertRefused(503, Waiting.get(waiting));
        goOn.countDown();
    }

    @Test
    void thoseWhoWaitForAThreadOfAHandlerThatGoesWaitForTheNext() {
        CountDownLatch goOn = new CountDownLatch(1);
        RecordingHandler handler = new RecordingHandler();
        handler.onReceived = (session, text) -> Waiting.until(goOn);
        FakeReference<SocketHandler> reference = bench.register("/a", handler);
        Stream.of(bench.connect("/a"), bench.connect("/a")).forEach(link -> link.send("block"));
        Waiting.until(() -> handler.calls.stream().filter("block"::equals).count() == 2);
        CompletableFuture<Entry> waiting = bench.ask(SocketRequest.builder("/a").build());

        CompletableFuture<Void> going = CompletableFuture.runAsync(() -> bench.unregister(reference));
        Waiting.until(() -> bench.gateway.handlers().isEmpty());
        goOn.countDown();
        Waiting.get(going);
        bench.register("/a", new RecordingHandler());

        assertInstanceOf(Entry.Granted.class, Waiting.get(waiting));
    }

    @Test
    void aHandlerThatCannotBeMadeDoesNotServe() {
        FakeReference<SocketHandler> reference = FakeReference.at("/a");
        bench.gateway.bindHandler(reference);

        Waiting.until(() -> bench.log.stream().anyMatch(line -> line.startsWith("SEVERE") && line.contains("/a")));
        Waiting.until(() -> !bench.gateway.serves("/a"));
        assertEquals(List.of(), bench.gateway.handlers());
        bench.gateway.unbindHandler(reference);
        assertRefused(404, bench.enter("/a"));
    }

    @Test
    void aBadPropertyIsNamedOnceAndTheServiceIgnored() {
        FakeReference<SocketHandler> reference = FakeReference.at("/a").with(SocketRole.NAME, "king");
        bench.services.put(reference, new RecordingHandler());
        bench.gateway.bindHandler(reference);

        assertRefused(404, bench.enter("/a"));
        List<String> warnings =
                bench.log.stream().filter(line -> line.startsWith("WARNING")).toList();
        assertEquals(1, warnings.size());
        assertTrue(warnings.get(0).contains(SocketRole.NAME) && warnings.get(0).contains("king"), warnings.get(0));

        bench.gateway.unbindHandler(reference);
        reference.with(SocketRole.NAME, "viewer");
        bench.gateway.updatedHandler(reference);
        Waiting.until(() -> bench.gateway.handlers().size() == 1);
    }

    private static SocketHandler admitting(Function<SocketRequest, Admission> answer) {
        return new SocketHandler() {
            @Override
            public Admission admit(SocketRequest request) {
                return answer.apply(request);
            }

            @Override
            public void received(SocketSession session, Message message) {}
        };
    }

    private static SocketRequest offering(String path, String... subprotocols) {
        return SocketRequest.builder(path).subprotocols(List.of(subprotocols)).build();
    }

    private Entry.Granted granted(String path, String... subprotocols) {
        return assertInstanceOf(Entry.Granted.class, bench.enter(offering(path, subprotocols)));
    }

    private static Entry.Refused assertRefused(int status, Entry entry) {
        Entry.Refused refused = assertInstanceOf(Entry.Refused.class, entry);
        assertEquals(status, refused.status(), refused.detail());
        return refused;
    }
}
