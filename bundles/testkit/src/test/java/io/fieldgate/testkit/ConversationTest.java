package io.fieldgate.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** The conversations that come with the test kit know right answers from wrong ones. */
class ConversationTest {

    @Test
    void anEchoKnowsItsMessagesByTheirNumber() {
        Conversation.Part part = Conversation.echo().begin("a1");

        assertEquals(OptionalLong.of(7), part.hear(part.say(7)));
    }

    @Test
    void anEchoHasTheSizeThatWasAsked() {
        assertEquals(500, Conversation.echo(500).begin("a1").say(12).length());
        assertEquals("a1:12:", Conversation.echo(3).begin("a1").say(12));
    }

    @Test
    void anEchoOfAnotherClientOrOfSomethingElseIsWrong() {
        Conversation.Part part = Conversation.echo(20).begin("a1");

        assertThrows(AssertionError.class, () -> part.hear("a2:7:xxxxxxxxxxxxxxx"));
        assertThrows(AssertionError.class, () -> part.hear("a1:7:xxx"));
        assertThrows(AssertionError.class, () -> part.hear("hello"));
    }

    @Test
    void theLiveConversationTellsAnswersFromSamples() {
        Conversation.Part part = Conversation.live().begin("a1");

        assertEquals(Optional.of("fieldgate.live.v1"), Conversation.live().subprotocol());
        assertEquals(OptionalLong.of(0), part.hear("{\"op\":\"ok\",\"id\":0,\"epoch\":\"5f1c9a2e\"}"));
        assertEquals(OptionalLong.empty(), part.hear("{\"op\":\"samples\",\"samples\":[{\"seq\":5},{\"seq\":9}]}"));
        assertEquals(OptionalLong.of(12), part.hear("{\"op\":\"ok\",\"id\":12,\"devices\":[]}"));
    }

    @Test
    void theLiveConversationInsistsThatSamplesAscendAndNothingIsRefused() {
        Conversation.Part part = Conversation.live().begin("a1");
        part.hear("{\"op\":\"samples\",\"samples\":[{\"seq\":9}]}");

        assertThrows(AssertionError.class, () -> part.hear("{\"op\":\"samples\",\"samples\":[{\"seq\":9}]}"));
        assertThrows(AssertionError.class, () -> part.hear("{\"op\":\"error\",\"id\":3,\"code\":\"busy\"}"));
    }
}
