package io.fieldgate.driver.linux;

import java.nio.charset.StandardCharsets;

/**
 * Walks over the words of a kernel file, forwards and without copying: words are parted by blanks, tabs, colons and slashes,
 * lines by line feeds.
 *
 * <p>A word never goes past the end of its line; where none is left it is empty.
 */
final class Fields {

    private static final int LONGEST_TEXT = 256;

    private final byte[] bytes;
    private final int end;
    private int at;

    Fields(byte[] bytes, int length) {
        this.bytes = bytes;
        this.end = length;
    }

    /**
     * Goes to the first line, from here on, that has a word at a column, and stops right behind that word.
     *
     * @param column how many words stand before it
     * @return false if no line has it
     */
    boolean find(int column, String word) {
        while (at < end) {
            skip(column);
            if (nextIs(word)) {
                return true;
            }
            nextLine();
        }
        return false;
    }

    /** Goes to the next line; false if there is none. */
    boolean nextLine() {
        while (at < end && bytes[at] != '\n') {
            at++;
        }
        at = Math.min(end, at + 1);
        return at < end;
    }

    Fields skip(int words) {
        for (int i = 0; i < words; i++) {
            toWord();
            toEndOfWord();
        }
        return this;
    }

    String word() {
        int start = toWord();
        return new String(bytes, start, toEndOfWord() - start, StandardCharsets.UTF_8);
    }

    /** Reads a whole number. */
    long number() throws UnreadableException {
        int start = toWord();
        int stop = toEndOfWord();
        boolean negative = start < stop && bytes[start] == '-';
        int digit = negative ? start + 1 : start;
        if (digit == stop || stop - digit > 20) {
            throw notANumber(start, stop);
        }
        long number = 0;
        for (; digit < stop; digit++) {
            int value = bytes[digit] - '0';
            if (value < 0 || value > 9 || number > (Long.MAX_VALUE - value) / 10) {
                throw notANumber(start, stop);
            }
            number = number * 10 + value;
        }
        return negative ? -number : number;
    }

    /** Reads a number that may have a fraction. */
    double decimal() throws UnreadableException {
        int start = at;
        double number;
        try {
            number = Double.parseDouble(word());
        } catch (NumberFormatException e) {
            throw notANumber(start, at);
        }
        if (!Double.isFinite(number)) {
            throw notANumber(start, at);
        }
        return number;
    }

    /** Reads the rest of the line without the blanks and the NULs around it, at most 256 bytes. */
    String text() throws UnreadableException {
        int start = at;
        while (at < end && bytes[at] != '\n' && at - start < LONGEST_TEXT) {
            at++;
        }
        // String.trim takes away all control characters too; the texts of a device tree end with a NUL.
        String text = new String(bytes, start, at - start, StandardCharsets.UTF_8).trim();
        if (text.isEmpty()) {
            throw UnreadableException.notAValue("there is no text");
        }
        return text;
    }

    private UnreadableException notANumber(int start, int stop) {
        int length = Math.min(stop - start, LONGEST_TEXT);
        return UnreadableException.notAValue(
                "\"" + new String(bytes, start, length, StandardCharsets.UTF_8) + "\" is not a number");
    }

    private boolean nextIs(String word) {
        int start = toWord();
        int length = toEndOfWord() - start;
        if (length != word.length()) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if ((char) (bytes[start + i] & 0xff) != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private int toWord() {
        while (at < end && isSeparator(bytes[at])) {
            at++;
        }
        return at;
    }

    private int toEndOfWord() {
        while (at < end && bytes[at] != '\n' && !isSeparator(bytes[at])) {
            at++;
        }
        return at;
    }

    private static boolean isSeparator(byte b) {
        return b == ' ' || b == '\t' || b == ':' || b == '/';
    }
}
