package io.fieldgate.api.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class MessageTest {

    @Test
    void countsTheBytesOfItsUtf8() {
        Message message = Message.text("4 °C");

        assertEquals(5, message.size());
        assertEquals(message, Message.utf8("4 °C".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void decodesTextThatCameAsUtf8() {
        assertEquals(
                "höher", Message.utf8("höher".getBytes(StandardCharsets.UTF_8)).text());
    }

    @Test
    void hasNoTextWhenBinary() {
        Message message = Message.binary(new byte[] {1, 2});

        assertFalse(message.isText());
        assertThrows(IllegalStateException.class, message::text);
    }

    @Test
    void tellsTextFromBinaryOfTheSameBytes() {
        assertFalse(Message.text("a").equals(Message.binary(new byte[] {'a'})));
    }

    @Test
    void givesEachReaderAPositionOfItsOwnAndNoWayToWrite() {
        Message message = Message.text("abc");
        ByteBuffer first = message.bytes();

        assertEquals('a', first.get());
        assertEquals(3, message.bytes().remaining());
        assertThrows(ReadOnlyBufferException.class, () -> first.put((byte) 0));
    }

    @Test
    void isEncodedOncePerForm() {
        Message message = Message.text("abc");
        Object frame = message.encodedAs(Object.class, m -> new Object());

        assertSame(frame, message.encodedAs(Object.class, m -> new Object()));
    }

    @Test
    void keepsTheFormThatWasAskedForLast() {
        Message message = Message.text("abc");
        StringBuilder frame = message.encodedAs(StringBuilder.class, m -> new StringBuilder(m.text()));
        String event = message.encodedAs(String.class, m -> "data: " + m.text());

        assertEquals("data: abc", event);
        assertNotSame(frame, message.encodedAs(StringBuilder.class, m -> new StringBuilder(m.text())));
    }

    @Test
    void showsNoContentInTheLog() {
        assertTrue(Message.text("secret").toString().startsWith("text message of 6 bytes"));
    }
}
