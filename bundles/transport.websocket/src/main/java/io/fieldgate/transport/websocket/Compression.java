package io.fieldgate.transport.websocket;

import io.fieldgate.api.data.Message;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Function;
import java.util.zip.Deflater;

/**
 * Compresses and decompresses for all connections (permessage-deflate, RFC 7692).
 *
 * <p>No context is taken over from one message to the next, in neither direction. So an idle connection holds no compressor
 * (which would be 256 KiB outside the heap), and a message that goes to many clients is compressed once for all of them.
 *
 * <p>{@code java.util.zip} has no window but the largest. A smaller one is kept to by forgetting: what is compressed since
 * the compressor last forgot is never longer than the window, so that no reference can reach further back.
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

    /** What makes frames of messages, each with a position of its own, as was agreed with a client. */
    Function<Message, ByteBuffer> encoder(DeflateTerms terms) {
        if (!terms.agreed()) {
            return PlainFrame::of;
        }
        // Few clients ask for a smaller window, and no two have to be alike: what they get is not shared.
        return terms.windowBits() == DeflateTerms.LARGEST_WINDOW_BITS
                ? this::shared
                : message -> frame(message, 1 << terms.windowBits());
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

    private ByteBuffer shared(Message message) {
        return message.encodedAs(DeflatedFrame.class, this::encode).bytes().duplicate();
    }

    private DeflatedFrame encode(Message message) {
        return new DeflatedFrame(frame(message, Integer.MAX_VALUE));
    }

    /** @param span so many bytes at a time are compressed, none of them with a reference to those before */
    private ByteBuffer frame(Message message, int span) {
        ByteBuffer payload = message.bytes();
        if (message.size() >= minBytes) {
            byte[] out = new byte[message.size() + Inflating.TAIL.length];
            int length = deflate(payload, span, out) - Inflating.TAIL.length;
            if (length < message.size()) {
                return Frames.compressed(message.isText(), ByteBuffer.wrap(out, 0, length));
            }
        }
        return Frames.data(message.isText(), payload);
    }

    /** Compresses as far as the output has room, and returns the length; the tail is not cut off. */
    private int deflate(ByteBuffer payload, int span, byte[] out) {
        Deflater deflater = deflater();
        try {
            int length = 0;
            for (int from = 0; from < payload.limit() && length < out.length; from += span) {
                int left = payload.limit() - from;
                // Both flushes end with the tail; the full one also makes the compressor forget, which takes its time.
                int flush = left > span ? Deflater.FULL_FLUSH : Deflater.SYNC_FLUSH;
                deflater.setInput(payload.slice(from, Math.min(span, left)));
                length += deflater.deflate(out, length, out.length - length, flush);
            }
            return length;
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
