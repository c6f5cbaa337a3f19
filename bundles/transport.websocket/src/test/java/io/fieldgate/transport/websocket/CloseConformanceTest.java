package io.fieldgate.transport.websocket;

import static io.fieldgate.transport.websocket.Wire.FIN;
import static io.fieldgate.transport.websocket.Wire.frame;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.api.data.CloseReason;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Category 7: the closing handshake. */
class CloseConformanceTest extends Conformance {

    @Test
    void answersWhatCameBeforeTheCloseFrameAndNothingBehindIt() throws IOException {
        byte[] close = Wire.close(1000, "");
        assertEquals(List.of("text a", "close 1000"), answers(Wire.text("a"), close));
        assertEquals(List.of("close 1000"), answers(close, close));
        assertEquals(List.of("close 1000"), answers(close, frame(FIN | Opcode.PING, "late")));
        assertEquals(List.of("close 1000"), answers(close, Wire.text("late")));
        assertEquals(List.of("close 1000"), answers(close, frame(FIN | 0x70, "late and wrong")));
    }

    @Test
    void throwsAwayAMessageThatTheCloseFrameInterrupts() throws IOException {
        assertEquals(
                List.of("close 1000"),
                answers(
                        frame(Opcode.TEXT, "begun"),
                        Wire.close(1000, ""),
                        frame(FIN | Opcode.CONTINUATION, "and ended")));
    }

    @Test
    void sendsALargeAnswerWholeBeforeItCloses() throws IOException {
        String text = "BAsd7&jh23".repeat(26_214);
        try (TestClient client = open()) {
            client.out.write(TestClient.join(Wire.text(text), Wire.close(1000, ""), frame(FIN | Opcode.PING, "")));
            assertEquals(List.of("text " + text, "close 1000"), client.untilTheEnd());
        }
    }

    @Test
    void closesItsSideFirst() throws IOException {
        try (TestClient client = open()) {
            client.out.write(Wire.close(1000, "done"));
            assertEquals(1000, client.frame().status());
            assertTrue(client.isAtEnd());
        }
    }

    @Test
    void takesACloseFrameWithoutACodeAndAnswersWithoutOne() throws IOException {
        assertEquals(List.of("close 1005"), answers(frame(FIN | Opcode.CLOSE, "")));
    }

    @Test
    void refusesHalfACode() throws IOException {
        assertEquals(List.of("close 1002"), answers(frame(FIN | Opcode.CLOSE, "a")));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 15, 123})
    void takesAReasonAsLongAsAControlFrameHasRoomFor(int length) throws IOException {
        assertEquals(List.of("close 1000"), answers(Wire.close(1000, "*".repeat(length))));
    }

    @Test
    void refusesALongerReason() throws IOException {
        assertEquals(List.of("close 1002"), answers(Wire.close(1000, "*".repeat(124))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ff", "c080", "eda080", "f4908080", "cebae1bdb9cf83cebcceb5eda080656469746564", "e282"})
    void refusesAReasonThatIsNotUtf8(String hex) throws IOException {
        byte[] payload = TestClient.join(new byte[] {0x03, (byte) 0xE8}, Collected.bytes(hex));
        assertEquals(List.of("close 1007"), answers(frame(FIN | Opcode.CLOSE, payload)));
    }

    @ParameterizedTest
    @ValueSource(
            ints = {1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4999})
    void answersAnyCodeThatMayBeSentWithTheSame(int code) throws IOException {
        assertEquals(List.of("close " + code), answers(Wire.close(code, "")));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 32_767, 32_768, 65_535})
    void refusesACodeThatMayNotBeSent(int code) throws IOException {
        assertEquals(List.of("close " + CloseReason.PROTOCOL_ERROR), answers(Wire.close(code, "")));
    }
}
