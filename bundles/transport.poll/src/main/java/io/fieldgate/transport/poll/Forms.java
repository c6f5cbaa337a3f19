package io.fieldgate.transport.poll;

import io.fieldgate.api.data.CloseReason;
import io.fieldgate.api.data.Message;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** What goes over the wire for a message; made once for all clients of a broadcast, but for the id of the event. */
final class Forms {

    /** An event but for its id, ready to be written (HTML, 9.2.6). */
    static final class Event {

        private final byte[] bytes;

        private Event(byte[] bytes) {
            this.bytes = bytes;
        }

        static Event of(Message message) {
            ByteArrayOutputStream event = new ByteArrayOutputStream(message.size() + 16);
            if (!message.isText()) {
                event.writeBytes(ascii("event: binary\ndata: " + Json.base64(message)));
            } else if (hasReturn(message)) {
                event.writeBytes(ascii("event: json\ndata: "));
                event.writeBytes(Json.string(message));
            } else {
                writeLines(message, event);
            }
            event.writeBytes(END);
            return new Event(event.toByteArray());
        }
    }

    /** A member of the array of messages. */
    static final class Element {

        private final byte[] bytes;

        private Element(byte[] bytes) {
            this.bytes = bytes;
        }

        static Element of(Message message) {
            return new Element(Json.message(message));
        }
    }

    static final byte[] COMMENT = ascii(":\n\n");

    private static final byte[] END = ascii("\n\n");
    private static final byte[] DATA = ascii("data: ");

    private Forms() {}

    static byte[] event(Message message) {
        return message.encodedAs(Event.class, Event::of).bytes;
    }

    static byte[] element(Message message) {
        return message.encodedAs(Element.class, Element::of).bytes;
    }

    static byte[] closeEvent(CloseReason reason) {
        return utf8("event: close\ndata: " + Json.close(reason) + "\n\n");
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** A carriage return ends a line of a stream as a line feed does, and so would become one. */
    private static boolean hasReturn(Message message) {
        var bytes = message.bytes();
        while (bytes.hasRemaining()) {
            if (bytes.get() == '\r') {
                return true;
            }
        }
        return false;
    }

    private static void writeLines(Message message, ByteArrayOutputStream event) {
        event.writeBytes(DATA);
        var bytes = message.bytes();
        while (bytes.hasRemaining()) {
            byte next = bytes.get();
            event.write(next);
            if (next == '\n') {
                event.writeBytes(DATA);
            }
        }
    }
}
