package io.fieldgate.transport.websocket;

import java.nio.ByteBuffer;

/** Writes frames as a server sends them: whole and unmasked (RFC 6455, 5.2). */
final class Frames {

    private static final int FIN = 0x80;
    private static final int RSV1 = 0x40;
    private static final int IN_TWO_BYTES = 126;
    private static final int IN_EIGHT_BYTES = 127;

    private Frames() {}

    static ByteBuffer ping() {
        return frame(FIN | Opcode.PING, ByteBuffer.allocate(0));
    }

    static ByteBuffer pong(byte[] payload) {
        return frame(FIN | Opcode.PONG, ByteBuffer.wrap(payload));
    }

    static ByteBuffer close(ByteBuffer payload) {
        return frame(FIN | Opcode.CLOSE, payload);
    }

    static ByteBuffer data(boolean text, ByteBuffer payload) {
        return frame(FIN | (text ? Opcode.TEXT : Opcode.BINARY), payload);
    }

    /** A frame of a message that was compressed (RFC 7692, 6). */
    static ByteBuffer compressed(boolean text, ByteBuffer payload) {
        return frame(FIN | RSV1 | (text ? Opcode.TEXT : Opcode.BINARY), payload);
    }

    private static ByteBuffer frame(int first, ByteBuffer payload) {
        int length = payload.remaining();
        ByteBuffer frame = ByteBuffer.allocate(headerLength(length) + length);
        frame.put((byte) first);
        if (length < IN_TWO_BYTES) {
            frame.put((byte) length);
        } else if (length <= 0xFFFF) {
            frame.put((byte) IN_TWO_BYTES).putShort((short) length);
        } else {
            frame.put((byte) IN_EIGHT_BYTES).putLong(length);
        }
        return frame.put(payload).flip();
    }

    private static int headerLength(int length) {
        if (length < IN_TWO_BYTES) {
            return 2;
        }
        return length <= 0xFFFF ? 4 : 10;
    }
}
