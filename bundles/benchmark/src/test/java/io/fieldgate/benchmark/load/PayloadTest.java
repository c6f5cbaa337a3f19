package io.fieldgate.benchmark.load;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class PayloadTest {

    @Test
    void aNumberComesBackAsItWasPut() throws LoadException {
        byte[] payload = new byte[12];
        Digits.put(payload, 2, 10, 1_234_567_890L);

        assertEquals(1_234_567_890L, Digits.get(ByteBuffer.wrap(payload), 2, 10));
    }

    @Test
    void whatIsNoNumberIsAnError() {
        assertThrows(LoadException.class, () -> Digits.get(ascii("12a4"), 0, 4));
        assertThrows(LoadException.class, () -> Digits.get(ascii("123"), 0, 4));
    }

    @Test
    void countsWhatOccursMoreThanOnce() {
        byte[] text = "{\"point\":".getBytes(StandardCharsets.US_ASCII);

        assertEquals(2, LiveTraffic.occurrences(ascii("[{\"point\":\"a\"},{\"point\":\"b\"},{{\"po"), text));
        assertEquals(0, LiveTraffic.occurrences(ascii(""), text));
    }

    /** The example of RFC 6455, 1.3. */
    @Test
    void theAcceptKeyIsThatOfTheStandard() {
        assertEquals("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", Handshake.acceptOf("dGhlIHNhbXBsZSBub25jZQ=="));
    }

    @Test
    void anAnswerIsTakenOnceItIsWhole() throws LoadException {
        Handshake handshake = new Handshake(8080, "/echo", "");
        String accept = Handshake.acceptOf("dGhlIGJlbmNobWFyayBpcw==");
        String answer = "HTTP/1.1 101 Switching Protocols\r\nsec-websocket-accept: " + accept + "\r\n\r\n";
        ByteBuffer in = ascii(answer + "rest");

        assertFalse(handshake.takeAnswer(ascii(answer.substring(0, answer.length() - 1))));
        assertTrue(handshake.takeAnswer(in));
        assertEquals(4, in.remaining());
        assertThrows(LoadException.class, () -> handshake.takeAnswer(ascii("HTTP/1.1 404 Not Found\r\n\r\n")));
        assertThrows(LoadException.class, () -> handshake.takeAnswer(ascii("HTTP/1.1 101 Yes\r\n\r\n")));
    }

    @Test
    void aCompressedTextIsWhatItWas() throws LoadException {
        byte[] text = "{point:plant/tank/level,value:1},".repeat(30).getBytes(StandardCharsets.US_ASCII);

        byte[] compressed = DeflateDialect.deflate(text);

        assertTrue(compressed.length < 100);
        assertArrayEquals(text, DeflateDialect.inflate(compressed));
    }

    /** The example of RFC 7692, 7.2.3.1. */
    @Test
    void inflatesWhatTheStandardShows() throws LoadException {
        byte[] compressed = HexFormat.of().parseHex("f248cdc9c90700");

        assertArrayEquals("Hello".getBytes(StandardCharsets.US_ASCII), DeflateDialect.inflate(compressed));
        assertThrows(LoadException.class, () -> DeflateDialect.inflate(new byte[] {(byte) 0xff, 1}));
    }

    private static ByteBuffer ascii(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }
}
