package io.fieldgate.handler.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.api.data.CloseReason;
import io.fieldgate.api.data.Message;
import io.fieldgate.api.data.Role;
import io.fieldgate.api.data.Value;
import io.fieldgate.api.gateway.PointException;
import io.fieldgate.testkit.FakePoints;
import io.fieldgate.testkit.FakeSession;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LiveHandlerTest {

    private final FakePoints points = Fixtures.tank();
    private final ManualWorker worker = new ManualWorker();
    private final LiveHandler handler = new LiveHandler(new Fanout(points, worker, () -> 0), new Writes(points));
    private final FakeSession session = Fixtures.session("s1", Role.OPERATOR);

    @BeforeEach
    void open() {
        handler.opened(session);
    }

    private String ask(String request) {
        handler.received(session, Message.text(request));
        worker.work();
        return session.nextText();
    }

    @Test
    void refusesABinaryMessageWithoutClosing() {
        handler.received(session, Message.binary(new byte[] {1, 2}));

        assertTrue(session.nextText().startsWith("{\"op\":\"error\",\"id\":null,\"code\":\"malformed\""));
        assertTrue(session.isOpen());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "7",
                "{",
                "{\"op\"}",
                "{\"op\":\"devices\",\"op\":\"devices\",\"id\":1}",
                "{\"op\":\"devices\",\"id\":NaN}",
                "{'op':'devices','id':1}",
                "{\"op\":\"devices\",\"id\":1}x",
                "{\"op\":\"devices\",\"id\":1,\"n\":11111111111111111111111111111111111111111111111111111111111111111}",
                "{\"op\":\"devices\",\"id\":\"\u0001\"}"
            })
    void answersWhatIsNoRequest(String text) {
        String answer = ask(text);

        assertTrue(answer.startsWith("{\"op\":\"error\",\"id\":"), answer);
        assertTrue(answer.contains("\"code\":\"malformed\""), answer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "-1.50", "1e3", "\"x\"", "\"\"", "\"a\\\"b\\n\"", "12345678901234567890"})
    void givesBackTheIdAsItWas(String id) {
        assertEquals("{\"op\":\"ok\",\"id\":" + id + "}", ask("{\"op\":\"unsubscribe\",\"id\":" + id + "}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "null", "[1]", "{}", "[\"a\"]"})
    void takesNoOtherIds(String id) {
        assertTrue(ask("{\"op\":\"devices\",\"id\":" + id + "}")
                .contains("\"code\":\"bad-request\",\"detail\":\"\\\"id\\\""));
    }

    @Test
    void takesNoIdOfMoreThan64Characters() {
        assertTrue(ask("{\"op\":\"devices\",\"id\":\"" + "x".repeat(65) + "\"}").contains("\"id\":null"));
        assertTrue(ask("{\"op\":\"devices\",\"id\":\"" + "x".repeat(64) + "\"}").contains("\"op\":\"ok\""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"op\":\"read\"",
                "\"op\":\"read\",\"points\":[]",
                "\"op\":\"read\",\"points\":[1]",
                "\"op\":\"read\",\"points\":[\"a\"]",
                "\"op\":\"write\",\"point\":7,\"value\":1",
                "\"op\":\"write\",\"point\":\"sim/tank/valve\"",
                "\"op\":\"subscribe\",\"filters\":\"**\"",
                "\"op\":\"subscribe\",\"filters\":[\"**\"],\"mode\":\"all\"",
                "\"op\":\"subscribe\",\"filters\":[\"**\"],\"mode\":1",
                "\"op\":\"subscribe\",\"filters\":[\"**\"],\"since\":-1",
                "\"op\":\"subscribe\",\"filters\":[\"**\"],\"since\":1.5",
                "\"op\":\"subscribe\",\"filters\":[\"**\"],\"since\":1,\"epoch\":1",
                "\"op\":7"
            })
    void namesTheMemberThatIsWrong(String members) {
        assertTrue(ask("{\"id\":1," + members + "}")
                .startsWith("{\"op\":\"error\",\"id\":1,\"code\":\"bad-request\",\"detail\":\"\\\""));
    }

    @Test
    void takes64FiltersAndNoMore() {
        String filter = "\"sim/tank/level\",";

        assertTrue(ask(subscribe(filter.repeat(64))).contains("\"op\":\"ok\""));
        session.newTexts();
        assertTrue(ask(subscribe(filter.repeat(65))).contains("bad-request"));
    }

    private static String subscribe(String filters) {
        return "{\"op\":\"subscribe\",\"id\":1,\"filters\":[" + filters.substring(0, filters.length() - 1) + "]}";
    }

    @ParameterizedTest
    @EnumSource(PointException.Reason.class)
    void saysWhyAPointCouldNotBeWritten(PointException.Reason reason) {
        points.answers().fail(reason);

        String answer = ask("{\"op\":\"write\",\"id\":1,\"point\":\"sim/tank/valve\",\"value\":true}");

        assertTrue(answer.startsWith("{\"op\":\"error\",\"id\":1,\"code\":\"" + reason.id() + "\""), answer);
    }

    @Test
    void answersOnceEachWhenTooManyWait() {
        points.answers().hold();
        for (int i = 0; i <= Pending.MAX; i++) {
            handler.received(session, Message.text("{\"op\":\"read\",\"id\":1,\"points\":[\"sim/tank/level\"]}"));
        }
        assertEquals(1, session.messages().size());
        assertTrue(session.nextText().contains("\"code\":\"busy\""));

        points.answers().release();

        assertEquals(Pending.MAX, session.newTexts().size());
    }

    @Test
    void replacesTheSubscriptionByTheNext() {
        ask("{\"op\":\"subscribe\",\"id\":1,\"filters\":[\"sim/**\"]}");
        ask("{\"op\":\"subscribe\",\"id\":2,\"filters\":[\"linux/**\"]}");
        session.newTexts();

        points.update("sim/tank/level", Value.of(1.0));
        points.update("linux/cpu/load", Value.of(0.5));

        assertEquals(1, points.observers());
        List<String> sent = session.newTexts();
        assertEquals(1, sent.size());
        assertTrue(sent.get(0).contains("linux/cpu/load"));
    }

    @Test
    void believesNoNumberThatTheGatewayHasNotComeTo() {
        assertTrue(ask("{\"op\":\"subscribe\",\"id\":1,\"filters\":[\"**\"],\"since\":99999}")
                .contains("\"resumed\":false"));
        session.newTexts();
        assertFalse(ask("{\"op\":\"subscribe\",\"id\":1,\"filters\":[\"**\"],\"since\":8121}")
                .contains("resumed"));
    }

    @Test
    void beginsAnewWhenTheRingDoesNotReachBack() {
        points.keep(1);
        points.update("linux/cpu/load", Value.of(0.5));

        assertTrue(ask("{\"op\":\"subscribe\",\"id\":1,\"filters\":[\"**\"],\"mode\":\"every\",\"since\":8118}")
                .contains("\"resumed\":false"));
        assertEquals(4, Received.of(session.messages().subList(1, 2)).size());
    }

    @Test
    void forgetsASessionThatCloses() {
        ask("{\"op\":\"subscribe\",\"id\":1,\"filters\":[\"**\"]}");

        handler.closed(session, CloseReason.normal());

        assertEquals(0, points.observers());
    }

    @Test
    void refusesToResumeWhatItCannotRead() {
        session.setAttribute(Handover.SUBSCRIPTION, "sideways 1 false **");
        FakeSession successor = session.successor();

        assertThrows(IllegalArgumentException.class, () -> handler.resumed(successor));
    }

    @Test
    void goesOnWithASnapshotThatATakeoverHasParted() {
        points.keep(1);
        for (int i = 0; i < 2000; i++) {
            points.update("sim/many/p" + i, Value.of(i));
        }
        session.stall();
        ask("{\"op\":\"subscribe\",\"id\":1,\"mode\":\"every\",\"filters\":[\"sim/many/**\"]}");
        assertEquals(2, session.messages().size());

        handler.parked(session);
        FakeSession successor = session.successor();
        successor.catchUp();
        new LiveHandler(new Fanout(points, worker, () -> 0), new Writes(points)).resumed(successor);
        worker.work();

        assertEquals(2000, Received.of(successor.messages()).size());
        assertTrue(successor.messages().stream()
                .noneMatch(message -> message.text().contains("lagged")));
    }

    @Test
    void answersARequestAfterATakeoverOnceOnly() {
        points.answers().hold();
        handler.received(
                session, Message.text("{\"op\":\"write\",\"id\":\"w\",\"point\":\"sim/tank/valve\",\"value\":true}"));
        handler.parked(session);
        FakeSession successor = session.successor();
        new LiveHandler(new Fanout(points, worker, () -> 0), new Writes(points)).resumed(successor);

        points.answers().answerOne();

        List<String> sent = successor.newTexts();
        assertEquals(1, sent.size());
        assertTrue(sent.get(0).startsWith("{\"op\":\"error\",\"id\":\"w\",\"code\":\"interrupted\""));
        assertEquals(List.of(), session.newTexts());
    }
}
