package io.fieldgate.shell;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * What the client of a terminal sends once it is attached: one byte of type, four of length (big-endian), the payload.
 *
 * @param type {@link #TYPED} or {@link #SIZE}
 * @param payload the keys that were pressed, or the new size as text
 */
record ClientFrame(char type, ByteBuffer payload) {

    /** Bytes that were typed. */
    static final char TYPED = 'i';

    /** The window has another size: {@code <columns> <rows>}. */
    static final char SIZE = 'w';

    /** The greatest payload, in bytes. */
    static final int PAYLOAD_MAX = 64 * 1024;

    private static final int LENGTH_BYTES = 4;

    /**
     * Waits for the next frame.
     *
     * @return the frame, or nothing when the client sends no more
     * @throws IllegalArgumentException if it is none, with a line that says what is wrong
     */
    static Optional<ClientFrame> read(ClientInput input) throws IOException {
        int type = input.read(ClientInput.FOREVER);
        if (type == ClientInput.END) {
            return Optional.empty();
        }
        if (type != TYPED && type != SIZE) {
            throw new IllegalArgumentException("a frame is of type i or w, not of type " + type);
        }
        long length = 0;
        for (byte octet : input.read(LENGTH_BYTES, ClientInput.FOREVER)) {
            length = (length << Byte.SIZE) | (octet & 0xFF);
        }
        if (length > PAYLOAD_MAX) {
            throw new IllegalArgumentException("a frame has at most " + PAYLOAD_MAX + " bytes, not " + length);
        }
        return Optional.of(
                new ClientFrame((char) type, ByteBuffer.wrap(input.read((int) length, ClientInput.FOREVER))));
    }
}
