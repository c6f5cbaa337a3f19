package io.fieldgate.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.api.data.CloseReason;
import io.fieldgate.api.data.Message;
import io.fieldgate.api.data.Role;
import io.fieldgate.api.data.SocketRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class FakeSessionTest {

    private final FakeSession session = FakeSession.of("/x");

    @Test
    void keepsWhatIsSentInOrder() {
        assertTrue(session.send(Message.text("one")));
        assertTrue(session.sendLatest("key", Message.text("two")));
        session.sendTracked(Message.text("three"));

        assertEquals("one", session.nextText());
        assertEquals(List.of("two", "three"), session.newTexts());
        assertEquals(List.of(), session.newTexts());
        assertEquals(3, session.messages().size());
        assertThrows(AssertionError.class, session::next);
    }

    @Test
    void replacesAnUnsentMessageOfTheSameKeyInItsPlace() {
        session.sendLatest("level", Message.text("level 0"));
        session.stall();
        session.sendLatest("level", Message.text("level 1"));
        session.send(Message.text("between"));
        session.sendLatest("valve", Message.text("valve 1"));
        session.sendLatest("level", Message.text("level 2"));

        assertEquals(List.of("level 0", "level 2", "between", "valve 1"), session.newTexts());
        assertEquals(3, session.waiting());
    }

    @Test
    void completesAStageWhenItsMessageHasLeft() {
        assertTrue(session.sendTracked(Message.text("0")).toCompletableFuture().isDone());
        session.stall();
        CompletableFuture<Void> one = session.sendTracked(Message.text("1")).toCompletableFuture();
        CompletableFuture<Void> two = session.sendTracked(Message.text("2")).toCompletableFuture();

        session.leaveOne();
        assertTrue(one.isDone());
        assertFalse(two.isDone());

        session.catchUp();
        assertTrue(two.isDone());
        assertEquals(0, session.waiting());
        assertThrows(IllegalStateException.class, session::leaveOne);
    }

    @Test
    void closesWith1013WhenTheQueueIsFullOfMessages() {
        FakeSession small = FakeSession.builder("/x").queue(2, 1000).build();
        small.stall();
        CompletableFuture<Void> tracked = small.sendTracked(Message.text("1")).toCompletableFuture();
        small.send(Message.text("2"));

        assertFalse(small.send(Message.text("3")));

        assertEquals(1013, small.closeReason().orElseThrow().code());
        assertFalse(small.isOpen());
        assertThrows(CompletionException.class, tracked::join);
        assertEquals(List.of(Message.text("3")), small.refused());
    }

    @Test
    void isBoundedInBytesButForAMessageThatIsAlone() {
        FakeSession small = FakeSession.builder("/x").queue(100, 10).build();
        small.stall();
        assertTrue(small.send(Message.text("x".repeat(50))));
        assertFalse(small.send(Message.text("x")));

        FakeSession other = FakeSession.builder("/x").queue(100, 10).build();
        other.stall();
        other.sendLatest("a", Message.text("x".repeat(6)));
        assertTrue(other.sendLatest("a", Message.text("x".repeat(10))));
        assertFalse(other.sendLatest("b", Message.text("x")));
    }

    @Test
    void holds1024UnsentKeys() {
        FakeSession session = FakeSession.builder("/x").queue(10_000, 1_000_000).build();
        session.stall();
        for (int i = 0; i < 1024; i++) {
            assertTrue(session.sendLatest("key" + i, Message.text("x")));
        }
        assertTrue(session.sendLatest("key7", Message.text("y")));
        assertFalse(session.sendLatest("one more", Message.text("x")));
    }

    @Test
    void takesNothingWhenItIsClosedButLetsLeaveWhatWaits() {
        session.stall();
        CompletableFuture<Void> last = session.sendTracked(Message.text("bye")).toCompletableFuture();
        session.close(new CloseReason(4000, "done"));
        session.close(CloseReason.normal());

        assertFalse(session.send(Message.text("more")));
        assertThrows(
                CompletionException.class,
                () -> session.sendTracked(Message.text("more"))
                        .toCompletableFuture()
                        .join());
        session.catchUp();

        assertTrue(last.isDone());
        assertEquals(Optional.of(new CloseReason(4000, "done")), session.closeReason());
        assertThrows(IllegalArgumentException.class, () -> session.close(new CloseReason(1006, "")));
    }

    @Test
    void losesWhatWaitsWhenTheConnectionBreaks() {
        session.send(Message.text("left"));
        session.stall();
        CompletableFuture<Void> lost = session.sendTracked(Message.text("lost")).toCompletableFuture();

        session.disconnect();

        assertTrue(lost.isCompletedExceptionally());
        assertEquals(List.of("left"), session.newTexts());
        assertEquals(1006, session.closeReason().orElseThrow().code());
    }

    @Test
    void goesToASuccessorWithQueueAndAttributes() {
        session.setAttribute("position", "7");
        session.stall();
        CompletableFuture<Void> open =
                session.sendTracked(Message.text("waits")).toCompletableFuture();

        FakeSession next = session.successor();

        assertTrue(open.isCompletedExceptionally());
        assertFalse(session.isOpen());
        assertFalse(session.send(Message.text("late")));
        assertEquals(Optional.empty(), session.attribute("position"));
        session.setAttribute("position", "8");
        session.close(CloseReason.normal());
        assertTrue(next.isOpen());
        assertEquals(session.id(), next.id());
        assertEquals(Optional.of("7"), next.attribute("position"));
        assertEquals(1, next.waiting());
        assertEquals(List.of("waits"), next.newTexts());
        assertEquals(List.of(), next.refused());
    }

    @Test
    void keepsAttributesWithinTheLimitsOfTheGateway() {
        for (int i = 0; i < 64; i++) {
            session.setAttribute("k" + i, "x".repeat(65_536));
        }
        assertThrows(IllegalArgumentException.class, () -> session.setAttribute("k64", "x"));
        assertThrows(IllegalArgumentException.class, () -> session.setAttribute("k0", "x".repeat(65_537)));
        assertThrows(IllegalArgumentException.class, () -> session.setAttribute("k".repeat(257), ""));

        session.setAttribute("k0", "");
        session.setAttribute("k".repeat(256), "x");

        assertEquals(64, session.attributes().size());
        assertFalse(session.attributes().containsKey("k0"));
    }

    @Test
    void isWhatTheTestSays() {
        FakeSession other = FakeSession.builder(SocketRequest.builder("/y").header("Origin", "null"))
                .id("s1")
                .role(Role.ADMIN)
                .subprotocol("y.v1")
                .build();

        assertEquals("s1", other.id());
        assertEquals(Role.ADMIN, other.user().role());
        assertEquals(Optional.of("null"), other.request().header("origin"));
        assertEquals(Optional.of("y.v1"), other.subprotocol());
        assertEquals(Role.VIEWER, session.user().role());
        assertEquals(Map.of(), session.attributes());
        assertNotEquals(session.id(), FakeSession.of("/x").id());
        assertThrows(
                IllegalArgumentException.class, () -> FakeSession.builder("/x").queue(0, 1));
    }
}
