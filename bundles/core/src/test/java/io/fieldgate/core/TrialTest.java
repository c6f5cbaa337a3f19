package io.fieldgate.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.api.data.CloseReason;
import io.fieldgate.api.data.Message;
import io.fieldgate.api.gateway.HandlerInfo;
import io.fieldgate.api.handler.SocketHandler;
import io.fieldgate.api.handler.SocketNonBlocking;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A new version of a handler that is no good does not cost the sessions that it has taken over. */
class TrialTest {

    private final Bench bench = Bench.impatient();
    private final CountDownLatch back = new CountDownLatch(1);
    private final RecordingHandler good = RecordingHandler.echo();
    private final RecordingHandler bad = new RecordingHandler();

    @AfterEach
    void stop() {
        back.countDown();
        bench.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theHandlerBeforeGetsTheSessionsBackOnWhichTheNewOneHasFailed(boolean nonBlocking) {
        bad.onReceived = (session, text) -> {
            throw new IllegalStateException("no good");
        };
        FakeReference<SocketHandler> at = reference(nonBlocking);
        FakeLink link = takenOver(at);

        link.send("1");
        Waiting.until(() -> errors() == 1 && parked() == 1);
        link.send("2");
        bench.unregister(at);
        bench.register(reference(nonBlocking), good);

        Waiting.until(() -> link.got.equals(List.of("2")));
        assertEquals(List.of(), link.closes);
        assertEquals(List.of("resumed", "1"), bad.calls);
        assertTrue(bench.log.stream().anyMatch(line -> line.contains("waits for another handler")));
    }

    @Test
    void theHandlerBeforeGetsTheSessionsBackIfTheNewOneFailsInAllItDoes() {
        bad.onResumed = session -> {
            throw new IllegalStateException("no good");
        };
        bad.onParked = bad.onResumed;
        FakeReference<SocketHandler> at = reference(false);
        FakeLink link = takenOver(at);

        Waiting.until(() -> errors() == 1 && parked() == 1);
        bench.unregister(at);
        bench.register("/a", good);

        link.send("3");
        Waiting.until(() -> link.got.equals(List.of("3")));
    }

    @Test
    void aSessionIsNotLostIfTheNewHandlerFailsAsItIsParked() {
        bad.onParked = session -> {
            throw new IllegalStateException("no good");
        };
        FakeReference<SocketHandler> at = reference(false);
        FakeLink link = takenOver(at);
        Waiting.until(() -> bad.calls.contains("resumed"));

        bench.unregister(at);
        bench.register("/a", good);

        link.send("3");
        Waiting.until(() -> link.got.equals(List.of("3")));
        assertEquals(List.of("resumed", "parked"), bad.calls);
    }

    @Test
    void aSessionWhoseNewHandlerHasFailedClosesWhenNobodyElseComes() {
        bad.onReceived = (session, text) -> {
            throw new IllegalStateException("no good");
        };
        FakeLink link = takenOver(reference(false));
        link.send("1");
        Waiting.until(() -> parked() == 1);

        bench.pass(9);
        assertEquals(List.of(), link.closes);
        bench.pass(1);

        assertEquals(CloseReason.INTERNAL_ERROR, link.closes.get(0).code());
    }

    @Test
    void aHandlerThatHasProvedItselfIsOnTrialNoLonger() {
        bad.onReceived = (session, text) -> {
            throw new IllegalStateException("no good");
        };
        FakeLink link = takenOver(reference(false));
        Waiting.until(() -> bad.calls.contains("resumed"));
        bench.pass(10);

        link.send("1");

        Waiting.until(() -> !link.closes.isEmpty());
        assertEquals(CloseReason.INTERNAL_ERROR, link.closes.get(0).code());
    }

    @Test
    void theHandlerBeforeGetsTheSessionsBackInWhichTheNewOneBlocksForEver() {
        bad.onReceived = (session, text) -> {
            Waiting.until(back);
            session.send(Message.text("too late"));
        };
        FakeReference<SocketHandler> at = reference(false);
        FakeLink link = takenOver(at);
        link.send("1");
        link.send("2");
        Waiting.until(() -> bad.calls.contains("1"));

        bench.unregister(at);
        bench.register("/a", good);
        Waiting.until(() -> link.got.equals(List.of("2")));

        back.countDown();
        link.send("3");
        Waiting.until(() -> link.got.equals(List.of("2", "3")));
        bench.pass(30);
        assertEquals(List.of(), link.closes);
        assertEquals(List.of("resumed", "1"), bad.calls);
    }

    @Test
    void callsThatDoNotComeBackAreCounted() {
        good.onReceived = (session, text) -> Waiting.until(back);
        bench.register("/a", good);
        FakeLink one = bench.connect("/a");
        FakeLink two = bench.connect("/a");
        one.send("1");
        two.send("2");
        Waiting.until(() -> good.calls.containsAll(List.of("1", "2")));

        bench.pass(5);
        assertEquals(0, overdue());
        bench.pass(1);
        assertEquals(2, overdue());

        back.countDown();
        one.send("3");
        Waiting.until(() -> good.calls.contains("3"));
        bench.pass(1);
        assertEquals(0, overdue());
    }

    @Test
    void aHandlerThatIsNotMadeInTimeIsListed() {
        bench.making = back;
        bench.announce(FakeReference.at("/a"), good);

        bench.pass(5);
        assertEquals(List.of(), bench.gateway.handlers());
        bench.pass(1);
        assertEquals(1, overdue());

        back.countDown();
        Waiting.until(() -> bench.gateway.serves("/a") && !bench.log.isEmpty());
        bench.pass(1);
        assertEquals(0, overdue());
    }

    /** A session of a good handler in the hands of the bad one. */
    private FakeLink takenOver(FakeReference<SocketHandler> at) {
        RecordingHandler first = RecordingHandler.echo();
        FakeReference<SocketHandler> before = bench.register("/a", first);
        FakeLink link = bench.connect("/a");
        Waiting.until(() -> first.calls.contains("opened"));
        bench.unregister(before);
        bench.register(at, bad);
        Waiting.until(() -> bad.calls.contains("resumed"));
        return link;
    }

    private static FakeReference<SocketHandler> reference(boolean nonBlocking) {
        return FakeReference.at("/a").with(SocketNonBlocking.NAME, nonBlocking);
    }

    private long errors() {
        return bench.gateway.handlers().stream().mapToLong(HandlerInfo::errors).sum();
    }

    private int overdue() {
        return bench.gateway.handlers().stream().mapToInt(HandlerInfo::overdue).sum();
    }

    private long parked() {
        return bench.gateway.sessions().stream()
                .filter(session -> session.parked())
                .count();
    }
}
