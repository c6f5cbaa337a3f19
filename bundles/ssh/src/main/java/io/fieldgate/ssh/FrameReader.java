package io.fieldgate.ssh;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Takes the shell's frames apart, and passes a payload on as it comes, without waiting for all of it. */
final class FrameReader {

    /** Takes what the shell prints. */
    interface Sink {

        /** A part of the standard output, from the buffer's position to its limit. */
        void output(ByteBuffer bytes) throws IOException;

        /** A part of the error output. */
        void error(ByteBuffer bytes) throws IOException;
    }

    private static final int HEADER_BYTES = 5;
    private static final int STATUS_MAX_BYTES = 11;
    private static final int PAYLOAD_MAX_BYTES = 16 * 1024 * 1024;

    private final Sink sink;
    private final ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
    private final StringBuilder digits = new StringBuilder();
    private char type;
    private int rest;
    private int status;

    FrameReader(Sink sink) {
        this.sink = sink;
    }

    /**
     * Takes bytes.
     *
     * @return whether the last frame was among them
     * @throws IOException if they are no frames, or the sink fails
     */
    boolean read(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            if (header.hasRemaining()) {
                header.put(bytes.get());
                if (header.hasRemaining()) {
                    continue;
                }
                begin();
            }
            ByteBuffer part = bytes.slice(bytes.position(), Math.min(bytes.remaining(), rest));
            bytes.position(bytes.position() + part.remaining());
            rest -= part.remaining();
            pass(part);
            if (rest == 0) {
                header.clear();
                if (type == 'x') {
                    status = parsed();
                    return true;
                }
            }
        }
        return false;
    }

    /** What the last frame said. */
    int status() {
        return status;
    }

    private void begin() throws IOException {
        header.flip();
        type = (char) header.get();
        rest = header.getInt();
        header.position(header.limit());
        int most = type == 'x' ? STATUS_MAX_BYTES : PAYLOAD_MAX_BYTES;
        if ("oex".indexOf(type) < 0 || rest < 0 || rest > most) {
            throw new ShellFailure("the gateway's shell speaks another version of the protocol");
        }
    }

    private void pass(ByteBuffer part) throws IOException {
        switch (type) {
            case 'o' -> sink.output(part);
            case 'e' -> sink.error(part);
            default -> digits.append(StandardCharsets.US_ASCII.decode(part));
        }
    }

    private int parsed() throws IOException {
        try {
            return Integer.parseInt(digits.toString());
        } catch (NumberFormatException e) {
            throw new ShellFailure("the gateway's shell sent the status '" + digits + "'", e);
        }
    }
}
