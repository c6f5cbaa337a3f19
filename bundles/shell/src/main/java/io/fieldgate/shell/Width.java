package io.fieldgate.shell;

/** How many columns of a terminal a text takes: a sign of East Asia takes two, a mark that is set upon another none. */
final class Width {

    /** First and last of the signs that take two columns, by Unicode's EastAsianWidth; the few rare ones in between count as two. */
    private static final int[][] WIDE = {
        {0x1100, 0x115F},
        {0x2E80, 0x303E},
        {0x3041, 0xA4CF},
        {0xA960, 0xA97F},
        {0xAC00, 0xD7A3},
        {0xF900, 0xFAFF},
        {0xFE30, 0xFE6F},
        {0xFF00, 0xFF60},
        {0xFFE0, 0xFFE6},
        {0x1F300, 0x1F64F},
        {0x1F680, 0x1F6FF},
        {0x1F900, 0x1F9FF},
        {0x20000, 0x3FFFD}
    };

    private Width() {}

    /** The columns that a text takes, which has no control characters. */
    static int of(String text) {
        return text.codePoints().map(Width::of).sum();
    }

    /** The text, or as much of it as fits with a … behind it. */
    static String cut(String text, int columns) {
        if (of(text) <= columns) {
            return text;
        }
        return columns < 1 ? "" : text.substring(0, fitting(text, columns - 1)) + "…";
    }

    /** How many chars of a text fit into some columns. */
    static int fitting(String text, int columns) {
        int used = 0;
        int end = 0;
        while (end < text.length()) {
            int sign = text.codePointAt(end);
            used += of(sign);
            if (used > columns) {
                return end;
            }
            end += Character.charCount(sign);
        }
        return end;
    }

    private static int of(int sign) {
        int type = Character.getType(sign);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
            return 0;
        }
        for (int[] range : WIDE) {
            if (sign <= range[1]) {
                return sign < range[0] ? 1 : 2;
            }
        }
        return 1;
    }
}
