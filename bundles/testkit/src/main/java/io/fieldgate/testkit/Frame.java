package io.fieldgate.testkit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * One frame of RFC 6455, 5.2.
 *
 * <p>Opcodes, lengths and bits need not be right: a test may send what no client should.
 */
public final class Frame {

    /** Opcode of a piece of a message that is not its first. */
    public static final int CONTINUATION = 0;
    /** Opcode of a text message, or of its first piece. */
    public static final int TEXT = 1;
    /** Opcode of a binary message, or of its first piece. */
    public static final int BINARY = 2;
    /** Opcode of the frame that ends a connection. */
    public static final int CLOSE = 8;
    /** Opcode of a frame that asks for a {@link #PONG}. */
    public static final int PING = 9;
    /** Opcode of the answer to a {@link #PING}. */
    public static final int PONG = 10;

    private static final int RSV1 = 0x40;

    /** What a sender of compressed messages leaves out at the end (RFC 7692, 7.2.1). */
    private static final byte[] DEFLATE_TAIL = {0, 0, (byte) 0xff, (byte) 0xff};

    private static final int GREATEST_INFLATED = 65_536;

    private final boolean fin;
    private final boolean compressed;
    private final int opcode;
    private final byte[] payload;

    /**
     * Makes a frame.
     *
     * @param fin whether it ends its message
     * @param opcode 0 to 15
     * @param payload unmasked; not copied
     */
    public Frame(boolean fin, int opcode, byte[] payload) {
        this(fin, false, opcode, payload);
    }

    private Frame(boolean fin, boolean compressed, int opcode, byte[] payload) {
        this.fin = fin;
        this.compressed = compressed;
        this.opcode = opcode;
        this.payload = payload;
    }

    /**
     * A text message in one frame.
     *
     * @param text the text
     * @return the frame
     */
    public static Frame text(String text) {
        return new Frame(true, TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * A close frame without a reason.
     *
     * @param code the code (RFC 6455, 7.4)
     * @return the frame
     */
    public static Frame close(int code) {
        return new Frame(true, CLOSE, new byte[] {(byte) (code >> 8), (byte) code});
    }

    /**
     * Whether it ends its message.
     *
     * @return false if more pieces follow
     */
    public boolean fin() {
        return fin;
    }

    /**
     * What kind of frame it is.
     *
     * @return 0 to 15
     */
    public int opcode() {
        return opcode;
    }

    /**
     * Whether RSV1 is set, which marks a compressed message (RFC 7692, 6).
     *
     * @return true if it is
     */
    public boolean isCompressed() {
        return compressed;
    }

    /**
     * Size of the payload.
     *
     * @return bytes
     */
    public int length() {
        return payload.length;
    }

    /**
     * The same message compressed (RFC 7692, 7.2.1), with nothing taken over from another.
     *
     * @return a new frame
     */
    public Frame deflated() {
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        try {
            byte[] out = new byte[payload.length + 64];
            deflater.setInput(payload);
            int length = deflater.deflate(out, 0, out.length, Deflater.SYNC_FLUSH) - DEFLATE_TAIL.length;
            return new Frame(fin, true, opcode, Arrays.copyOf(out, length));
        } finally {
            deflater.end();
        }
    }

    /**
     * The same message as it was before it was compressed (RFC 7692, 7.2.2).
     *
     * @return a new frame; of a payload of more than 65,536 bytes the first ones
     * @throws AssertionError if it was not compressed
     */
    public Frame inflated() {
        byte[] in = Arrays.copyOf(payload, payload.length + DEFLATE_TAIL.length);
        System.arraycopy(DEFLATE_TAIL, 0, in, payload.length, DEFLATE_TAIL.length);
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(in);
            byte[] out = new byte[GREATEST_INFLATED];
            return new Frame(fin, opcode, Arrays.copyOf(out, inflater.inflate(out)));
        } catch (DataFormatException e) {
            throw new AssertionError("this was not compressed", e);
        } finally {
            inflater.end();
        }
    }

    /**
     * The same payload in a pong (RFC 6455, 5.5.3).
     *
     * @return a new frame
     */
    public Frame pong() {
        return new Frame(true, PONG, payload);
    }

    /**
     * The payload as UTF-8.
     *
     * @return the text; what is not UTF-8 is replaced
     */
    public String text() {
        return new String(payload, StandardCharsets.UTF_8);
    }

    /**
     * The code of a close frame.
     *
     * @return its code; 1005 if it has none (RFC 6455, 7.1.5)
     */
    public int closeCode() {
        return payload.length < 2 ? 1005 : ((payload[0] & 0xff) << 8) | (payload[1] & 0xff);
    }

    /**
     * The frame as a client must send it, masked.
     *
     * @return header and payload
     */
    public byte[] masked() {
        return encoded(true);
    }

    /**
     * The frame as a server sends it, which a client must not.
     *
     * @return header and payload
     */
    public byte[] unmasked() {
        return encoded(false);
    }

    private byte[] encoded(boolean mask) {
        int length = payload.length;
        ByteBuffer out = ByteBuffer.allocate(14 + length);
        out.put((byte) ((fin ? 0x80 : 0) | (compressed ? RSV1 : 0) | opcode));
        int maskBit = mask ? 0x80 : 0;
        if (length < 126) {
            out.put((byte) (maskBit | length));
        } else if (length < 65_536) {
            out.put((byte) (maskBit | 126)).putShort((short) length);
        } else {
            out.put((byte) (maskBit | 127)).putLong(length);
        }
        if (mask) {
            byte[] key = new byte[4];
            ThreadLocalRandom.current().nextBytes(key);
            out.put(key);
            for (int i = 0; i < length; i++) {
                out.put((byte) (payload[i] ^ key[i & 3]));
            }
        } else {
            out.put(payload);
        }
        byte[] bytes = new byte[out.flip().remaining()];
        out.get(bytes);
        return bytes;
    }

    /**
     * Takes the next frame, masked or not, off a buffer.
     *
     * @return empty, and the buffer as it was, if the frame is not there as a whole
     */
    static Optional<Frame> take(ByteBuffer in) {
        int start = in.position();
        Optional<Frame> frame = in.remaining() < 2 ? Optional.empty() : takeFrom(in);
        if (frame.isEmpty()) {
            in.position(start);
        }
        return frame;
    }

    private static Optional<Frame> takeFrom(ByteBuffer in) {
        int first = in.get();
        int second = in.get();
        int extra = switch (second & 0x7f) {
            case 126 -> 2;
            case 127 -> 8;
            default -> 0;
        };
        boolean isMasked = (second & 0x80) != 0;
        if (in.remaining() < extra + (isMasked ? 4 : 0)) {
            return Optional.empty();
        }
        long length = extra == 0 ? second & 0x7f : extra == 2 ? in.getShort() & 0xffff : in.getLong();
        byte[] key = new byte[4];
        if (isMasked) {
            in.get(key);
        }
        if (in.remaining() < length) {
            return Optional.empty();
        }
        byte[] payload = new byte[Math.toIntExact(length)];
        in.get(payload);
        for (int i = 0; isMasked && i < payload.length; i++) {
            payload[i] ^= key[i & 3];
        }
        return Optional.of(new Frame((first & 0x80) != 0, (first & RSV1) != 0, first & 0x0f, payload));
    }
}
