package io.fieldgate.transport.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.fieldgate.api.data.CloseReason;
import io.fieldgate.api.data.Message;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The examples of RFC 6455, 5.7, as far as a server sends them. */
class FramesTest {

    @Test
    void writesTheExamplesOfTheStandard() {
        assertEquals("810548656c6c6f", Collected.hex(PlainFrame.of(Message.text("Hello"))));
        assertEquals("8a0548656c6c6f", Collected.hex(Frames.pong("Hello".getBytes(StandardCharsets.US_ASCII))));
        assertEquals("8900", Collected.hex(Frames.ping()));
        assertEquals("827e0100", head(256));
        assertEquals("827f0000000000010000", head(65_536));
    }

    @Test
    void writesTheShortestLengthThatDoes() {
        assertEquals("8200", head(0));
        assertEquals("827d", head(125));
        assertEquals("827e007e", head(126));
        assertEquals("827effff", head(65_535));
    }

    @Test
    void writesCloseFrames() {
        assertEquals("880203e8", Collected.hex(CloseFrame.of(CloseReason.normal())));
        assertEquals("880503e9627965", Collected.hex(CloseFrame.of(new CloseReason(1001, "bye"))));
        assertEquals("8800", Collected.hex(CloseFrame.of(new CloseReason(CloseReason.NO_STATUS, ""))));
    }

    @Test
    @SuppressWarnings("ByteBufferBackingArray") // that it is the same one is what is asked
    void encodesAMessageOnceForAllClients() {
        Message message = Message.text("to many");
        ByteBuffer first = PlainFrame.of(message);
        ByteBuffer second = PlainFrame.of(message);
        assertSame(first.array(), second.array());
        first.get();
        assertEquals(0, second.position());
    }

    private static String head(int length) {
        ByteBuffer frame = PlainFrame.of(Message.binary(new byte[length]));
        return Collected.hex(frame.limit(frame.limit() - length));
    }
}
