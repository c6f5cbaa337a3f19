package io.fieldgate.transport.websocket;

import static io.fieldgate.transport.websocket.Wire.FIN;
import static io.fieldgate.transport.websocket.Wire.frame;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Category 2: pings and pongs. */
class PingConformanceTest extends Conformance {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5, 124, 125})
    void answersAPingWithAPongOfTheSamePayload(int length) throws IOException {
        byte[] payload = new byte[length];
        for (int i = 0; i < length; i++) {
            payload[i] = (byte) (0xFE - i);
        }
        byte[] ping = frame(FIN | Opcode.PING, payload);
        try (TestClient client = open()) {
            client.out.write(ping);
            for (byte octet : ping) {
                client.out.write(octet);
            }
            for (int i = 0; i < 2; i++) {
                TestClient.Frame pong = client.frame();
                assertEquals(FIN | Opcode.PONG, pong.first());
                byte[] echo = new byte[pong.payload().remaining()];
                pong.payload().get(echo);
                assertArrayEquals(payload, echo);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {126, 1000, 65_536})
    void refusesAPingThatIsTooLong(int length) throws IOException {
        byte[] ping = frame(FIN | Opcode.PING, new byte[length]);
        assertEquals(List.of("close 1002"), answers(Pieces.ALL_AT_ONCE, ping));
        assertEquals(List.of("close 1002"), answers(Pieces.FRAMES, ping));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "unasked"})
    void answersAPongWithNothing(String payload) throws IOException {
        assertEquals(
                List.of("pong asked", "close 1000"),
                answers(frame(FIN | Opcode.PONG, payload), frame(FIN | Opcode.PING, "asked")));
    }

    @Test
    void answersManyPingsInTheirOrder() throws IOException {
        List<byte[]> pings = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            pings.add(frame(FIN | Opcode.PING, "ping " + i));
            expected.add("pong ping " + i);
        }
        expected.add("close 1000");
        assertEquals(expected, answers(pings.toArray(byte[][]::new)));
    }
}
