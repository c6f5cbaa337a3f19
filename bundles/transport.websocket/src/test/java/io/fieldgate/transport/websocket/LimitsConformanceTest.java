package io.fieldgate.transport.websocket;

import static io.fieldgate.transport.websocket.Wire.FIN;
import static io.fieldgate.transport.websocket.Wire.frame;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fieldgate.api.data.CloseReason;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Categories 9 and 10: great messages, many fragments, small pieces, many messages. */
class LimitsConformanceTest extends Conformance {

    private static final int[] KINDS = {Opcode.TEXT, Opcode.BINARY};

    @ParameterizedTest
    @ValueSource(ints = {65_536, 1 << 18, 1 << 20, 1 << 22, 1 << 23, MAX_MESSAGE_BYTES})
    void echoesAGreatMessage(int length) throws IOException {
        byte[] payload = payload(length);
        try (TestClient client = open()) {
            for (int kind : KINDS) {
                client.out.write(frame(FIN | kind, payload));
                assertEcho(kind, payload, client);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {64, 256, 1024, 4096, 16_384, 65_536, 1 << 18, 1 << 20, 1 << 22})
    void echoesAGreatMessageInFragmentsOfAnyLength(int fragment) throws IOException {
        byte[] payload = payload(1 << 22);
        try (TestClient client = open()) {
            for (int kind : KINDS) {
                sendInFragments(client, kind, payload, fragment);
                assertEcho(kind, payload, client);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {64, 128, 256, 512, 1024, 2048})
    void echoesAGreatFrameThatComesInSmallPieces(int piece) throws IOException {
        byte[] payload = payload(1 << 20);
        try (TestClient client = open()) {
            for (int kind : KINDS) {
                byte[] message = frame(FIN | kind, payload);
                for (int from = 0; from < message.length; from += piece) {
                    client.out.write(message, from, Math.min(piece, message.length - from));
                }
                assertEcho(kind, payload, client);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 16, 64, 256, 1024, 4096, 16_384})
    void echoesManyMessagesOneAfterTheOther(int length) throws IOException {
        byte[] payload = payload(length);
        try (TestClient client = open()) {
            for (int kind : KINDS) {
                byte[] message = frame(FIN | kind, payload);
                for (int i = 0; i < 200; i++) {
                    client.out.write(message);
                    assertEcho(kind, payload, client);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"65536, 1300", "65536, 65535", "1301, 1300"})
    void echoesWhatWasFragmentedOnTheWay(int length, int fragment) throws IOException {
        byte[] payload = payload(length);
        try (TestClient client = open()) {
            sendInFragments(client, Opcode.TEXT, payload, fragment);
            assertEcho(Opcode.TEXT, payload, client);
        }
    }

    @Test
    void refusesAByteMoreThanTheHandlerTakes() throws IOException {
        try (TestClient client = open()) {
            byte[] message = frame(FIN | Opcode.BINARY, new byte[MAX_MESSAGE_BYTES + 1]);
            client.out.write(message, 0, 14);
            assertEquals(List.of("close " + CloseReason.TOO_BIG), client.untilTheEnd());
        }
        try (TestClient client = open()) {
            client.out.write(frame(Opcode.BINARY, payload(MAX_MESSAGE_BYTES)));
            client.out.write(frame(Opcode.CONTINUATION, "x"));
            assertEquals(List.of("close " + CloseReason.TOO_BIG), client.untilTheEnd());
        }
    }

    private static void sendInFragments(TestClient client, int kind, byte[] payload, int length) throws IOException {
        OutputStream out = new BufferedOutputStream(client.out, 65_536);
        for (int from = 0; from < payload.length; from += length) {
            int to = Math.min(from + length, payload.length);
            int first = (to == payload.length ? FIN : 0) | (from == 0 ? kind : Opcode.CONTINUATION);
            out.write(frame(first, Arrays.copyOfRange(payload, from, to)));
        }
        out.flush();
    }

    private static void assertEcho(int kind, byte[] payload, TestClient client) throws IOException {
        TestClient.Frame echo = client.frame();
        assertEquals(FIN | kind, echo.first());
        assertEquals(-1, echo.payload().mismatch(ByteBuffer.wrap(payload)), "differs from what was sent");
    }

    /** Text in which no two places look alike from afar. */
    private static byte[] payload(int length) {
        byte[] payload = new byte[length];
        for (int i = 0; i < length; i++) {
            payload[i] = (byte) ('!' + (i + i / 93) % 93);
        }
        return payload;
    }
}
