package io.fieldgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;

import io.fieldgate.api.data.CloseReason;
import io.fieldgate.api.data.Message;
import io.fieldgate.api.gateway.Entry;
import io.fieldgate.api.gateway.LinkedSession;
import io.fieldgate.api.gateway.SocketSession;
import io.fieldgate.api.transport.SocketLink;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What handlers do when a tracked message has left or will not. */
class ReactionsTest {

    private final Bench bench = new Bench();
    private final RecordingHandler handler = new RecordingHandler();
    private final CountDownLatch goOn = new CountDownLatch(1);

    @AfterEach
    void stop() {
        goOn.countDown();
        bench.close();
    }

    /** Fetches nothing and does not end by itself. */
    private static final class SilentLink implements SocketLink {

        @Override
        public void demand() {}

        @Override
        public void flush() {}

        @Override
        public void close(CloseReason reason) {}
    }

    @Test
    void ofAHandlerThatMayBlockRunInOrderAndNotOnTheThreadThatWrites() {
        LinkedSession linked = open(handler, "/a");
        List<Integer> left = new CopyOnWriteArrayList<>();
        List<Thread> threads = new CopyOnWriteArrayList<>();
        IntStream.range(0, 50)
                .forEach(i -> track().thenRun(() -> {
                    threads.add(Thread.currentThread());
                    left.add(i);
                }));

        IntStream.range(0, 50).forEach(i -> {
            linked.next();
            linked.sent();
        });

        Waiting.until(() -> left.size() == 50);
        assertEquals(IntStream.range(0, 50).boxed().toList(), left);
        threads.forEach(thread -> assertNotSame(Thread.currentThread(), thread));
    }

    @Test
    void aCallbackCanWaitForAStage() {
        bench.register("/a", handler);
        handler.onReceived = (session, text) ->
                Waiting.get(session.sendTracked(Message.text(text)).toCompletableFuture());
        List<FakeLink> links =
                Stream.of("/a", "/a", "/a", "/a").map(bench::connect).toList();

        links.forEach(link -> link.send("1"));

        Waiting.until(() -> links.stream().allMatch(link -> link.got.contains("1")));
    }

    @Test
    void oneThatHangsHoldsUpNoOtherHandlerAndIsNamedOnce() {
        RecordingHandler other = new RecordingHandler();
        LinkedSession hanging = open(handler, "/a");
        LinkedSession fine = open(other, "/b");
        CompletableFuture<Void> reacts =
                track().whenComplete((left, failure) -> Waiting.until(goOn)).toCompletableFuture();
        CompletableFuture<Void> waits =
                other.sessions.get(0).sendTracked(Message.text("t")).toCompletableFuture();

        hanging.closed(CloseReason.normal());
        fine.closed(CloseReason.normal());

        Waiting.until(waits::isCompletedExceptionally);
        assertFalse(reacts.isDone());
        bench.pass(20);
        assertEquals(
                1,
                bench.log.stream()
                        .filter(line -> line.startsWith("WARNING") && line.contains("/a does when a message"))
                        .count());
    }

    @Test
    void oneThatHangsIsGivenUpWhenItsHandlerHasGone() {
        HandlerPool pool = new HandlerPool("fieldgate-test-reactions", 1);
        Reactions reactions = new Reactions(pool);
        CompletableFuture<Void> lost = new CompletableFuture<>();
        CompletionStage<Void> hanging = lost.whenComplete((left, failure) -> Waiting.until(goOn));
        reactions.fail(List.of(lost)).run();
        Waiting.until(lost::isDone);
        CompletableFuture<Void> other = new CompletableFuture<>();
        new Reactions(pool).fail(List.of(other)).run();

        reactions.leave(bench.time, Duration.ofSeconds(30));
        bench.pass(29);
        assertFalse(other.isDone());
        bench.pass(1);

        Waiting.until(other::isDone);
        assertFalse(hanging.toCompletableFuture().isDone());
        pool.stop();
    }

    @Test
    void runWithoutTheLockOfTheirSessionEvenIfTheGatewayHasStopped() {
        handler.onClosed = session -> Waiting.until(goOn);
        LinkedSession linked = open(handler, "/a");
        CompletableFuture<Boolean> locked = new CompletableFuture<>();
        track().whenComplete((left, failure) -> locked.complete(Thread.holdsLock(linked)));
        linked.next();
        bench.gateway.close();
        assertFalse(locked.isDone());

        goOn.countDown();

        assertFalse(Waiting.get(locked));
    }

    @Test
    void aBoundedNumberWaits() {
        HandlerPool pool = new HandlerPool("fieldgate-test-reactions", 1);
        Reactions reactions = new Reactions(pool);
        List<CompletableFuture<Void>> lost = IntStream.range(0, Reactions.MAX_WAITING)
                .mapToObj(i -> new CompletableFuture<Void>())
                .toList();
        CompletableFuture<Void> last = lost.get(lost.size() - 1).whenComplete((left, failure) -> Waiting.until(goOn));

        reactions.fail(lost).run();

        assertFalse(reactions.hasRoom());
        goOn.countDown();
        Waiting.until(last::isDone);
        Waiting.until(reactions::hasRoom);
        pool.stop();
    }

    private LinkedSession open(RecordingHandler by, String path) {
        bench.register(path, by);
        return open(path, by);
    }

    private LinkedSession open(String path, RecordingHandler by) {
        LinkedSession linked = ((Entry.Granted) bench.enter(path)).open(new SilentLink());
        Waiting.until(() -> by.calls.contains("opened"));
        return linked;
    }

    private CompletionStage<Void> track() {
        SocketSession tracking = handler.sessions.get(0);
        return tracking.sendTracked(Message.text("t"));
    }
}
