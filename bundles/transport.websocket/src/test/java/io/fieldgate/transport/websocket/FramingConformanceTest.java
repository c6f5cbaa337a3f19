package io.fieldgate.transport.websocket;

import static io.fieldgate.transport.websocket.Wire.FIN;
import static io.fieldgate.transport.websocket.Wire.frame;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Categories 1 (framing), 3 (reserved bits) and 4 (opcodes): the head of a frame. */
class FramingConformanceTest extends Conformance {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 125, 126, 127, 128, 65_535, 65_536})
    void echoesAMessageOfAnyLengthThatIsWrittenInAnotherWay(int length) throws IOException {
        byte[] payload = new byte[length];
        Arrays.fill(payload, (byte) '*');
        try (TestClient client = open()) {
            for (int opcode : new int[] {Opcode.TEXT, Opcode.BINARY}) {
                client.out.write(frame(FIN | opcode, payload));
                assertEcho(FIN | opcode, payload, client.frame());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 997, 4096, 65_536})
    void echoesAFrameThatComesInPieces(int piece) throws IOException {
        byte[] payload = new byte[65_536];
        Arrays.fill(payload, (byte) '*');
        byte[] message = frame(FIN | Opcode.TEXT, payload);
        try (TestClient client = open()) {
            for (int from = 0; from < message.length; from += piece) {
                client.out.write(message, from, Math.min(piece, message.length - from));
            }
            assertEcho(FIN | Opcode.TEXT, payload, client.frame());
        }
    }

    /** Of the three reserved bits any one, two or all are set, on every kind of frame. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
    void refusesReservedBitsThatNobodyHasAgreedOn(int bits) throws IOException {
        for (int opcode : new int[] {Opcode.TEXT, Opcode.BINARY, Opcode.CLOSE, Opcode.PING, Opcode.PONG}) {
            assertEquals(
                    List.of("text before", "close 1002"),
                    answers(Wire.text("before"), frame(FIN | bits << 4 | opcode, "bits"), Wire.text("after")));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void refusesReservedBitsOnAContinuation(int bits) throws IOException {
        assertEquals(
                List.of("close 1002"),
                answers(frame(Opcode.TEXT, "begun"), frame(FIN | bits << 4 | Opcode.CONTINUATION, "bits")));
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 5, 6, 7, 11, 12, 13, 14, 15})
    void refusesAnOpcodeThatMeansNothing(int opcode) throws IOException {
        for (String payload : List.of("", "with a payload")) {
            assertEquals(
                    List.of("text before", "close 1002"),
                    answers(Wire.text("before"), frame(FIN | opcode, payload), frame(FIN | Opcode.PING, "after")));
        }
    }

    /** RFC 6455, 5.1 and 5.2. */
    @ParameterizedTest
    @CsvSource({
        "8105 48656c6c6f, a frame that is not masked",
        "81fe 0005 00000000 48656c6c6f, a short length in two bytes",
        "81ff 0000000000000005 00000000 48656c6c6f, a short length in eight bytes",
        "82ff 8000000000000000 00000000, a negative length",
    })
    void refusesAHeadThatIsWrittenWrongly(String hex, String what) throws IOException {
        assertEquals(List.of("close 1002"), answers(Collected.bytes(hex)), what);
    }

    private static void assertEcho(int first, byte[] payload, TestClient.Frame echo) {
        assertEquals(first, echo.first());
        byte[] bytes = new byte[echo.payload().remaining()];
        echo.payload().get(bytes);
        assertArrayEquals(payload, bytes);
    }
}
