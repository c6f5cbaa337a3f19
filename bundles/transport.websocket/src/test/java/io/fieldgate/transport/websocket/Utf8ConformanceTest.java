package io.fieldgate.transport.websocket;

import static io.fieldgate.transport.websocket.Wire.FIN;
import static io.fieldgate.transport.websocket.Wire.frame;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Category 6: text is UTF-8 (RFC 3629), or the connection ends at the first byte that cannot be. */
class Utf8ConformanceTest extends Conformance {

    private static final byte[] GOOD = "κόσμε".getBytes(StandardCharsets.UTF_8);

    /** First and last of each length, the borders of the surrogates, noncharacters, text. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "7f",
                "c280",
                "dfbf",
                "e0a080",
                "efbfbf",
                "f0908080",
                "f48fbfbf",
                "ed9fbf",
                "ee8080",
                "efbfbd",
                "efbfbe",
                "efb790",
                "efb7af",
                "efbfb9efbfbaefbfbbefbfbc",
                "f09fbfbe",
                "f09fbfbf",
                "f3bfbfbe",
                "f48fbfbe",
                "ceba",
                "cebae1bdb9cf83cebcceb5",
                "48656c6c6f2d c2b5 40 c39f c3b6 c3a4 c3bc c3a0 c3a1 2d 5554462d3821 21"
            })
    void echoesValidTextWhereverItIsFragmented(String hex) throws IOException {
        byte[] text = Collected.bytes(hex);
        List<String> expected = List.of("text " + new String(text, StandardCharsets.UTF_8), "close 1000");
        assertEquals(expected, answers(frame(FIN | Opcode.TEXT, text)));
        assertEquals(expected, answers(Pieces.FRAMES, octets(text)));
        for (int cut = 0; cut <= text.length; cut++) {
            assertEquals(expected, answers(Pieces.FRAMES, inTwo(text, cut)));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // a continuation without a beginning
                "80",
                "bf",
                "80bf80bf80",
                // a beginning without a continuation
                "c020",
                "df20",
                "e020",
                "ef20",
                "f020",
                "f420",
                "e28220",
                "f0908020",
                // five and six bytes, and bytes that never occur
                "f888808080",
                "fbbfbfbfbf",
                "fc8480808080",
                "fdbfbfbfbfbf",
                "fe",
                "ff",
                "fefeffff",
                // overlong
                "c0af",
                "e080af",
                "f08080af",
                "f8808080af",
                "c1bf",
                "e09fbf",
                "f08fbfbf",
                "c080",
                "e08080",
                "f0808080",
                // surrogates, alone and in pairs
                "eda080",
                "edadbf",
                "edae80",
                "edafbf",
                "edb080",
                "edbfbf",
                "eda080edb080",
                "edafbfedbfbf",
                // beyond the last character
                "f4908080",
                "f5808080",
                "f7bfbfbf",
                "cebae1bdb9cf83cebcceb5eda080656469746564"
            })
    void refusesInvalidTextWhereverItIsFragmented(String hex) throws IOException {
        byte[] text = TestClient.join(GOOD, Collected.bytes(hex));
        assertEquals(List.of("close 1007"), answers(frame(FIN | Opcode.TEXT, text), Wire.text("never read")));
        assertEquals(List.of("close 1007"), answers(Pieces.FRAMES, octets(text)));
        for (int cut = 0; cut <= text.length; cut++) {
            assertEquals(List.of("close 1007"), answers(Pieces.FRAMES, inTwo(text, cut)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ce", "cebae1", "cebae1bd", "c2", "e0a0", "efbf", "f0", "f09080", "f48fbf"})
    void refusesATextThatEndsWithinACharacter(String hex) throws IOException {
        byte[] text = Collected.bytes(hex);
        assertEquals(List.of("close 1007"), answers(frame(FIN | Opcode.TEXT, text)));
        assertEquals(List.of("close 1007"), answers(Pieces.FRAMES, octets(text)));
    }

    /** How much of some bytes may still become text, and the first byte with which it cannot. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "cebae1bdb9cf83cebcceb5 f4 | 90",
                "cebae1bdb9cf83cebcceb5 | ff",
                "cebae1bdb9cf83cebcceb5 ed | a0",
                "cebae1bdb9cf83cebcceb5 e0 | 80",
                "cebae1bdb9cf83cebcceb5 f0 | 8f",
                "cebae1bdb9cf83cebcceb5 f09080 | 41",
                "616263 | c0"
            })
    void refusesTheFirstWrongByteAlthoughMoreIsAnnounced(String good) throws IOException {
        String[] parts = good.split("\\|", 2);
        byte[] right = Collected.bytes(parts[0]);
        byte[] wrong = Collected.bytes(parts[1].strip());

        byte[] announced = frame(FIN | Opcode.TEXT, TestClient.join(right, wrong, new byte[100]));
        int head = 6;
        try (TestClient client = open()) {
            client.out.write(announced, 0, head + right.length);
            client.out.write(announced, head + right.length, wrong.length);
            assertEquals(List.of("close 1007"), client.untilTheEnd(), "within a frame");
        }
        try (TestClient client = open()) {
            client.out.write(frame(Opcode.TEXT, right));
            client.out.write(frame(FIN | Opcode.PING, "so far so good"));
            assertEquals("pong so far so good", client.frame().line());
            client.out.write(frame(Opcode.CONTINUATION, wrong));
            assertEquals(List.of("close 1007"), client.untilTheEnd(), "across fragments");
        }
    }

    private static byte[][] octets(byte[] text) {
        List<byte[]> frames = new ArrayList<>();
        for (int i = 0; i < text.length; i++) {
            frames.add(frame(i == 0 ? Opcode.TEXT : Opcode.CONTINUATION, new byte[] {text[i]}));
        }
        frames.add(frame(FIN | (text.length == 0 ? Opcode.TEXT : Opcode.CONTINUATION), ""));
        return frames.toArray(byte[][]::new);
    }

    private static byte[][] inTwo(byte[] text, int cut) {
        byte[] first = new byte[cut];
        byte[] second = new byte[text.length - cut];
        ByteBuffer.wrap(text).get(first).get(second);
        return new byte[][] {frame(Opcode.TEXT, first), frame(FIN | Opcode.CONTINUATION, second)};
    }
}
