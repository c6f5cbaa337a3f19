package io.fieldgate.benchmark.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class FramesTest {

    /** The example of RFC 6455, 5.7, which has the same key. */
    @Test
    void masksAsTheStandardShowsIt() {
        assertEquals(
                "818537fa213d7f9f4d5158", hex(Frames.masked(Frames.TEXT, "Hello".getBytes(StandardCharsets.US_ASCII))));
    }

    @Test
    void aLongerPayloadHasTwoBytesOfLength() {
        assertEquals(
                "81fe007e37fa213d",
                hex(Frames.masked(Frames.TEXT, new byte[126])).substring(0, 16));
        assertThrows(IllegalArgumentException.class, () -> Frames.masked(Frames.TEXT, new byte[65_536]));
    }

    @Test
    void readsTheHeadOfAServersFrameOnceItIsWhole() throws LoadException {
        assertEquals(0, Frames.headLength(bytes("81")));
        assertEquals(2, Frames.headLength(bytes("8105")));
        assertEquals(0, Frames.headLength(bytes("817e01")));
        assertEquals(4, Frames.headLength(bytes("817e0100")));
        assertEquals(10, Frames.headLength(bytes("817f0000000000010000")));

        assertEquals(5, Frames.payloadLength(bytes("8105")));
        assertEquals(256, Frames.payloadLength(bytes("817e0100")));
        assertEquals(65_536, Frames.payloadLength(bytes("817f0000000000010000")));
        assertEquals(Frames.CLOSE, Frames.opcode(bytes("8802")));
        assertTrue(Frames.isCompressed(bytes("c105")));
        assertFalse(Frames.isCompressed(bytes("8105")));
    }

    @Test
    void refusesWhatNoServerMaySend() {
        assertThrows(LoadException.class, () -> Frames.payloadLength(bytes("8185")));
        assertThrows(LoadException.class, () -> Frames.payloadLength(bytes("0105")));
        assertThrows(LoadException.class, () -> Frames.payloadLength(bytes("8005")));
        assertThrows(LoadException.class, () -> Frames.payloadLength(bytes("a105")));
        assertThrows(LoadException.class, () -> Frames.payloadLength(bytes("817f7fffffffffffffff")));
        assertThrows(LoadException.class, () -> Frames.payloadLength(bytes("817fffffffffffffffff")));
    }

    private static ByteBuffer bytes(String hex) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(hex));
    }

    private static String hex(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
