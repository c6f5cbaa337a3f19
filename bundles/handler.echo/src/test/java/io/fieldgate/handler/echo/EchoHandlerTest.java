package io.fieldgate.handler.echo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.api.data.CloseReason;
import io.fieldgate.api.data.Message;
import io.fieldgate.api.handler.Admission;
import io.fieldgate.testkit.FakeSession;
import java.util.List;
import org.junit.jupiter.api.Test;

class EchoHandlerTest {

    private final EchoHandler handler = new EchoHandler();
    private final FakeSession session = FakeSession.of("/echo");

    @Test
    void sendsTheVeryObjectBackSoThatNothingIsCopiedOrEncodedAgain() {
        Message message = Message.text("hello");

        handler.received(session, message);

        assertSame(message, session.next());
    }

    @Test
    void keepsOrderAndKind() {
        Message text = Message.text("1");
        Message binary = Message.binary(new byte[] {2});
        Message empty = Message.text("");

        List.of(text, binary, empty).forEach(message -> handler.received(session, message));

        assertEquals(List.of(text, binary, empty), session.messages());
    }

    @Test
    void greetsNobody() {
        handler.opened(session);
        handler.resumed(session);
        handler.parked(session);

        assertTrue(session.messages().isEmpty());
    }

    @Test
    void letsEveryoneIn() {
        assertEquals(Admission.accept(), handler.admit(session.request()));
    }

    @Test
    void doesNotMindASessionThatHasJustClosed() {
        session.close(CloseReason.normal());

        handler.received(session, Message.text("too late"));

        assertTrue(session.messages().isEmpty());
    }
}
