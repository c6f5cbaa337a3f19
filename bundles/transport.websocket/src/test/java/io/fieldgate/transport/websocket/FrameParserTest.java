package io.fieldgate.transport.websocket;

import static io.fieldgate.transport.websocket.Wire.FIN;
import static io.fieldgate.transport.websocket.Wire.RSV1;
import static io.fieldgate.transport.websocket.Wire.frame;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fieldgate.api.data.CloseReason;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameParserTest {

    private static final int MAX = 70_000;

    /** A bit of everything that may stand in a stream. */
    private static final byte[] STREAM = TestClient.join(
            Wire.text("Hello"),
            frame(FIN | Opcode.PING, "are you there"),
            frame(Opcode.TEXT, "frag"),
            frame(FIN | Opcode.PONG, "unasked"),
            frame(Opcode.CONTINUATION, ""),
            frame(FIN | Opcode.PING, ""),
            frame(FIN | Opcode.CONTINUATION, "ments"),
            Wire.text(""),
            Wire.text("κόσμε 😀"),
            frame(FIN | Opcode.BINARY, "b".repeat(130)),
            Wire.close(1000, "end"),
            Wire.text("never read"));

    private static final List<String> EVENTS = List.of(
            "text Hello",
            "ping are you there",
            "ping ",
            "text fragments",
            "text ",
            "text κόσμε 😀",
            "binary " + "62".repeat(130),
            "close 1000 end");

    @Test
    void readsTheExamplesOfTheStandard() {
        assertEquals(List.of("text Hello"), parse("818537fa213d7f9f4d5158"));
        assertEquals(List.of(), parse("8a8537fa213d7f9f4d5158"));
        assertEquals(List.of("ping Hello"), parse("898537fa213d7f9f4d5158"));
        byte[] kilobyte = frame(FIN | Opcode.BINARY, new byte[256]);
        assertEquals("82fe0100", Collected.hex(ByteBuffer.wrap(kilobyte, 0, 4)));
        assertEquals(List.of("binary " + "00".repeat(256)), Collected.of(MAX, false, kilobyte));
        byte[] large = frame(FIN | Opcode.BINARY, new byte[65_536]);
        assertEquals("82ff0000000000010000", Collected.hex(ByteBuffer.wrap(large, 0, 10)));
        assertEquals(List.of("binary " + "00".repeat(65_536)), Collected.of(MAX, false, large));
    }

    @Test
    void makesTheSameOfAStreamWhereverItIsCut() {
        for (int first = 0; first <= STREAM.length; first++) {
            assertEquals(EVENTS, Collected.of(MAX, false, STREAM, first));
            for (int second = first; second <= STREAM.length; second += 7) {
                assertEquals(EVENTS, Collected.of(MAX, false, STREAM, first, second));
            }
        }
    }

    @Test
    void makesTheSameOfAStreamByteByByte() {
        int[] everywhere = new int[STREAM.length];
        for (int i = 0; i < everywhere.length; i++) {
            everywhere[i] = i;
        }
        assertEquals(EVENTS, Collected.of(MAX, false, STREAM, everywhere));
    }

    @Test
    void leavesAMessageWhereItIsUntilItIsTaken() {
        Collected collected = new Collected(MAX, false);
        collected.demand = 1;
        byte[] two = TestClient.join(
                frame(FIN | Opcode.PING, "in front"),
                Wire.text("one"),
                frame(FIN | Opcode.PING, "between"),
                Wire.text("two"));
        ByteBuffer in = ByteBuffer.wrap(two);
        collected.feed(in);
        assertEquals(List.of("ping in front", "text one", "ping between"), collected.events);
        assertEquals(Wire.text("two").length, in.remaining());
        collected.feed(in);
        assertEquals(Wire.text("two").length, in.remaining());
        collected.demand = 1;
        collected.feed(in);
        assertEquals("text two", collected.events.get(3));
    }

    @Test
    void finishesAMessageThatWasBegun() {
        Collected collected = new Collected(MAX, false);
        collected.demand = 1;
        collected.feed(ByteBuffer.wrap(frame(Opcode.TEXT, "one ")));
        collected.feed(ByteBuffer.wrap(frame(FIN | Opcode.CONTINUATION, "message")));
        assertEquals(List.of("text one message"), collected.events);
    }

    @ParameterizedTest
    @CsvSource({
        "8105, a frame is not masked",
        "9180, a reserved bit is set",
        "a180, a reserved bit is set",
        "c180, a reserved bit is set",
        "8380, unknown opcode 3",
        "8780, unknown opcode 7",
        "8b80, unknown opcode 11",
        "8f80, unknown opcode 15",
        "8080, a continuation without a beginning",
        "01800000000001, a message begins within a message",
        "0980, a control frame in fragments",
        "0880, a control frame in fragments",
        "89fe, a control frame is longer than 125 bytes",
        "88ff, a control frame is longer than 125 bytes",
        "81fe007d, a length is written longer than it need be",
        "81ff000000000000ffff, a length is written longer than it need be",
        "81ff80, a length is negative",
        "88810000000003, a close frame has half a status code",
        "88820000000003e7, close code 999 may not be sent",
        "88820000000003ec, close code 1004 may not be sent",
        "88820000000003ed, close code 1005 may not be sent",
        "88820000000003ee, close code 1006 may not be sent",
        "88820000000003f7, close code 1015 may not be sent",
        "88820000000007d0, close code 2000 may not be sent",
        "8882000000001388, close code 5000 may not be sent",
    })
    void refusesWhatBreaksTheProtocolAtOnce(String hex, String why) {
        List<String> events = parse(hex);
        assertEquals(List.of("breach 1002 " + why), events);
    }

    @ParameterizedTest
    @ValueSource(
            ints = {1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4999})
    void takesTheCloseCodesThatMayBeSent(int code) {
        assertEquals(List.of("close " + new CloseReason(code, "")), Collected.of(MAX, false, Wire.close(code, "")));
    }

    @Test
    void takesACloseWithoutAStatus() {
        assertEquals(List.of("close 1005"), Collected.of(MAX, false, frame(FIN | Opcode.CLOSE, "")));
    }

    @Test
    void refusesAMessageThatIsTooBigWhenItsLengthIsKnown() {
        byte[] head = {(byte) 0x82, (byte) 0xFE, 0, (byte) 200};
        assertEquals(List.of("breach 1009 a message has more than 199 bytes"), Collected.of(199, false, head));
        assertEquals(List.of(), Collected.of(200, false, head));
    }

    @Test
    void countsFragmentsTogether() {
        byte[] fragments =
                TestClient.join(frame(Opcode.TEXT, "a".repeat(60)), frame(FIN | Opcode.CONTINUATION, "a".repeat(60)));
        assertEquals(List.of("breach 1009 a message has more than 119 bytes"), Collected.of(119, false, fragments));
        assertEquals(List.of("text " + "a".repeat(120)), Collected.of(120, false, fragments));
    }

    @Test
    void refusesALengthBeyondAllBounds() {
        assertEquals(List.of("breach 1009 a message has more than 70000 bytes"), parse("82ff7fffffffffffffff"));
    }

    @Test
    void refusesBadUtf8WithinAFragment() {
        Collected collected = new Collected(MAX, false);
        byte[] wrong = frame(Opcode.TEXT, Collected.bytes("cebae1bdb9cf83cebcceb5 f4908080 6564"));
        assertTrue(collected.feed(ByteBuffer.wrap(wrong, 0, 6 + 12)), "so far it may become right");
        assertEquals(false, collected.feed(ByteBuffer.wrap(wrong, 6 + 12, 1)));
        assertEquals(List.of("breach 1007 a text is not UTF-8"), collected.events);
    }

    @Test
    void refusesATextThatEndsWithinACharacter() {
        assertEquals(
                List.of("breach 1007 a text is not UTF-8"),
                Collected.of(MAX, false, frame(FIN | Opcode.TEXT, Collected.bytes("61e282"))));
        assertEquals(
                List.of("breach 1007 a close reason is not UTF-8"),
                Collected.of(MAX, false, frame(FIN | Opcode.CLOSE, Collected.bytes("03e8e282"))));
    }

    @Test
    void joinsACharacterThatIsCutByAFragment() {
        byte[] euro = "€".getBytes(StandardCharsets.UTF_8);
        byte[] cut = TestClient.join(
                frame(Opcode.TEXT, new byte[] {euro[0]}),
                frame(FIN | Opcode.CONTINUATION, new byte[] {euro[1], euro[2]}));
        assertEquals(List.of("text €"), Collected.of(MAX, false, cut));
    }

    @Test
    void doesNotLetBytesOfAnAnnouncedMessageCostMoreThanThoseThatCame() {
        Collected collected = new Collected(1 << 24, false);
        byte[] head = Collected.bytes("82ff 0000000001000000 00000000 0102030405");
        long before = used();
        for (int i = 0; i < 20; i++) {
            assertTrue(new Collected(1 << 24, false).feed(ByteBuffer.wrap(head)));
        }
        assertTrue(collected.feed(ByteBuffer.wrap(head)));
        assertTrue(used() - before < 16 << 20, "21 times 16 MiB were announced, and 5 bytes sent");
    }

    @Test
    void survivesWhateverComes() {
        Random random = new Random(6455);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = STREAM.clone();
            for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            boolean deflate = random.nextBoolean();
            List<String> whole = Collected.of(4096, deflate, bytes);
            List<String> cut = Collected.of(4096, deflate, bytes, random.nextInt(bytes.length));
            assertEquals(whole, cut, () -> Collected.hex(ByteBuffer.wrap(bytes)));
        }
    }

    @Test
    void survivesNoise() {
        Random random = new Random(7692);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(64)];
            random.nextBytes(bytes);
            if (bytes.length > 1) {
                bytes[0] = (byte) (FIN | (random.nextBoolean() ? RSV1 : 0) | Opcode.TEXT);
                bytes[1] |= (byte) 0x80;
            }
            Collected.of(4096, true, bytes);
        }
    }

    private static List<String> parse(String hex) {
        return Collected.of(MAX, false, Collected.bytes(hex));
    }

    private static long used() {
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
