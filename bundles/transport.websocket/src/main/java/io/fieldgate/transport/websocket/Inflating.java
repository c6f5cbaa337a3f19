package io.fieldgate.transport.websocket;

import io.fieldgate.api.data.CloseReason;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Decompresses one message at a time, piece by piece (RFC 7692, 7.2.2). Not for use by several threads at once. */
final class Inflating {

    /** What the sender has left out at the end of a message, and the receiver puts back. */
    static final byte[] TAIL = {0, 0, (byte) 0xFF, (byte) 0xFF};

    /** An empty last block. */
    private static final byte[] END = {1, 0, 0, (byte) 0xFF, (byte) 0xFF};

    private final Inflater inflater = new Inflater(true);
    private byte[] piece = {};
    private boolean begun;

    /** Gives the next piece; only when {@link #output} has returned 0. */
    void input(byte[] compressed) {
        begun |= compressed.length > 0;
        piece = compressed;
        inflater.setInput(compressed);
    }

    /**
     * Writes what has come out.
     *
     * @param from where to write, up to the end of the array; there must be room for a byte at least
     * @return how many bytes were written; 0 when the piece is used up
     */
    int output(byte[] into, int from) throws ProtocolBreach {
        try {
            int count = inflater.inflate(into, from, into.length - from);
            while (count == 0 && inflater.finished() && inflater.getRemaining() > 0) {
                // A sender may end its last block as final; what follows begins afresh (RFC 7692, 7.2.3.4).
                int rest = inflater.getRemaining();
                inflater.reset();
                inflater.setInput(piece, piece.length - rest, rest);
                count = inflater.inflate(into, from, into.length - from);
            }
            return count;
        } catch (DataFormatException e) {
            throw notCompressed();
        }
    }

    /** Tells whether {@link #TAIL} is missing. It is not if nothing came at all, or a final block and nothing behind it. */
    boolean lacksTail() {
        return begun && !(inflater.finished() && inflater.getRemaining() == 0);
    }

    /** To be called behind the tail: sees to it that the message was not cut off within a block. */
    void checkEnd() throws ProtocolBreach {
        // What an inflater is in the middle of it does not tell. But only between two blocks does it take this for a
        // block.
        inflater.setInput(END);
        try {
            boolean silent = inflater.inflate(new byte[1]) == 0;
            if (!silent || !inflater.finished() || inflater.getRemaining() > 0) {
                throw notCompressed();
            }
        } catch (DataFormatException e) {
            throw notCompressed();
        }
    }

    /** Makes ready for another message. */
    void reset() {
        inflater.reset();
        piece = TAIL;
        begun = false;
    }

    /** Frees the memory outside the heap. */
    void end() {
        inflater.end();
    }

    private static ProtocolBreach notCompressed() {
        return new ProtocolBreach(CloseReason.BAD_PAYLOAD, "a message is not compressed as it should be");
    }
}
