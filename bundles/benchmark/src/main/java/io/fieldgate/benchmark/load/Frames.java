package io.fieldgate.benchmark.load;

import java.nio.ByteBuffer;

/** The frames of a client (RFC 6455, 5.2), masked as they must be, and the heads of those of a server. */
public final class Frames {

    /** Opcode of a text frame. */
    public static final int TEXT = 1;

    /** Opcode of a close frame. */
    public static final int CLOSE = 8;

    /** Opcode of a ping. */
    public static final int PING = 9;

    /** Opcode of a pong. */
    public static final int PONG = 10;

    private static final int FIN = 0x80;
    private static final int COMPRESSED = 0x40;
    private static final int MASKED = 0x80;

    /** Any key will do here: it guards proxies, of which there is none. */
    private static final byte[] MASK = {0x37, (byte) 0xfa, 0x21, 0x3d};

    private Frames() {}

    /**
     * Makes a whole frame of a client.
     *
     * @param opcode the opcode
     * @param payload what it carries, at most 65,535 bytes; is not changed
     * @return a direct buffer, ready to be written
     */
    public static ByteBuffer masked(int opcode, byte[] payload) {
        return whole(FIN | opcode, payload);
    }

    /** A text whose payload is compressed (RFC 7692, 6). */
    static ByteBuffer compressed(byte[] payload) {
        return whole(FIN | COMPRESSED | TEXT, payload);
    }

    private static ByteBuffer whole(int first, byte[] payload) {
        if (payload.length > 65_535) {
            throw new IllegalArgumentException("a frame carries at most 65535 bytes here, got " + payload.length);
        }
        ByteBuffer frame = ByteBuffer.allocateDirect(payload.length + 8);
        frame.put((byte) first);
        if (payload.length < 126) {
            frame.put((byte) (MASKED | payload.length));
        } else {
            frame.put((byte) (MASKED | 126)).putShort((short) payload.length);
        }
        frame.put(MASK);
        for (int i = 0; i < payload.length; i++) {
            frame.put((byte) (payload[i] ^ MASK[i & 3]));
        }
        return frame.flip();
    }

    /**
     * The length of the head at the front of a buffer.
     *
     * @param in what has arrived from a server
     * @return 2, 4 or 10, or 0 if the head has not arrived whole
     */
    static int headLength(ByteBuffer in) {
        if (in.remaining() < 2) {
            return 0;
        }
        int length = in.get(in.position() + 1) & 0x7f;
        int head = length < 126 ? 2 : length == 126 ? 4 : 10;
        return in.remaining() < head ? 0 : head;
    }

    /**
     * The length of what the frame at the front of a buffer carries.
     *
     * @param in what has arrived; its head is whole
     * @return the number of bytes
     * @throws LoadException if it is no frame that a server may send, or not one message by itself
     */
    static int payloadLength(ByteBuffer in) throws LoadException {
        int at = in.position();
        int first = in.get(at) & 0xff;
        int second = in.get(at + 1) & 0xff;
        if ((second & MASKED) != 0) {
            throw new LoadException("the server has sent a masked frame");
        }
        if ((first & 0xb0) != FIN || (first & 0x0f) == 0) {
            throw new LoadException("the server has sent a fragment or another extension's frame: first byte " + first);
        }
        if (second < 126) {
            return second;
        }
        long length = second == 126 ? in.getShort(at + 2) & 0xffff : in.getLong(at + 2);
        if (length < 0 || length > Load.GREATEST_MESSAGE) {
            throw new LoadException("the server has sent a frame of " + length + " bytes");
        }
        return (int) length;
    }

    /** Whether the frame at the front of a buffer says that it is compressed. */
    static boolean isCompressed(ByteBuffer in) {
        return (in.get(in.position()) & COMPRESSED) != 0;
    }

    /** The opcode of the frame at the front of a buffer. */
    static int opcode(ByteBuffer in) {
        return in.get(in.position()) & 0x0f;
    }
}
