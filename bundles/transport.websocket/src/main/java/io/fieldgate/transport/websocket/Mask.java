package io.fieldgate.transport.websocket;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The masking of what clients send (RFC 6455, 5.3). */
final class Mask {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private Mask() {}

    /**
     * Masks or unmasks bytes in place, eight at a time.
     *
     * @param key the masking key as it stood in the frame, first byte highest
     * @param position where the first of these bytes stands in the frame's payload
     */
    static void apply(byte[] bytes, int from, int to, int key, long position) {
        int turned = Integer.rotateLeft(key, 8 * (int) (position & 3));
        long twice = ((long) turned << 32) | (turned & 0xFFFFFFFFL);
        int at = from;
        for (; at <= to - Long.BYTES; at += Long.BYTES) {
            LONGS.set(bytes, at, (long) LONGS.get(bytes, at) ^ twice);
        }
        for (int shift = 56; at < to; at++, shift -= 8) {
            bytes[at] ^= (byte) (twice >>> shift);
        }
    }
}
