package io.fieldgate.itest.malformed;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Says what an echo owes a client for the bytes that it has sent (RFC 6455, 5 and 7; RFC 7692, 7.2 without context takeover). Written
 * down once more, plainly and for a whole stream at a time, so that it shares neither code nor cleverness with what it judges.
 */
final class Referee {

    private static final int PROTOCOL = 1002;
    private static final int BAD_PAYLOAD = 1007;
    private static final int TOO_BIG = 1009;
    private static final byte[] LAST_BLOCK = {1, 0, 0, (byte) 0xFF, (byte) 0xFF};
    private static final byte[] TAIL = {0, 0, (byte) 0xFF, (byte) 0xFF};

    private final Rules rules;
    private final ByteBuffer in;
    private final List<String> echoes = new ArrayList<>();
    private final List<String> pongs = new ArrayList<>();

    private boolean begun;
    private boolean text;
    private boolean compressed;
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();

    /**
     * What was agreed.
     *
     * @param maxBytes the greatest message
     * @param deflate whether messages may be compressed
     */
    record Rules(int maxBytes, boolean deflate) {}

    /**
     * What is owed. Payloads are shown byte by byte, those of a text behind a {@code t}, those of a binary message behind a {@code b}.
     *
     * @param echoes the messages
     * @param pongs the answers to pings
     * @param codes the close codes that are right; 0 if the connection stays open
     */
    record Verdict(List<String> echoes, List<String> pongs, Set<Integer> codes) {}

    private Referee(Rules rules, byte[] stream) {
        this.rules = rules;
        in = ByteBuffer.wrap(stream);
    }

    static Verdict judge(Rules rules, byte[] stream) {
        Referee referee = new Referee(rules, stream);
        Set<Integer> codes = Set.of();
        while (codes.isEmpty()) {
            codes = referee.frame();
        }
        return new Verdict(referee.echoes, referee.pongs, codes);
    }

    /** A payload as the verdict shows it. */
    static String shown(boolean isText, byte[] payload) {
        return (isText ? "t" : "b") + new String(payload, StandardCharsets.ISO_8859_1);
    }

    /** Judges one frame; empty if it is right and whole. */
    private Set<Integer> frame() {
        if (!in.hasRemaining()) {
            return Set.of(0);
        }
        int first = in.get() & 0xFF;
        int opcode = first & 0x0F;
        boolean fin = (first & 0x80) != 0;
        boolean control = opcode >= 8;
        boolean begins = opcode == 1 || opcode == 2;
        boolean rsv1 = (first & 0x40) != 0;
        boolean known = opcode <= 2 || (opcode >= 8 && opcode <= 10);
        if ((first & 0x30) != 0 || !known || (rsv1 && !(rules.deflate() && begins)) || (control && !fin)) {
            return Set.of(PROTOCOL);
        }
        if ((begins && begun) || (opcode == 0 && !begun)) {
            return Set.of(PROTOCOL);
        }
        if (!in.hasRemaining()) {
            return Set.of(0);
        }
        int second = in.get() & 0xFF;
        if ((second & 0x80) == 0 || (control && (second & 0x7F) > 125)) {
            return Set.of(PROTOCOL);
        }
        if (begins) {
            begun = true;
            text = opcode == 1;
            compressed = rsv1;
        }
        return length(second & 0x7F, opcode, fin);
    }

    private Set<Integer> length(int coded, int opcode, boolean fin) {
        long length = coded;
        if (coded >= 126) {
            int bytes = coded == 126 ? 2 : 8;
            if (bytes == 8 && in.hasRemaining() && in.get(in.position()) < 0) {
                return Set.of(PROTOCOL);
            }
            if (in.remaining() < bytes) {
                return Set.of(0);
            }
            length = bytes == 2 ? in.getShort() & 0xFFFF : in.getLong();
            if (length < (bytes == 2 ? 126 : 65_536)) {
                return Set.of(PROTOCOL);
            }
        }
        if (opcode < 8 && !compressed && length > rules.maxBytes() - message.size()) {
            return Set.of(TOO_BIG);
        }
        if (in.remaining() < 4) {
            return Set.of(0);
        }
        byte[] key = new byte[4];
        in.get(key);
        byte[] payload = new byte[(int) Math.min(length, in.remaining())];
        in.get(payload);
        for (int i = 0; i < payload.length; i++) {
            payload[i] ^= key[i & 3];
        }
        boolean whole = payload.length == length;
        return opcode < 8 ? data(payload, whole, fin) : whole ? control(opcode, payload) : Set.of(0);
    }

    private Set<Integer> control(int opcode, byte[] payload) {
        if (opcode == 9) {
            pongs.add(shown(false, payload));
        }
        return opcode == 8 ? Set.of(closeCode(payload)) : Set.of();
    }

    private static int closeCode(byte[] payload) {
        if (payload.length == 0) {
            return 1005;
        }
        int code = payload.length == 1 ? 0 : ((payload[0] & 0xFF) << 8) | (payload[1] & 0xFF);
        boolean given = code >= 1000 && code <= 1014 && code != 1004 && code != 1005 && code != 1006;
        if (!given && (code < 3000 || code > 4999)) {
            return PROTOCOL;
        }
        return isText(Arrays.copyOfRange(payload, 2, payload.length), true) ? code : BAD_PAYLOAD;
    }

    private Set<Integer> data(byte[] payload, boolean whole, boolean fin) {
        message.writeBytes(payload);
        boolean ends = whole && fin;
        byte[] content = message.toByteArray();
        if (compressed) {
            return inflated(content, ends, whole);
        }
        if (text && !isText(content, ends)) {
            return Set.of(BAD_PAYLOAD);
        }
        return come(content, ends, whole);
    }

    private Set<Integer> come(byte[] content, boolean ends, boolean whole) {
        if (ends) {
            echoes.add(shown(text, content));
            message.reset();
            begun = false;
        }
        return whole ? Set.of() : Set.of(0);
    }

    /** What is wrong with compressed bytes may be seen at the one end of a piece or at the other: any right reason will do. */
    private Set<Integer> inflated(byte[] content, boolean ends, boolean whole) {
        byte[] all = content;
        if (ends && content.length > 0) {
            all = Arrays.copyOf(content, content.length + TAIL.length);
            System.arraycopy(TAIL, 0, all, content.length, TAIL.length);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        boolean broken = !inflate(all, ends, out);
        byte[] plain = out.toByteArray();
        boolean tooBig = plain.length > rules.maxBytes();
        boolean badText = text && !isText(plain, ends && !broken && !tooBig);
        if (broken || tooBig || badText) {
            Set<Integer> codes = new TreeSet<>();
            if (tooBig) {
                codes.add(TOO_BIG);
            }
            if (broken || badText) {
                codes.add(BAD_PAYLOAD);
            }
            return codes;
        }
        return come(plain, ends, whole);
    }

    /** Inflates, a little beyond the limit at most; false if that is not possible, or if it ends within a block. */
    private boolean inflate(byte[] all, boolean ends, ByteArrayOutputStream out) {
        Inflater inflater = new Inflater(true);
        byte[] some = new byte[8_192];
        int from = 0;
        try {
            inflater.setInput(all);
            while (out.size() <= rules.maxBytes()) {
                int count = inflater.inflate(some);
                out.write(some, 0, count);
                if (ends && inflater.finished() && inflater.getRemaining() == TAIL.length) {
                    return true; // a final block, and nothing behind it but what was put there
                }
                if (inflater.finished() && inflater.getRemaining() > 0) {
                    from = all.length - inflater.getRemaining(); // behind a final block it begins afresh
                    inflater.reset();
                    inflater.setInput(all, from, all.length - from);
                } else if (count == 0) {
                    return !ends || all.length == 0 || isBetweenBlocks(inflater);
                }
            }
            return true;
        } catch (DataFormatException e) {
            return false;
        } finally {
            inflater.end();
        }
    }

    /** Only there a last, empty block is taken for what it is. */
    private static boolean isBetweenBlocks(Inflater inflater) throws DataFormatException {
        inflater.setInput(LAST_BLOCK);
        return inflater.inflate(new byte[1]) == 0 && inflater.finished() && inflater.getRemaining() == 0;
    }

    private static boolean isText(byte[] bytes, boolean whole) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        boolean wrong = decoder.decode(rest, CharBuffer.allocate(bytes.length + 1), whole)
                .isError();
        // Java sees only at the third byte that it is a surrogate; the second has told.
        boolean surrogate = rest.remaining() == 2 && rest.get() == (byte) 0xED && (rest.get() & 0xFF) >= 0xA0;
        return !wrong && !surrogate;
    }
}
