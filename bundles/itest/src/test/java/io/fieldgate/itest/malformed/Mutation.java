package io.fieldgate.itest.malformed;

import java.util.Arrays;

/** What chance makes of bytes that were right: some changed, lost, doubled, put in or put elsewhere. */
final class Mutation {

    private Mutation() {}

    static byte[] of(Dice dice, byte[] right) {
        byte[] bytes = right.clone();
        for (int left = dice.between(1, 4); left > 0 && bytes.length > 1; left--) {
            bytes = once(dice, bytes);
        }
        return bytes;
    }

    private static byte[] once(Dice dice, byte[] bytes) {
        int from = dice.below(bytes.length);
        int to = Math.min(bytes.length, from + dice.oneOf(1, 1, 2, 4, dice.between(1, 40)));
        byte[] before = Arrays.copyOf(bytes, from);
        byte[] part = Arrays.copyOfRange(bytes, from, to);
        byte[] behind = Arrays.copyOfRange(bytes, to, bytes.length);
        return switch (dice.below(5)) {
            case 0 -> {
                part[dice.below(part.length)] ^= (byte) (1 << dice.below(8));
                yield Frames.joined(before, part, behind);
            }
            case 1 -> Frames.joined(before, dice.bytes(part.length), behind);
            case 2 -> Frames.joined(before, behind);
            case 3 -> Frames.joined(before, part, part, behind);
            default -> Frames.joined(behind, part, before);
        };
    }
}
