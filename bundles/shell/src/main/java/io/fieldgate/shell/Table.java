package io.fieldgate.shell;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Rows of text in aligned columns, numbers to the right. What cannot be printed, which a client may have sent, is not.
 *
 * <p>In a terminal no line is longer than a line there: texts are shortened, the widest first, then names if nothing else is
 * left, and numbers never.
 */
final class Table {

    private static final String GAP = "  ";
    private static final int TEXT_MIN = 6;
    private static final int WRAPPED_MIN = 20;

    private final List<List<Object>> rows = new ArrayList<>();
    private final int[] widths;
    private final boolean[] numbers;
    private final boolean[] names;
    private final boolean wrapped;

    private Table(int columns, boolean wrapped) {
        widths = new int[columns];
        numbers = new boolean[columns];
        names = new boolean[columns];
        this.wrapped = wrapped;
    }

    /** A table with a heading of one word a column. */
    static Table of(String... heading) {
        return headed(false, heading);
    }

    /** A table with a heading, whose last column is for whole sentences: it goes on in the next line rather than be cut. */
    static Table ofSentences(String... heading) {
        return headed(true, heading);
    }

    /** A table of names and what there is to say of them. */
    static Table ofNames() {
        return new Table(2, true).naming(0);
    }

    private static Table headed(boolean wrapped, String... heading) {
        Table table = new Table(heading.length, wrapped);
        table.row((Object[]) heading);
        return table;
    }

    /** Says which columns hold what a person types again: they are shortened last. */
    Table naming(int... columns) {
        for (int column : columns) {
            names[column] = true;
        }
        return this;
    }

    /** Adds a row of as many cells as there are columns. */
    Table row(Object... cells) {
        List<Object> row = new ArrayList<>();
        for (int i = 0; i < widths.length; i++) {
            boolean number = cells[i] instanceof Number;
            Object cell = number ? cells[i] : printable(String.valueOf(cells[i]));
            numbers[i] |= number;
            widths[i] = Math.max(widths[i], Width.of(cell.toString()));
            row.add(cell);
        }
        rows.add(row);
        return this;
    }

    /** A text without what a terminal would obey: control characters, line breaks, changes of direction. */
    static String printable(String text) {
        return text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}]", "?");
    }

    /** The lines in full, the last without an end. */
    @Override
    public String toString() {
        return fit(0);
    }

    /**
     * The lines, the last without an end.
     *
     * @param columns the width of the terminal; 0 for none, so that nothing is shortened
     */
    String fit(int columns) {
        return String.join("\n", lines(columns));
    }

    /** The lines. */
    List<String> lines(int columns) {
        int[] fitted = columns > 0 ? fitted(columns) : widths;
        List<String> lines = new ArrayList<>();
        for (List<Object> row : rows) {
            line(row, fitted, lines);
        }
        return columns > 0
                ? lines.stream().map(line -> Width.cut(line, columns)).toList()
                : lines;
    }

    private int[] fitted(int columns) {
        int[] fitted = widths.clone();
        int last = fitted.length - 1;
        int most = columns - GAP.length() * last;
        if (wrapped) {
            int before = Arrays.stream(fitted, 0, last).sum();
            fitted[last] = Math.min(fitted[last], Math.max(WRAPPED_MIN, most - before));
        }
        shrink(fitted, most, column -> !numbers[column] && !names[column] && !(wrapped && column == last));
        shrink(fitted, most, column -> !numbers[column]);
        return fitted;
    }

    private static void shrink(int[] fitted, int most, IntPredicate allowed) {
        while (Arrays.stream(fitted).sum() > most) {
            int widest = IntStream.range(0, fitted.length)
                    .filter(allowed)
                    .filter(column -> fitted[column] > TEXT_MIN)
                    .reduce(-1, (best, column) -> best < 0 || fitted[column] >= fitted[best] ? column : best);
            if (widest < 0) {
                return;
            }
            fitted[widest]--;
        }
    }

    private void line(List<Object> row, int[] fitted, List<String> lines) {
        int last = fitted.length - 1;
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < last; i++) {
            line.append(padded(row.get(i), fitted[i])).append(GAP);
        }
        if (!wrapped) {
            lines.add(
                    line.append(padded(row.get(last), fitted[last])).toString().stripTrailing());
            return;
        }
        String indent = " ".repeat(Arrays.stream(fitted, 0, last).sum() + GAP.length() * last);
        for (String part : parts(row.get(last).toString(), fitted[last])) {
            lines.add(line.append(part).toString().stripTrailing());
            line = new StringBuilder(indent);
        }
    }

    /** A text in parts of no more than some columns, parted at blanks where it has any. */
    private static List<String> parts(String text, int columns) {
        List<String> parts = new ArrayList<>();
        String rest = text;
        while (Width.of(rest) > columns) {
            int end = Math.max(1, Width.fitting(rest, columns));
            int blank = rest.lastIndexOf(' ', end);
            int cut = blank > 0 ? blank : end;
            parts.add(rest.substring(0, cut));
            rest = rest.substring(cut).stripLeading();
        }
        parts.add(rest);
        return parts;
    }

    private static String padded(Object cell, int width) {
        if (cell instanceof Number) {
            return " ".repeat(Math.max(0, width - cell.toString().length())) + cell;
        }
        String text = Width.cut(cell.toString(), width);
        return text + " ".repeat(Math.max(0, width - Width.of(text)));
    }
}
