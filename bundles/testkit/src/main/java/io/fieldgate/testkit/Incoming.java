package io.fieldgate.testkit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What a server has said and the client has not taken yet: first the head of its answer, then frames. Used by one thread at a time. */
final class Incoming {

    static final int SWITCHING_PROTOCOLS = 101;

    private static final int INITIAL_BYTES = 2_048;
    private static final int GREATEST_HEAD = 16_384;
    private static final String HEAD_END = "\r\n\r\n";

    private ByteBuffer bytes = ByteBuffer.allocate(INITIAL_BYTES).limit(0);

    /**
     * Reads what is there, once.
     *
     * @return how many bytes; negative if no more will come
     */
    int readFrom(ReadableByteChannel channel) throws IOException {
        if (bytes.remaining() == bytes.capacity()) {
            bytes = ByteBuffer.allocate(2 * bytes.capacity()).put(bytes).flip();
        }
        bytes.compact();
        try {
            return channel.read(bytes);
        } finally {
            bytes.flip();
        }
    }

    /**
     * Takes status line and headers, without the empty line behind them.
     *
     * @return empty if they are not there as a whole
     */
    Optional<String> head() throws IOException {
        String text = text();
        int length = text.indexOf(HEAD_END);
        if (length >= 0) {
            bytes.position(bytes.position() + length + HEAD_END.length());
            return Optional.of(text.substring(0, length));
        }
        if (text.length() > GREATEST_HEAD) {
            throw new IOException("the head of the answer does not end");
        }
        return Optional.empty();
    }

    /** Takes the next frame; empty if it is not there as a whole. */
    Optional<Frame> frame() {
        return Frame.take(bytes);
    }

    /** What is there, byte by byte, and stays. */
    String text() {
        return StandardCharsets.ISO_8859_1.decode(bytes.duplicate()).toString();
    }

    boolean isEmpty() {
        return !bytes.hasRemaining();
    }

    /** The status of a head, for example 101. */
    static int status(String head) {
        return Integer.parseInt(head.substring("HTTP/1.1 ".length(), "HTTP/1.1 101".length()));
    }
}
