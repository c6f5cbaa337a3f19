package io.fieldgate.benchmark.load;

import java.nio.ByteBuffer;

/** Numbers in a payload: decimal, in ASCII, of a fixed width, so that neither side makes an object of them. */
final class Digits {

    private Digits() {}

    /**
     * Writes a number.
     *
     * @param payload where to
     * @param offset the first digit's place
     * @param width how many digits; what does not fit is cut off at the left
     * @param number 0 or more
     */
    static void put(byte[] payload, int offset, int width, long number) {
        long left = number;
        for (int i = offset + width - 1; i >= offset; i--) {
            payload[i] = (byte) ('0' + left % 10);
            left /= 10;
        }
    }

    /**
     * Reads a number.
     *
     * @param payload a message, between position and limit
     * @param offset the first digit's place behind the position
     * @param width how many digits
     * @return the number
     * @throws LoadException if the message is too short, or has something else there
     */
    static long get(ByteBuffer payload, int offset, int width) throws LoadException {
        if (payload.remaining() < offset + width) {
            throw new LoadException("a message of " + payload.remaining() + " bytes is not one that was sent");
        }
        long number = 0;
        for (int i = payload.position() + offset; width > i - payload.position() - offset; i++) {
            int digit = payload.get(i) - '0';
            if (digit < 0 || digit > 9) {
                throw new LoadException("a message is not one that was sent: no number at byte " + offset);
            }
            number = number * 10 + digit;
        }
        return number;
    }
}
