package io.fieldgate.benchmark;

import java.util.List;

/**
 * Lines of cells.
 *
 * @param lines the head first; all have as many cells
 */
record TextTable(List<List<String>> lines) {

    /** Columns that line up in a terminal. */
    String text() {
        int columns = lines.get(0).size();
        int[] widths = new int[columns];
        for (List<String> line : lines) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], line.get(i).length());
            }
        }
        StringBuilder out = new StringBuilder();
        for (List<String> line : lines) {
            StringBuilder padded = new StringBuilder();
            for (int i = 0; i < columns; i++) {
                padded.append(line.get(i))
                        .append(" ".repeat(widths[i] - line.get(i).length() + 2));
            }
            out.append(padded.toString().stripTrailing()).append('\n');
        }
        return out.toString();
    }

    /** As Markdown has it. */
    String markdown() {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            out.append("| ").append(String.join(" | ", lines.get(i))).append(" |\n");
            if (i == 0) {
                out.append('|').append(" --- |".repeat(lines.get(0).size())).append('\n');
            }
        }
        return out.toString();
    }
}
