package io.fieldgate.itest.malformed;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.Deflater;

/** Makes frames as a client sends them, right ones and any others. */
final class Frames {

    static final int FIN = 0x80;
    static final int RSV1 = 0x40;
    static final int CONTINUATION = 0;
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;

    private final Dice dice;

    Frames(Dice dice) {
        this.dice = dice;
    }

    /** A whole frame, masked, its length in the shortest form. */
    byte[] frame(int first, byte[] payload) {
        int coded = payload.length < 126 ? payload.length : payload.length < 65_536 ? 126 : 127;
        return frame(first, true, coded, payload.length, payload);
    }

    /**
     * Any frame.
     *
     * @param first the first byte
     * @param coded the seven bits of the length
     * @param length what the extended length says, if there is one
     */
    byte[] frame(int first, boolean masked, int coded, long length, byte[] payload) {
        ByteBuffer out = ByteBuffer.allocate(14 + payload.length);
        out.put((byte) first).put((byte) (coded | (masked ? 0x80 : 0)));
        if (coded == 126) {
            out.putShort((short) length);
        } else if (coded == 127) {
            out.putLong(length);
        }
        byte[] key = masked ? dice.bytes(4) : new byte[4];
        if (masked) {
            out.put(key);
        }
        for (int i = 0; i < payload.length; i++) {
            out.put((byte) (payload[i] ^ key[i & 3]));
        }
        return Arrays.copyOf(out.array(), out.position());
    }

    byte[] text(String text) {
        return frame(FIN | TEXT, utf8(text));
    }

    byte[] close(int code, byte[] reason) {
        return frame(
                FIN | CLOSE,
                ByteBuffer.allocate(2 + reason.length)
                        .putShort((short) code)
                        .put(reason)
                        .array());
    }

    /** A message in several frames, cut anywhere, with control frames in between now and then. */
    byte[] fragmented(int first, byte[] payload) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int from = 0;
        int opcode = first;
        while (from < payload.length && !dice.oneIn(5)) {
            int to = dice.between(from, payload.length);
            out.writeBytes(frame(opcode, Arrays.copyOfRange(payload, from, to)));
            if (dice.oneIn(3)) {
                out.writeBytes(control());
            }
            from = to;
            opcode = CONTINUATION;
        }
        out.writeBytes(frame(opcode | FIN, Arrays.copyOfRange(payload, from, payload.length)));
        return out.toByteArray();
    }

    /** A ping, or a pong that nobody has asked for. */
    byte[] control() {
        return frame(FIN | dice.oneOf(PING, PONG), dice.bytes(dice.oneOf(0, 1, 4, 125, dice.below(126))));
    }

    /** The beginning of a message that goes on. */
    byte[] begun() {
        return dice.oneIn(2) ? frame(TEXT, utf8(dice.text(dice.below(20)))) : frame(BINARY, dice.bytes(dice.below(20)));
    }

    /** What is right: up to four messages and control frames. */
    byte[] rightOnes(boolean deflate) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int left = dice.below(5); left > 0; left--) {
            out.writeBytes(rightOne(deflate));
        }
        return out.toByteArray();
    }

    private byte[] rightOne(boolean deflate) {
        boolean isText = dice.oneIn(2);
        byte[] plain = isText
                ? utf8(dice.text(dice.length(300)))
                : dice.bytes(dice.oneIn(20) ? dice.length(20_000) : dice.length(2_000));
        int first = isText ? TEXT : BINARY;
        byte[] payload = plain;
        if (deflate && dice.oneIn(2)) {
            first |= RSV1;
            payload = deflated(new byte[0], plain);
        }
        return switch (dice.below(5)) {
            case 0, 1 -> frame(FIN | first, payload);
            case 2, 3 -> fragmented(first, payload);
            default -> control();
        };
    }

    /** Compressed as a message is; what came before is known to the compressor, but not sent. */
    static byte[] deflated(byte[] before, byte[] payload) {
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        try {
            byte[] out = new byte[before.length + payload.length + 200];
            deflater.setInput(before);
            deflater.deflate(out, 0, out.length, Deflater.SYNC_FLUSH);
            deflater.setInput(payload);
            int length = deflater.deflate(out, 0, out.length, Deflater.SYNC_FLUSH);
            return Arrays.copyOf(out, Math.max(0, length - 4));
        } finally {
            deflater.end();
        }
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
