package io.fieldgate.shell;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What a client is answered: frames of a type (one byte), a length (four bytes, big-endian) and a payload. The types are
 * {@code o} for output, {@code e} for errors and {@code x}, the last one, for the exit status in decimal digits.
 *
 * <p><b>Threading.</b> Safe for use by many threads.
 */
final class Frames {

    static final char OUTPUT = 'o';
    static final char ERROR = 'e';

    private static final char EXIT = 'x';
    private static final int HEADER = 5;

    private final ClientChannel client;
    private final Duration stall;

    /** Held while a frame is written, which takes as long as the client does. */
    private final ReentrantLock writing = new ReentrantLock();

    /** Guarded by {@link #writing}. */
    private boolean ended;

    /**
     * Answers a client.
     *
     * @param client the client
     * @param stall the longest time in which the client may take nothing
     */
    Frames(ClientChannel client, Duration stall) {
        this.client = client;
        this.stall = stall;
    }

    /** Sends a part of the output or of the errors and returns when it has left. */
    void send(char type, byte[] bytes, int offset, int length) throws IOException {
        writing.lock();
        try {
            if (ended) {
                throw new ClosedChannelException();
            }
            client.write(frame(type, bytes, offset, length), stall);
        } finally {
            writing.unlock();
        }
    }

    /** Sends the exit status, once. */
    void exit(int status) throws IOException {
        writing.lock();
        try {
            if (!ended) {
                ended = true;
                client.write(exitFrame(status), stall);
            }
        } finally {
            writing.unlock();
        }
    }

    /** Ends the answer at once, with a line if the client takes it without delay. Never waits. */
    void cut(String line, int status) throws IOException {
        if (writing.tryLock()) {
            try {
                if (!ended) {
                    ended = true;
                    byte[] text = (line + '\n').getBytes(StandardCharsets.UTF_8);
                    ByteBuffer last = frame(ERROR, text, 0, text.length);
                    ByteBuffer exit = exitFrame(status);
                    client.offer(ByteBuffer.allocate(last.remaining() + exit.remaining())
                            .put(last)
                            .put(exit)
                            .flip());
                }
            } finally {
                writing.unlock();
            }
        }
        client.close();
    }

    private static ByteBuffer exitFrame(int status) {
        byte[] digits = Integer.toString(status).getBytes(StandardCharsets.US_ASCII);
        return frame(EXIT, digits, 0, digits.length);
    }

    private static ByteBuffer frame(char type, byte[] bytes, int offset, int length) {
        return ByteBuffer.allocate(HEADER + length)
                .put((byte) type)
                .putInt(length)
                .put(bytes, offset, length)
                .flip();
    }
}
