package io.fieldgate.itest.malformed;

import java.util.List;
import java.util.SplittableRandom;

/** The chance in one case: a pure function of the seed of the run and the number of the case. */
final class Dice {

    private static final long GOLDEN = 0x9E3779B97F4A7C15L;
    private static final String LETTERS = "abc xyz 0129 äöüß éñ € 日本語 \uD83D\uDE00\uD83C\uDF0A";

    private final SplittableRandom random;

    Dice(long seed, int number) {
        random = new SplittableRandom(seed + GOLDEN * (number + 1L));
    }

    /** From 0 to the limit, without it. */
    int below(int limit) {
        return random.nextInt(limit);
    }

    /** From the first to the last, both included. */
    int between(int first, int last) {
        return first + random.nextInt(last - first + 1);
    }

    boolean oneIn(int count) {
        return random.nextInt(count) == 0;
    }

    @SafeVarargs
    final <T> T oneOf(T... choices) {
        return choices[below(choices.length)];
    }

    <T> T oneOf(List<T> choices) {
        return choices.get(below(choices.size()));
    }

    byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) random.nextInt();
        }
        return bytes;
    }

    /** Text of characters of one to four bytes. */
    String text(int characters) {
        int[] letters = LETTERS.codePoints().toArray();
        StringBuilder text = new StringBuilder(characters);
        for (int i = 0; i < characters; i++) {
            text.appendCodePoint(letters[below(letters.length)]);
        }
        return text.toString();
    }

    /** A length that is likely to lie at an edge. */
    int length(int most) {
        return Math.min(most, oneOf(0, 1, 2, 7, 124, 125, 126, 127, 128, below(300), below(300), below(most + 1)));
    }
}
