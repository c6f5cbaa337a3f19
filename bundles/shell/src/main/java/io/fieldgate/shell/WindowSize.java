package io.fieldgate.shell;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How much a terminal shows.
 *
 * @param columns its width in characters; 0 if it is not known
 * @param rows its height in lines; 0 if it is not known
 */
record WindowSize(int columns, int rows) {

    static final WindowSize NONE = new WindowSize(0, 0);

    /** What is taken for a terminal that does not know: what terminals had when they were made of glass. */
    private static final WindowSize USUAL = new WindowSize(80, 24);

    /** The line editor lays the whole screen out in memory. */
    private static final int MAX = 1000;

    private static final Pattern FORM = Pattern.compile("(\\d{1,5}) (\\d{1,5})");

    /**
     * Reads {@code <columns> <rows>}.
     *
     * @throws IllegalArgumentException if it is not of that form
     */
    static WindowSize of(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException("a size is <columns> <rows>, such as 80 24");
        }
        return new WindowSize(Integer.parseInt(form.group(1)), Integer.parseInt(form.group(2)));
    }

    /** A size that a screen can be drawn for: at least one by one, at most 1,000 by 1,000, 80 by 24 if it is not known. */
    WindowSize drawable() {
        return columns == 0 || rows == 0 ? USUAL : new WindowSize(Math.min(columns, MAX), Math.min(rows, MAX));
    }
}
