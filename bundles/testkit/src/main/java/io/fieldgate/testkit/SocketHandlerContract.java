package io.fieldgate.testkit;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fieldgate.api.data.Message;
import io.fieldgate.api.data.SocketRequest;
import io.fieldgate.api.handler.Admission;
import io.fieldgate.api.handler.SocketHandler;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every {@link SocketHandler} must keep to. An author runs it with one class:
 *
 * <pre>{@code
 * class EchoHandlerContractTest extends SocketHandlerContract {
 *
 *     @Override
 *     protected SocketHandler handler() {
 *         return new EchoHandler();
 *     }
 * }
 * }</pre>
 *
 * <p>Messages that the handler understands make the tests stronger: override {@link #messages}.
 *
 * <p><b>Threading.</b> Callbacks run on threads of the test kit, as the gateway would call them; {@link #handler} and the other
 * methods that are overridden run on the thread of the test.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
public abstract class SocketHandlerContract extends HandlerSubject {

    private static final int SESSIONS = 32;
    private static final int THREADS = 8;

    /** For subclasses. */
    protected SocketHandlerContract() {}

    /** The service properties are such that the gateway takes the handler. */
    @Test
    public final void declaresWhatTheGatewayTakes() {
        assertEquals(List.of(), declared().violations(), "the gateway would ignore this handler with a warning");
    }

    /** A component is published as a SocketHandler. */
    @Test
    public final void isPublishedAsAHandler() {
        Component.of(handler().getClass())
                .ifPresent(component -> assertTrue(
                        component.services().contains(SocketHandler.class.getName()),
                        "it is published as " + component.services() + " only: the gateway does not see it"));
    }

    /** Every request is admitted or refused. */
    @Test
    public final void admitsOrRefusesEveryRequest() {
        HandlerUnderTest handler = newHandler();
        for (SocketRequest request : List.of(
                request().build(),
                request().query("").build(),
                request().query("a=%zz&&=&" + "x".repeat(2000)).build(),
                request().header("Origin", "null").header("Cookie", ";;=").build())) {
            Admission answer = handler.admit(request);
            assertNotNull(answer, "admit has answered null to " + request + ": accept() or refuse(status, detail)");
            if (answer instanceof Admission.Accepted accepted) {
                accepted.subprotocol()
                        .ifPresent(chosen -> assertTrue(
                                request.subprotocols().contains(chosen),
                                "admit has chosen the subprotocol " + chosen + ", which the client does not offer"));
            }
        }
    }

    /** A session is served from the first callback to the last. */
    @Test
    public final void servesASessionToItsEnd() {
        HandlerUnderTest handler = newHandler();
        FakeSession session = session().build();

        handler.opened(session);
        handler.received(session, messages());
        settle();
        handler.closed(session);
    }

    /** A client that says nothing and goes is no trouble. */
    @Test
    public final void bearsAClientThatGoesAtOnce() {
        HandlerUnderTest handler = newHandler();
        FakeSession session = session().build();

        handler.opened(session);
        handler.closed(session);
    }

    /** An empty message is taken. */
    @Test
    public final void bearsEmptyMessages() {
        bears(Message.text(""), Message.binary(new byte[0]));
    }

    /** Octets that mean nothing are taken. */
    @Test
    public final void bearsBinaryMessages() {
        bears(Message.binary(new byte[] {0, -1, 127, -128}), Message.binary(new byte[] {'{', '}'}));
    }

    /** A message of the greatest size that the handler declares is taken. */
    @Test
    public final void bearsTheGreatestMessage() {
        int most = declared().maxMessageBytes();
        bears(Message.text("a".repeat(most)), Message.text("[".repeat(most)), Message.binary(new byte[most]));
    }

    /** Texts that mean nothing are taken. */
    @Test
    public final void bearsGarbage() {
        bears(
                Message.text("\u0000\ud83d\ude00 \u202e"),
                Message.text("{\"op\":"),
                Message.text("{\"op\":null,\"id\":{}}"),
                Message.text("[[[]"),
                Message.text("-1e999"),
                Message.text("../../etc/passwd%00<script>"));
    }

    private void bears(Message... strange) {
        HandlerUnderTest handler = newHandler();
        for (Message message : strange) {
            FakeSession session = session().build();
            handler.opened(session);
            handler.received(session, List.of(message));
            handler.received(session, messages());
            settle();
            handler.closed(session);
        }
    }

    /** Sessions on many threads get what each would get alone. */
    @Test
    public final void keepsManySessionsApart() throws Exception {
        int turns = messages().size();
        List<List<Message>> alone = new ArrayList<>();
        for (int turn = 0; turn < turns; turn++) {
            alone.add(answers(newHandler(), turn));
        }
        HandlerUnderTest handler = newHandler();
        List<FakeSession> sessions = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Runnable> openings = new ArrayList<>();
            List<Runnable> talks = new ArrayList<>();
            for (int i = 0; i < SESSIONS; i++) {
                FakeSession session = session().build();
                List<Message> said = from(i % turns);
                sessions.add(session);
                openings.add(() -> handler.opened(session));
                talks.add(() -> handler.received(session, said));
            }
            together(threads, openings);
            together(threads, talks);
        } finally {
            threads.shutdownNow();
        }
        settle();
        for (int i = 0; i < SESSIONS && answersAlike(); i++) {
            assertAnswers(alone.get(i % turns), sessions.get(i));
        }
        sessions.forEach(handler::closed);
    }

    private void together(ExecutorService threads, List<Runnable> works) throws Exception {
        List<Future<?>> running = new ArrayList<>();
        works.forEach(work -> running.add(threads.submit(work)));
        for (Future<?> one : running) {
            Calls.within(limit().multipliedBy(SESSIONS), "a session among others", one::get);
        }
    }

    private void assertAnswers(List<Message> alone, FakeSession session) {
        await().pollDelay(Duration.ZERO)
                .atMost(limit())
                .untilAsserted(() -> assertEquals(
                        HandlerProperties.sorted(alone),
                        HandlerProperties.sorted(session.messages()),
                        "a session among others was told something else than a session alone; if that is how it"
                                + " should be, override answersAlike()"));
    }

    private List<Message> from(int turn) {
        List<Message> said = new ArrayList<>(messages());
        Collections.rotate(said, -turn);
        return said;
    }

    private List<Message> answers(HandlerUnderTest handler, int turn) {
        FakeSession session = session().build();
        handler.opened(session);
        handler.received(session, from(turn));
        settle();
        List<Message> answers = session.messages();
        handler.closed(session);
        return answers;
    }

    /** A client that takes nothing, or a session that ends under the handler's hands, is no trouble. */
    @Test
    public final void bearsASessionThatTakesNothing() {
        HandlerUnderTest handler = newHandler();
        FakeSession stalled = session().queue(1, 1).build();
        FakeSession gone = session().build();
        stalled.stall();

        handler.opened(stalled);
        handler.opened(gone);
        gone.disconnect();
        for (Message message : messages()) {
            handler.received(stalled, message);
            handler.received(gone, message);
        }
        stir();
        settle();
        handler.closed(stalled);
        handler.closed(gone);
    }

    /** When closed has returned the handler does not try to send. */
    @Test
    public final void sendsNothingToASessionThatIsClosed() {
        HandlerUnderTest handler = newHandler();
        FakeSession session = session().build();
        handler.opened(session);
        handler.received(session, messages());
        settle();
        handler.closed(session);

        assertSilent(session, "closed");
    }

    /** When parked has returned the handler does not try to send. */
    @Test
    public final void sendsNothingToASessionThatIsParked() {
        assumeResumable();
        HandlerUnderTest handler = newHandler();
        FakeSession session = session().build();
        handler.opened(session);
        handler.received(session, messages());
        settle();
        handler.parked(session);

        assertSilent(session, "parked");
    }

    private void assertSilent(FakeSession session, String callback) {
        int before = session.refused().size();
        stir();
        settle();
        assertEquals(
                before,
                session.refused().size(),
                "the handler still sends to a session for which " + callback + " has returned: let go of it there");
    }

    /** Another instance goes on with what the first has left in the attributes. */
    @Test
    public final void goesOnInAnotherInstance() {
        assumeResumable();
        List<Message> said = messages();
        HandlerUnderTest first = newHandler();
        FakeSession session = session().build();
        first.opened(session);
        first.received(session, said);
        settle();
        first.parked(session);
        int answers = session.messages().size();
        FakeSession resumed = session.successor();

        HandlerUnderTest second = newHandler();
        second.resumed(resumed);
        settle();
        second.received(resumed, said);
        settle();

        assertTrue(
                resumed.isOpen(),
                () -> "the successor has closed the session: "
                        + resumed.closeReason().map(Object::toString).orElse(""));
        if (answersAlike() && answers > 0) {
            await().pollDelay(Duration.ZERO)
                    .atMost(limit())
                    .untilAsserted(() -> assertTrue(
                            resumed.messages().size() > answers,
                            "the successor does not answer a session that it has resumed: treat it in resumed() like one"
                                    + " that has opened"));
        }
        second.closed(resumed);
    }

    /** Nothing holds a session that is closed. */
    @Test
    public final void forgetsASessionThatIsClosed() {
        HandlerUnderTest handler = newHandler();
        WeakReference<FakeSession> session = serve(handler, false);

        try {
            assertForgotten(session, "closed");
        } finally {
            Reference.reachabilityFence(handler);
        }
    }

    /** Nothing holds a session that is parked. */
    @Test
    public final void forgetsASessionThatIsParked() {
        assumeResumable();
        HandlerUnderTest handler = newHandler();
        WeakReference<FakeSession> session = serve(handler, true);

        try {
            assertForgotten(session, "parked");
        } finally {
            Reference.reachabilityFence(handler);
        }
    }

    private WeakReference<FakeSession> serve(HandlerUnderTest handler, boolean park) {
        FakeSession session = session().build();
        handler.opened(session);
        handler.received(session, messages());
        settle();
        if (park) {
            handler.parked(session);
        } else {
            handler.closed(session);
        }
        settle();
        return new WeakReference<>(session);
    }

    private void assertForgotten(WeakReference<FakeSession> session, String callback) {
        await("the handler still holds a session for which " + callback
                        + " has returned: take it out of every map, list and task there")
                .pollDelay(Duration.ZERO)
                .atMost(limit())
                .pollInterval(Duration.ofMillis(50))
                .until(() -> {
                    System.gc();
                    return session.get() == null;
                });
    }

    /** Who has promised not to block does not wait. */
    @Test
    public final void doesNotWaitIfItHasPromisedSo() {
        assumeTrue(declared().nonBlocking(), "the handler may block");
        HandlerUnderTest handler = newHandler();
        long fewest = Long.MAX_VALUE;
        // The first sessions load classes, and one may meet another thread by chance.
        for (int i = 0; i < 5 && fewest > 0; i++) {
            fewest = Math.min(fewest, handler.waits(session().build(), messages()));
        }
        assertEquals(
                0,
                fewest,
                "the callbacks of one session have slept, parked or waited so often: do not, or take"
                        + " @SocketNonBlocking away");
    }

    private void assumeResumable() {
        assumeTrue(declared().resumable(), "the handler's sessions end with it");
    }
}
