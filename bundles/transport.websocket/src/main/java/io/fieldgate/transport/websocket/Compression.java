package io.fieldgate.transport.websocket;

import io.fieldgate.api.data.Message;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.zip.Deflater;

/**
 * Compresses and decompresses for all connections (permessage-deflate, RFC 7692).
 *
 * <p>No context is taken over from one message to the next, in neither direction. So an idle connection holds no compressor
 * (which would be 256 KiB outside the heap), and a message that goes to many clients is compressed once for all of them.
 *
 * <p><b>Threading.</b> Safe for use by many threads.
 */
final class Compression implements AutoCloseable {

    /** How many compressors, and how many decompressors, wait for the next message; more are made as needed. */
    private static final int KEPT = 4;

    /** A message as it goes over the wire, compressed if that made it shorter. */
    private record DeflatedFrame(ByteBuffer bytes) {}

    private final int minBytes;
    private final Deque<Deflater> deflaters = new ArrayDeque<>(KEPT); // guarded by this
    private final Deque<Inflating> inflaters = new ArrayDeque<>(KEPT); // guarded by this
    private boolean closed; // guarded by this

    /** @param minBytes messages smaller than this are sent as they are */
    Compression(int minBytes) {
        this.minBytes = minBytes;
    }

    /** The frame of a message, with a position of its own. */
    ByteBuffer frame(Message message) {
        return message.encodedAs(DeflatedFrame.class, this::encode).bytes().duplicate();
    }

    /** Lends what decompresses a message; it must be given back. */
    Inflating inflate() {
        synchronized (this) {
            if (!inflaters.isEmpty()) {
                return inflaters.pop();
            }
        }
        return new Inflating();
    }

    void giveBack(Inflating inflating) {
        inflating.reset();
        synchronized (this) {
            if (!closed && inflaters.size() < KEPT) {
                inflaters.push(inflating);
                return;
            }
        }
        inflating.end();
    }

    /** Frees the memory outside the heap. What is lent is freed when it is given back. */
    @Override
    public synchronized void close() {
        closed = true;
        deflaters.forEach(Deflater::end);
        deflaters.clear();
        inflaters.forEach(Inflating::end);
        inflaters.clear();
    }

    private DeflatedFrame encode(Message message) {
        ByteBuffer payload = message.bytes();
        if (message.size() >= minBytes) {
            byte[] out = new byte[message.size() + Inflating.TAIL.length];
            int length = deflate(payload.duplicate(), out) - Inflating.TAIL.length;
            if (length < message.size()) {
                return new DeflatedFrame(Frames.compressed(message.isText(), ByteBuffer.wrap(out, 0, length)));
            }
        }
        return new DeflatedFrame(Frames.data(message.isText(), payload));
    }

    /** Compresses as far as the output has room, and returns the length; the tail is not cut off. */
    private int deflate(ByteBuffer payload, byte[] out) {
        Deflater deflater = deflater();
        try {
            deflater.setInput(payload);
            return deflater.deflate(out, 0, out.length, Deflater.SYNC_FLUSH);
        } finally {
            giveBack(deflater);
        }
    }

    private Deflater deflater() {
        synchronized (this) {
            if (!deflaters.isEmpty()) {
                return deflaters.pop();
            }
        }
        // The higher levels cost more time than they save bytes on messages of some hundred bytes.
        return new Deflater(Deflater.BEST_SPEED, true);
    }

    private void giveBack(Deflater deflater) {
        deflater.reset();
        synchronized (this) {
            if (!closed && deflaters.size() < KEPT) {
                deflaters.push(deflater);
                return;
            }
        }
        deflater.end();
    }
}
