package io.fieldgate.itest.malformed;

import static io.fieldgate.itest.malformed.Frames.BINARY;
import static io.fieldgate.itest.malformed.Frames.CLOSE;
import static io.fieldgate.itest.malformed.Frames.CONTINUATION;
import static io.fieldgate.itest.malformed.Frames.FIN;
import static io.fieldgate.itest.malformed.Frames.RSV1;
import static io.fieldgate.itest.malformed.Frames.TEXT;
import static io.fieldgate.itest.malformed.Frames.joined;
import static io.fieldgate.itest.malformed.Frames.utf8;

import java.util.Arrays;
import java.util.List;

/**
 * Streams of frames that are broken in one known way, and a few that are broken by chance alone. Each kind knows the close code that it
 * must lead to, from the section that it breaks.
 */
final class Streams {

    /** What may stand in the middle of a text and is no UTF-8 (RFC 3629, 3 and 10). */
    private static final List<byte[]> NO_UTF8 = List.of(
            new byte[] {(byte) 0x80},
            new byte[] {(byte) 0xBF, 'a'},
            new byte[] {(byte) 0xC0, (byte) 0xAF},
            new byte[] {(byte) 0xC1, (byte) 0xBF},
            new byte[] {(byte) 0xC3, '('},
            new byte[] {(byte) 0xE0, (byte) 0x80, (byte) 0x80},
            new byte[] {(byte) 0xE2, (byte) 0x82, 'x'},
            new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80},
            new byte[] {(byte) 0xED, (byte) 0xBF, (byte) 0xBF},
            new byte[] {(byte) 0xF0, (byte) 0x80, (byte) 0x80, (byte) 0x80},
            new byte[] {(byte) 0xF0, (byte) 0x9F, (byte) 0x98, 'x'},
            new byte[] {(byte) 0xF4, (byte) 0x90, (byte) 0x80, (byte) 0x80},
            new byte[] {(byte) 0xF5, (byte) 0x80, (byte) 0x80, (byte) 0x80},
            new byte[] {(byte) 0xF8, (byte) 0x88, (byte) 0x80, (byte) 0x80, (byte) 0x80},
            new byte[] {(byte) 0xFE},
            new byte[] {(byte) 0xFF});

    /** What is a character begun, and no more. */
    private static final List<byte[]> HALF_UTF8 = List.of(
            new byte[] {(byte) 0xC3},
            new byte[] {(byte) 0xE2, (byte) 0x82},
            new byte[] {(byte) 0xF0, (byte) 0x9F},
            new byte[] {(byte) 0xF0, (byte) 0x9F, (byte) 0x98});

    private final Dice dice;
    private final Frames frames;
    private final Referee.Rules rules;

    /** What a stream ends with, and the close code that it leads to. */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares them
    record Broken(byte[] bytes, int code) {}

    /** One way to break a stream. */
    enum Kind {
        RESERVED_BITS,
        RSV1_WHERE_NOTHING_BEGINS,
        RESERVED_OPCODE,
        NOT_MASKED,
        NEGATIVE_LENGTH,
        LENGTH_TOO_LONG_WRITTEN,
        HUGE_LENGTH,
        TOO_BIG_IN_PIECES,
        FRAGMENTED_CONTROL,
        LONG_CONTROL,
        CONTINUATION_OF_NOTHING,
        NEW_MESSAGE_WITHIN_ANOTHER,
        TEXT_IS_NOT_UTF8,
        TEXT_ENDS_WITHIN_A_CHARACTER,
        HALF_A_CLOSE_CODE,
        FORBIDDEN_CLOSE_CODE,
        CLOSE_REASON_IS_NOT_UTF8,
        RIGHT_CLOSE_CODE,
        NO_CLOSE_CODE,
        DEFLATE_RUBBISH,
        DEFLATE_OF_A_WINDOW_NOT_AGREED,
        DEFLATED_TEXT_IS_NOT_UTF8,
        DEFLATED_TOO_BIG,
        NOISE
    }

    Streams(Dice dice, Referee.Rules rules) {
        this.dice = dice;
        this.rules = rules;
        frames = new Frames(dice);
    }

    Broken broken(Kind kind) {
        return switch (kind) {
            case RESERVED_BITS -> of(1002, frames.frame((dice.between(1, 3) << 4) | dice.below(256), small()));
            case RSV1_WHERE_NOTHING_BEGINS -> rsv1();
            case RESERVED_OPCODE ->
                of(1002, frames.frame(dice.oneOf(FIN, 0) | dice.oneOf(3, 4, 5, 6, 7, 11, 12, 13, 14, 15), small()));
            case NOT_MASKED -> notMasked();
            case NEGATIVE_LENGTH ->
                of(1002, header(dataOpcode(), 127, Long.MIN_VALUE | dice.oneOf(0L, 1L, 125L, 65_536L, Long.MAX_VALUE)));
            case LENGTH_TOO_LONG_WRITTEN -> tooLongWritten();
            case HUGE_LENGTH ->
                of(
                        1009,
                        header(
                                dataOpcode(),
                                127,
                                dice.oneOf(rules.maxBytes() + 1L, 1L << 31, 1L << 32, 1L << 40, Long.MAX_VALUE)));
            case TOO_BIG_IN_PIECES -> tooBigInPieces();
            case FRAGMENTED_CONTROL -> of(1002, frames.frame(dice.between(8, 10), dice.bytes(dice.below(126))));
            case LONG_CONTROL ->
                of(1002, frames.frame(FIN | dice.between(8, 10), dice.bytes(dice.oneOf(126, 127, 300, 65_536))));
            case CONTINUATION_OF_NOTHING -> of(1002, frames.frame(dice.oneOf(FIN, 0) | CONTINUATION, small()));
            case NEW_MESSAGE_WITHIN_ANOTHER ->
                of(
                        1002,
                        frames.begun(),
                        dice.oneIn(2) ? frames.control() : new byte[0],
                        frames.frame(dice.oneOf(FIN, 0) | dice.oneOf(TEXT, BINARY), utf8("x")));
            case TEXT_IS_NOT_UTF8 -> of(1007, textFrames(badText()));
            case TEXT_ENDS_WITHIN_A_CHARACTER ->
                of(1007, textFrames(joined(utf8(dice.text(dice.below(200))), dice.oneOf(HALF_UTF8))));
            case HALF_A_CLOSE_CODE -> of(1002, frames.frame(FIN | CLOSE, dice.bytes(1)));
            case FORBIDDEN_CLOSE_CODE -> of(1002, frames.close(forbiddenCode(), utf8(dice.text(dice.below(20)))));
            case CLOSE_REASON_IS_NOT_UTF8 ->
                of(
                        1007,
                        frames.close(
                                rightCode(),
                                joined(utf8(dice.text(dice.below(10))), dice.oneOf(dice.oneOf(NO_UTF8, HALF_UTF8)))));
            case RIGHT_CLOSE_CODE -> right();
            case NO_CLOSE_CODE -> of(1005, frames.frame(FIN | CLOSE, new byte[0]));
            case DEFLATE_RUBBISH ->
                of(
                        rules.deflate() ? Case.UNKNOWN : 1002,
                        frames.frame(FIN | RSV1 | dice.oneOf(TEXT, BINARY), dice.bytes(dice.between(1, 400))),
                        frames.close(1000, new byte[0]));
            case DEFLATE_OF_A_WINDOW_NOT_AGREED -> windowNotAgreed();
            case DEFLATED_TEXT_IS_NOT_UTF8 -> compressed(1007, TEXT, badText());
            case DEFLATED_TOO_BIG -> compressed(1009, BINARY, new byte[rules.maxBytes() + dice.between(1, 100_000)]);
            case NOISE -> of(Case.UNKNOWN, dice.bytes(dice.between(1, 600)));
        };
    }

    private static Broken of(int code, byte[]... parts) {
        return new Broken(joined(parts), code);
    }

    private Broken rsv1() {
        int first = rules.deflate() ? dice.oneOf(CONTINUATION, 8, 9, 10) : dice.oneOf(TEXT, BINARY, 8, 9, 10);
        return of(
                1002, first == CONTINUATION ? frames.begun() : new byte[0], frames.frame(FIN | RSV1 | first, small()));
    }

    private Broken notMasked() {
        byte[] payload = small();
        return of(1002, frames.frame(FIN | dice.oneOf(TEXT, BINARY, 8, 9, 10), false, payload.length, 0, payload));
    }

    private Broken tooLongWritten() {
        boolean eight = dice.oneIn(2);
        byte[] payload = dice.bytes(dice.length(eight ? 2_000 : 125));
        return of(1002, frames.frame(dataOpcode(), true, eight ? 127 : 126, payload.length, payload));
    }

    private Broken tooBigInPieces() {
        int half = rules.maxBytes() / 2 + 1;
        return of(
                1009,
                frames.frame(BINARY, new byte[half]),
                dice.oneIn(2) ? frames.control() : new byte[0],
                frames.frame(dice.oneOf(FIN, 0) | CONTINUATION, new byte[half]));
    }

    private Broken right() {
        int code = rightCode();
        return of(code, frames.close(code, utf8(dice.text(dice.below(30)))), dice.bytes(dice.below(100)));
    }

    private Broken windowNotAgreed() {
        byte[] words = utf8("what was said before, and is said again, is not known to the other side any more");
        return compressedAs(1007, TEXT, Frames.deflated(words, words));
    }

    private Broken compressed(int code, int opcode, byte[] plain) {
        return compressedAs(code, opcode, Frames.deflated(new byte[0], plain));
    }

    private Broken compressedAs(int code, int opcode, byte[] payload) {
        byte[] bytes =
                dice.oneIn(2) ? frames.frame(FIN | RSV1 | opcode, payload) : frames.fragmented(RSV1 | opcode, payload);
        return new Broken(bytes, rules.deflate() ? code : 1002);
    }

    private byte[] badText() {
        return joined(
                utf8(dice.text(dice.below(200))),
                dice.oneOf(NO_UTF8),
                dice.oneIn(2) ? utf8(dice.text(dice.below(50))) : new byte[0]);
    }

    private byte[] textFrames(byte[] payload) {
        return dice.oneIn(2) ? frames.frame(FIN | TEXT, payload) : frames.fragmented(TEXT, payload);
    }

    /** A frame of which no more than its header is right, with a little of what it announces. */
    private byte[] header(int first, int coded, long length) {
        return frames.frame(first, true, coded, length, small());
    }

    private int dataOpcode() {
        return dice.oneOf(FIN, 0) | dice.oneOf(TEXT, BINARY);
    }

    private byte[] small() {
        byte[] bytes = new byte[dice.oneOf(0, 1, 5, 125)];
        Arrays.fill(bytes, (byte) 'x');
        return bytes;
    }

    private int rightCode() {
        return dice.oneOf(
                1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4999);
    }

    private int forbiddenCode() {
        return dice.oneOf(0, 1, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65_535, dice.below(1_000));
    }
}
