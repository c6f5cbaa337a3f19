package io.fieldgate.transport.websocket;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Checks a text for valid UTF-8 (RFC 3629, 4) as it comes in, and knows the first wrong byte when it sees it. Surrogates,
 * overlong forms and anything above U+10FFFF are wrong.
 */
final class Utf8Validator {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final int LOWEST = 0x80;
    private static final int HIGHEST = 0xBF;

    /** Bytes that the character begun last still needs, and between what the next of them must lie. */
    private int needed;

    private int lowest = LOWEST;
    private int highest = HIGHEST;

    /** Checks the next bytes; false if one of them is wrong, and then nothing more may be asked until {@link #reset}. */
    boolean accept(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to) {
            if (needed == 0) {
                at = skipAscii(bytes, at, to);
                if (at < to && !begin(bytes[at++] & 0xFF)) {
                    return false;
                }
            } else {
                int next = bytes[at++] & 0xFF;
                if (next < lowest || next > highest) {
                    return false;
                }
                lowest = LOWEST;
                highest = HIGHEST;
                needed--;
            }
        }
        return true;
    }

    /** Whether what was accepted ends with a whole character. */
    boolean isComplete() {
        return needed == 0;
    }

    /** Forgets what came, for the next text. */
    void reset() {
        needed = 0;
        lowest = LOWEST;
        highest = HIGHEST;
    }

    private static int skipAscii(byte[] bytes, int from, int to) {
        int at = from;
        while (at <= to - Long.BYTES && ((long) LONGS.get(bytes, at) & HIGH_BITS) == 0) {
            at += Long.BYTES;
        }
        while (at < to && bytes[at] >= 0) {
            at++;
        }
        return at;
    }

    private boolean begin(int first) {
        if (first < 0xC2 || first > 0xF4) {
            return false;
        }
        if (first < 0xE0) {
            needed = 1;
        } else if (first < 0xF0) {
            needed = 2;
            lowest = first == 0xE0 ? 0xA0 : LOWEST;
            highest = first == 0xED ? 0x9F : HIGHEST;
        } else {
            needed = 3;
            lowest = first == 0xF0 ? 0x90 : LOWEST;
            highest = first == 0xF4 ? 0x8F : HIGHEST;
        }
        return true;
    }
}
