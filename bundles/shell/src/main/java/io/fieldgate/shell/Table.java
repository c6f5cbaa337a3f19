package io.fieldgate.shell;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rows of text in aligned columns, numbers to the right. What cannot be printed, which a client may have sent, is not. */
final class Table {

    private static final String GAP = "  ";

    private final List<List<Object>> rows = new ArrayList<>();
    private final int[] widths;

    private Table(int columns) {
        widths = new int[columns];
    }

    /** A table with a heading of one word a column. */
    static Table of(String... heading) {
        Table table = new Table(heading.length);
        table.row((Object[]) heading);
        return table;
    }

    /** A table of names and what there is to say of them. */
    static Table ofNames() {
        return new Table(2);
    }

    /** Adds a row of as many cells as there are columns. */
    Table row(Object... cells) {
        List<Object> row = new ArrayList<>();
        for (int i = 0; i < widths.length; i++) {
            Object cell = cells[i] instanceof Number ? cells[i] : printable(String.valueOf(cells[i]));
            widths[i] = Math.max(widths[i], cell.toString().length());
            row.add(cell);
        }
        rows.add(row);
        return this;
    }

    /** A text without control characters: a terminal would obey them. */
    static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }

    /** The lines, the last without an end. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (List<Object> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.size(); i++) {
                line.append(i == 0 ? "" : GAP).append(padded(row.get(i), widths[i]));
            }
            text.append(text.isEmpty() ? "" : "\n").append(line.toString().stripTrailing());
        }
        return text.toString();
    }

    private static String padded(Object cell, int width) {
        char[] padding = new char[width - cell.toString().length()];
        Arrays.fill(padding, ' ');
        return cell instanceof Number ? new String(padding) + cell : cell + new String(padding);
    }
}
