package io.fieldgate.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A script fails where the server does something else. */
class WebSocketProbeTest {

    @Test
    void stepsFollowEachOther() throws IOException {
        try (EchoServer server = EchoServer.answering(WebSocketProbeTest::pingAndEcho);
                WebSocketProbe client = WebSocketProbe.open(server.uri(), "/echo")) {
            assertEquals(101, client.answer().status());
            client.send("a").expect("a").send("b").expect("b");
        }
    }

    private static List<Frame> pingAndEcho(Frame frame) {
        return frame.opcode() == Frame.TEXT ? List.of(new Frame(true, Frame.PING, new byte[0]), frame) : List.of();
    }

    @Test
    void anotherTextFails() throws IOException {
        try (EchoServer server = EchoServer.answering(frame -> List.of(Frame.text("else")));
                WebSocketProbe client = WebSocketProbe.open(server.uri(), "/echo")) {
            AssertionError error =
                    assertThrows(AssertionError.class, () -> client.send("a").expect("a"));
            assertEquals("expected \"a\", got \"else\"", error.getMessage());
        }
    }

    @Test
    void aCloseInPlaceOfATextFails() throws IOException {
        try (EchoServer server = EchoServer.answering(frame -> List.of(Frame.close(1011)));
                WebSocketProbe client = WebSocketProbe.open(server.uri(), "/echo")) {
            assertThrows(AssertionError.class, () -> client.send("a").expect("a"));
        }
    }

    @Test
    void anotherCloseCodeFails() throws IOException {
        try (EchoServer server = EchoServer.answering(frame -> List.of(Frame.text("bye"), Frame.close(1011)));
                WebSocketProbe client = WebSocketProbe.open(server.uri(), "/echo")) {
            client.send("a");
            AssertionError error = assertThrows(AssertionError.class, () -> client.expectClose(1012));
            assertEquals("expected to be closed with 1012, was closed with 1011", error.getMessage());
        }
    }

    @Test
    void aWordInSilenceFails() throws IOException {
        try (EchoServer server = EchoServer.answering(List::of);
                WebSocketProbe client = WebSocketProbe.open(server.uri(), "/echo")) {
            client.expectSilence(Duration.ofMillis(20));
            client.send("a");
            assertThrows(AssertionError.class, () -> client.expectSilence(WebSocketProbe.PATIENCE));
        }
    }
}
