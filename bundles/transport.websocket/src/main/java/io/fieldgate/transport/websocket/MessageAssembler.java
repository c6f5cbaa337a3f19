package io.fieldgate.transport.websocket;

import io.fieldgate.api.data.CloseReason;
import io.fieldgate.api.data.Message;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Puts one message together from the payloads of its frames: unmasked, decompressed, checked for UTF-8 and held to the
 * greatest size, each as soon as the bytes are there.
 *
 * <p>What a client announces costs nothing: the memory follows the bytes that have come. A message that comes in one frame
 * and one piece is copied once. What has come only in part is taken from the {@link BufferBudget} before there is memory
 * for it.
 */
final class MessageAssembler {

    private static final byte[] NOTHING = {};
    private static final int FIRST_INFLATED_BYTES = 512;
    /** What an inflater takes outside the heap, its window above all. */
    private static final int INFLATER_BYTES = 40_960;

    private final int maxBytes;
    private final Compression compression;
    private final BufferBudget budget;
    private final Utf8Validator utf8 = new Utf8Validator();

    private boolean begun;
    private boolean text;
    /** Null unless the message is compressed. */
    private Inflating inflating;

    private byte[] bytes = NOTHING;
    private int size;
    /** The most that the message can come to, as far as is known. */
    private int limit;

    private boolean lastFrame;
    /** What was taken from the budget. */
    private int taken;

    MessageAssembler(int maxBytes, Compression compression, BufferBudget budget) {
        this.maxBytes = maxBytes;
        this.compression = compression;
        this.budget = budget;
    }

    boolean isBegun() {
        return begun;
    }

    void begin(boolean isText, boolean isCompressed) throws ProtocolBreach {
        begun = true;
        text = isText;
        if (isCompressed) {
            take(INFLATER_BYTES);
            inflating = compression.inflate();
        }
    }

    /**
     * A frame has begun.
     *
     * @param last whether it ends the message
     */
    void expect(long length, boolean last) throws ProtocolBreach {
        if (inflating == null && length > maxBytes - size) {
            throw tooBig();
        }
        lastFrame = last;
        limit = last ? (int) Math.min(maxBytes, size + length) : maxBytes;
    }

    /**
     * Takes payload.
     *
     * @param position where it stands in its frame
     */
    void append(ByteBuffer in, int count, int key, long position) throws ProtocolBreach {
        if (inflating != null) {
            byte[] piece = new byte[count];
            in.get(piece);
            Mask.apply(piece, 0, count, key, position);
            inflate(piece);
            return;
        }
        if (bytes.length - size < count) {
            int room = (int) Math.max(size + count, Math.min(limit, 2L * size));
            if (!lastFrame || size + count < limit) {
                take(room - bytes.length);
            }
            bytes = Arrays.copyOf(bytes, room);
        }
        in.get(bytes, size, count);
        Mask.apply(bytes, size, size + count, key, position);
        added(count);
    }

    /** Ends the message. */
    Message finish() throws ProtocolBreach {
        if (inflating != null && inflating.lacksTail()) {
            inflate(Inflating.TAIL);
            inflating.checkEnd();
        }
        if (text && !utf8.isComplete()) {
            throw badText();
        }
        byte[] whole = size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
        Message message = text ? Message.utf8(whole) : Message.binary(whole);
        reset();
        return message;
    }

    /** Throws away what has come; to be called once more at the end of the connection. */
    void reset() {
        if (inflating != null) {
            compression.giveBack(inflating);
            inflating = null;
        }
        if (taken > 0) {
            budget.giveBack(taken);
            taken = 0;
        }
        begun = false;
        bytes = NOTHING;
        size = 0;
        utf8.reset();
    }

    private void take(int more) throws ProtocolBreach {
        budget.take(more);
        taken += more;
    }

    private void inflate(byte[] piece) throws ProtocolBreach {
        inflating.input(piece);
        while (true) {
            if (size == bytes.length) {
                // One more than allowed, so that one too many is seen.
                long more = Math.max(FIRST_INFLATED_BYTES, 2L * size);
                int room = (int) Math.min(maxBytes + 1L, more);
                take(room - bytes.length);
                bytes = Arrays.copyOf(bytes, room);
            }
            int count = inflating.output(bytes, size);
            if (count == 0) {
                return;
            }
            if (size + count > maxBytes) {
                throw tooBig();
            }
            added(count);
        }
    }

    private void added(int count) throws ProtocolBreach {
        if (text && !utf8.accept(bytes, size, size + count)) {
            throw badText();
        }
        size += count;
    }

    private ProtocolBreach tooBig() {
        return new ProtocolBreach(CloseReason.TOO_BIG, "a message has more than " + maxBytes + " bytes");
    }

    private static ProtocolBreach badText() {
        return new ProtocolBreach(CloseReason.BAD_PAYLOAD, "a text is not UTF-8");
    }
}
