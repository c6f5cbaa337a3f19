package io.fieldgate.transport.websocket;

import io.fieldgate.api.data.Message;
import java.nio.ByteBuffer;

/**
 * A message as it goes over the wire, uncompressed: header and payload in one piece, made once and shared by all clients.
 *
 * @param bytes the frame; never read from directly, but through a duplicate
 */
record PlainFrame(ByteBuffer bytes) {

    private static PlainFrame encode(Message message) {
        return new PlainFrame(Frames.data(message.isText(), message.bytes()));
    }

    /** The frame of a message, with a position of its own. */
    static ByteBuffer of(Message message) {
        return message.encodedAs(PlainFrame.class, PlainFrame::encode).bytes().duplicate();
    }
}
