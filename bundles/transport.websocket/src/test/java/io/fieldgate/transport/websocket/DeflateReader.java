package io.fieldgate.transport.websocket;

import java.util.Arrays;

/**
 * Reads DEFLATE (RFC 1951) as slowly as plainly, and notes how far back the references in it reach, which no decompressor of
 * the platform tells.
 */
final class DeflateReader {

    private static final int[] ORDER = {16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15};
    private static final int END_OF_BLOCK = 256;

    private final byte[] in;
    private byte[] out = new byte[1 << 10];
    private int size;
    private int bit;
    private int farthest;

    /** A canonical Huffman code: how many codes there are of each length, and the symbols in the order of their codes. */
    private static final class Code {

        final int[] counts = new int[16];
        final int[] symbols;

        Code(int[] lengths, int from, int to) {
            symbols = new int[to - from];
            int next = 0;
            for (int length = 1; length < counts.length; length++) {
                for (int symbol = from; symbol < to; symbol++) {
                    if (lengths[symbol] == length) {
                        counts[length]++;
                        symbols[next++] = symbol - from;
                    }
                }
            }
        }
    }

    DeflateReader(byte[] in) {
        this.in = in;
    }

    /** Reads blocks until the input is used up, and returns what they come to. */
    byte[] readAll() {
        while (bit < 8 * in.length) {
            bits(1);
            switch (bits(2)) {
                case 0 -> stored();
                case 1 -> compressed(fixedLengths(), 288, 320);
                case 2 -> dynamic();
                default -> throw new IllegalStateException("no such kind of block");
            }
        }
        return Arrays.copyOf(out, size);
    }

    /** The greatest distance of a reference that was read. */
    int farthest() {
        return farthest;
    }

    private void stored() {
        bit = (bit + 7) & ~7;
        int length = bits(16);
        if ((length ^ bits(16)) != 0xFFFF) {
            throw new IllegalStateException("a stored block contradicts itself");
        }
        for (int i = 0; i < length; i++) {
            write((byte) bits(8));
        }
    }

    private void dynamic() {
        int literals = bits(5) + 257;
        int distances = bits(5) + 1;
        int codes = bits(4) + 4;
        int[] first = new int[ORDER.length];
        for (int i = 0; i < codes; i++) {
            first[ORDER[i]] = bits(3);
        }
        Code code = new Code(first, 0, first.length);
        int[] lengths = new int[literals + distances];
        for (int at = 0; at < lengths.length; ) {
            int symbol = symbol(code);
            int repeated = symbol == 16 ? lengths[at - 1] : 0;
            int times = 1;
            switch (symbol) {
                case 16 -> times = 3 + bits(2);
                case 17 -> times = 3 + bits(3);
                case 18 -> times = 11 + bits(7);
                default -> repeated = symbol;
            }
            Arrays.fill(lengths, at, at + times, repeated);
            at += times;
        }
        compressed(lengths, literals, lengths.length);
    }

    private void compressed(int[] lengths, int literals, int end) {
        Code literal = new Code(lengths, 0, literals);
        Code distance = new Code(lengths, literals, end);
        for (int symbol = symbol(literal); symbol != END_OF_BLOCK; symbol = symbol(literal)) {
            if (symbol < END_OF_BLOCK) {
                write((byte) symbol);
            } else {
                int length = length(symbol - 257);
                int back = distance(symbol(distance));
                farthest = Math.max(farthest, back);
                for (int i = 0; i < length; i++) {
                    write(out[size - back]);
                }
            }
        }
    }

    private int length(int symbol) {
        if (symbol < 8) {
            return 3 + symbol;
        }
        int extra = (symbol - 4) / 4;
        return symbol == 28 ? 258 : 3 + ((4 + symbol % 4) << extra) + bits(extra);
    }

    private int distance(int symbol) {
        if (symbol < 4) {
            return 1 + symbol;
        }
        int extra = (symbol - 2) / 2;
        return 1 + ((2 + symbol % 2) << extra) + bits(extra);
    }

    private static int[] fixedLengths() {
        int[] lengths = new int[320];
        Arrays.fill(lengths, 0, 144, 8);
        Arrays.fill(lengths, 144, 256, 9);
        Arrays.fill(lengths, 256, 280, 7);
        Arrays.fill(lengths, 280, 288, 8);
        Arrays.fill(lengths, 288, 318, 5);
        return lengths;
    }

    private int symbol(Code code) {
        int read = 0;
        int first = 0;
        int index = 0;
        for (int length = 1; length < code.counts.length; length++) {
            read |= bits(1);
            int count = code.counts[length];
            if (read - count < first) {
                return code.symbols[index + read - first];
            }
            index += count;
            first = (first + count) << 1;
            read <<= 1;
        }
        throw new IllegalStateException("no such code");
    }

    private int bits(int count) {
        int value = 0;
        for (int i = 0; i < count; i++, bit++) {
            value |= (in[bit >> 3] >> (bit & 7) & 1) << i;
        }
        return value;
    }

    private void write(byte next) {
        if (size == out.length) {
            out = Arrays.copyOf(out, 2 * size);
        }
        out[size++] = next;
    }
}
