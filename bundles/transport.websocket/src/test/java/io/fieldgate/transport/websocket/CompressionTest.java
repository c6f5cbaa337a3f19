package io.fieldgate.transport.websocket;

import static io.fieldgate.transport.websocket.Wire.FIN;
import static io.fieldgate.transport.websocket.Wire.RSV1;
import static io.fieldgate.transport.websocket.Wire.frame;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.fieldgate.api.data.Message;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.Deflater;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompressionTest {

    private static final int COMPRESSED_TEXT = FIN | RSV1 | Opcode.TEXT;

    private final Compression compression = new Compression(1);

    @AfterEach
    void close() {
        compression.close();
    }

    /** RFC 7692, 7.2.3: one block, no compression, a final block, two blocks. */
    @ParameterizedTest
    @ValueSource(
            strings = {"f248cdc9c90700", "000500faff48656c6c6f00", "f348cdc9c9070000", "f248050000 00ffffcac9c90700"})
    void readsTheExamplesOfTheStandardWhereverTheyAreCut(String hex) {
        byte[] hello = frame(COMPRESSED_TEXT, Collected.bytes(hex));
        for (int cut = 0; cut <= hello.length; cut++) {
            assertEquals(List.of("text Hello"), Collected.of(100, true, hello, cut));
        }
    }

    @Test
    void readsTheFragmentedExampleOfTheStandard() {
        byte[] fragments = TestClient.join(
                frame(RSV1 | Opcode.TEXT, Collected.bytes("f248cd")),
                frame(FIN | Opcode.PING, "between"),
                frame(FIN | Opcode.CONTINUATION, Collected.bytes("c9c90700")));
        assertEquals(List.of("ping between", "text Hello"), Collected.of(100, true, fragments));
    }

    @Test
    void writesTheExampleOfTheStandard() {
        // Five bytes come to seven: what does not get shorter goes as it is.
        assertEquals("810548656c6c6f", Collected.hex(encode(compression, Message.text("Hello"))));
        assertEquals(
                "c1",
                Collected.hex(encode(compression, Message.text("Hello".repeat(20))))
                        .substring(0, 2));
    }

    @Test
    void readsWhatItWrites() {
        for (String text : List.of("a".repeat(1000), "{\"value\":1}".repeat(50), "😀".repeat(40))) {
            for (int round = 0; round < 3; round++) {
                ByteBuffer server = encode(compression, Message.text(text));
                assertEquals(List.of("text " + text), Collected.of(100_000, true, asClient(server)));
            }
        }
    }

    @Test
    void leavesSmallMessagesAlone() {
        Compression from100 = new Compression(100);
        assertEquals(
                "81",
                Collected.hex(encode(from100, Message.text("a".repeat(99)))).substring(0, 2));
        assertEquals(
                "c1",
                Collected.hex(encode(from100, Message.text("a".repeat(100)))).substring(0, 2));
    }

    @Test
    @SuppressWarnings("ByteBufferBackingArray") // that it is the same one is what is asked
    void compressesAMessageOnceForAllClients() {
        Message message = Message.text("a".repeat(1000));
        assertSame(
                encode(compression, message).array(),
                encode(compression, message).array());
    }

    @Test
    void stopsABombBeforeItFillsTheMemory() {
        byte[] bomb = deflated(new byte[50_000_000]);
        assertEquals(
                List.of("breach 1009 a message has more than 65536 bytes"),
                Collected.of(65_536, true, frame(FIN | RSV1 | Opcode.BINARY, bomb)));
    }

    @Test
    void takesAMessageOfExactlyTheGreatestSize() {
        byte[] limit = frame(COMPRESSED_TEXT, deflated("a".repeat(65_536).getBytes(StandardCharsets.US_ASCII)));
        assertEquals(List.of("text " + "a".repeat(65_536)), Collected.of(65_536, true, limit));
        assertEquals(List.of("breach 1009 a message has more than 65535 bytes"), Collected.of(65_535, true, limit));
    }

    @Test
    void refusesBadUtf8BeforeTheMessageIsWhole() {
        byte[] wrong = TestClient.join(new byte[] {(byte) 0xFF}, new byte[10_000]);
        byte[] compressed = frame(RSV1 | Opcode.TEXT, deflated(wrong));
        assertEquals(List.of("breach 1007 a text is not UTF-8"), Collected.of(100_000, true, compressed));
    }

    @Test
    void refusesWhatIsNotCompressed() {
        assertEquals(
                List.of("breach 1007 a message is not compressed as it should be"),
                Collected.of(100, true, frame(COMPRESSED_TEXT, Collected.bytes("ffffffff"))));
    }

    /** Its code, its length or its text is cut off, its length contradicts itself, or a tail was left in its place. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "f2",
                "f248cd",
                "f248cdc9c907",
                "000500",
                "000500faff4865",
                "000500ffff48656c6c6f00",
                "07",
                "f248cdc9c907000000ffff"
            })
    void refusesAMessageThatIsCutOffOrContradictsItself(String hex) {
        assertEquals(
                List.of("breach 1007 a message is not compressed as it should be"),
                Collected.of(100, true, frame(COMPRESSED_TEXT, Collected.bytes(hex))));
    }

    /** RFC 7692, 7.2.3.6; a block of another kind; a final block without anything behind it; no block at all. */
    @ParameterizedTest
    @ValueSource(strings = {"00", "0200", "0300", "010000ffff", ""})
    void readsAnEmptyMessageInAnyForm(String hex) {
        byte[] twice = TestClient.join(
                frame(COMPRESSED_TEXT, Collected.bytes(hex)), frame(COMPRESSED_TEXT, Collected.bytes(hex)));
        assertEquals(List.of("text ", "text "), Collected.of(100, true, twice));
    }

    @Test
    void readsAFinalBlockWithoutAnythingBehindIt() {
        assertEquals(
                List.of("text Hello"),
                Collected.of(100, true, frame(COMPRESSED_TEXT, Collected.bytes("f348cdc9c90700"))));
    }

    @Test
    void takesUncompressedMessagesAmongCompressedOnes() {
        byte[] mixed = TestClient.join(
                Wire.text("plain"), frame(COMPRESSED_TEXT, Collected.bytes("f248cdc9c90700")), Wire.text("plain"));
        assertEquals(List.of("text plain", "text Hello", "text plain"), Collected.of(100, true, mixed));
    }

    @Test
    void servesOnWhenItWasClosed() {
        compression.close();
        byte[] server = asClient(encode(compression, Message.text("a".repeat(500))));
        assertEquals(List.of("text " + "a".repeat(500)), Collected.of(1000, true, server));
    }

    private static ByteBuffer encode(Compression compression, Message message) {
        return compression.encoder(new DeflateTerms(15, "")).apply(message);
    }

    private static byte[] deflated(byte[] bytes) {
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        byte[] out = new byte[bytes.length / 100 + 1000];
        deflater.setInput(bytes);
        int length = deflater.deflate(out, 0, out.length, Deflater.SYNC_FLUSH);
        deflater.end();
        return java.util.Arrays.copyOf(out, length - 4);
    }

    /** The same frame as a client would send it. */
    private static byte[] asClient(ByteBuffer server) {
        int first = server.get();
        int second = server.get();
        server.position(server.position() + (second < 126 ? 0 : 2));
        byte[] payload = new byte[server.remaining()];
        server.get(payload);
        return frame(first, payload);
    }
}
