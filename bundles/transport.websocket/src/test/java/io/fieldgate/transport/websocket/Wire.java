package io.fieldgate.transport.websocket;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Writes frames as a client does, right or wrong. */
final class Wire {

    static final int FIN = 0x80;
    static final int RSV1 = 0x40;

    private static final int KEY = 0x37FA213D;

    private Wire() {}

    static byte[] text(String text) {
        return frame(FIN | Opcode.TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] close(int status, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer payload =
                ByteBuffer.allocate(2 + utf8.length).putShort((short) status).put(utf8);
        return frame(FIN | Opcode.CLOSE, payload.array());
    }

    static byte[] frame(int first, String ascii) {
        return frame(first, ascii.getBytes(StandardCharsets.US_ASCII));
    }

    /** A masked frame with the shortest length that does. */
    static byte[] frame(int first, byte[] payload) {
        ByteBuffer head = ByteBuffer.allocate(14).put((byte) first);
        if (payload.length < 126) {
            head.put((byte) (0x80 | payload.length));
        } else if (payload.length < 65_536) {
            head.put((byte) (0x80 | 126)).putShort((short) payload.length);
        } else {
            head.put((byte) (0x80 | 127)).putLong(payload.length);
        }
        head.putInt(KEY).flip();
        ByteBuffer frame =
                ByteBuffer.allocate(head.remaining() + payload.length).put(head);
        for (int i = 0; i < payload.length; i++) {
            frame.put((byte) (payload[i] ^ (KEY >>> (24 - 8 * (i & 3)))));
        }
        return frame.array();
    }
}
