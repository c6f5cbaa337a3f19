package io.fieldgate.shell;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;

/** What a client sends, byte by byte or as a whole. For one thread at a time. */
final class ClientInput {

    static final int END = -1;

    /** No limit: the wait ends when the client goes or the connection is closed. */
    static final Duration FOREVER = Duration.ZERO;

    private static final int SIZE = 8 * 1024;

    private final ClientChannel client;
    private final ByteBuffer buffer = ByteBuffer.allocate(SIZE).flip();

    ClientInput(ClientChannel client) {
        this.client = client;
    }

    /**
     * Reads one byte.
     *
     * @param limit the longest wait
     * @return the byte, or {@link #END}
     * @throws InterruptedIOException if the time is up
     */
    int read(Duration limit) throws IOException {
        if (!buffer.hasRemaining()) {
            buffer.clear();
            int read = client.read(buffer, limit);
            buffer.flip();
            if (read < 0) {
                return END;
            }
        }
        return buffer.get() & 0xFF;
    }

    /**
     * Reads a number of bytes.
     *
     * @throws EOFException if the client sends fewer
     */
    byte[] read(int length, Duration limit) throws IOException {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            int octet = read(limit);
            if (octet == END) {
                throw new EOFException("the client has gone in the middle of a frame");
            }
            bytes[i] = (byte) octet;
        }
        return bytes;
    }
}
