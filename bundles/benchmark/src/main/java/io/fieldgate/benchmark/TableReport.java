package io.fieldgate.benchmark;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A report for people: a table, each value a median with the least and the greatest of the rounds behind it. */
final class TableReport {

    private final Report report;

    TableReport(Report report) {
        this.report = report;
    }

    /** Columns that line up in a terminal. */
    String text() {
        List<List<String>> lines = lines();
        int columns = lines.get(0).size();
        int[] widths = new int[columns];
        for (List<String> line : lines) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], line.get(i).length());
            }
        }
        StringBuilder out = new StringBuilder(head()).append("\n\n");
        for (List<String> line : lines) {
            StringBuilder padded = new StringBuilder();
            for (int i = 0; i < columns; i++) {
                padded.append(line.get(i))
                        .append(" ".repeat(widths[i] - line.get(i).length() + 2));
            }
            out.append(padded.toString().stripTrailing()).append('\n');
        }
        return out.append(failures()).toString();
    }

    /** A table as it stands in {@code docs/performance.md}. */
    String markdown() {
        List<List<String>> lines = lines();
        StringBuilder out = new StringBuilder(head()).append("\n\n");
        for (int i = 0; i < lines.size(); i++) {
            out.append("| ").append(String.join(" | ", lines.get(i))).append(" |\n");
            if (i == 0) {
                out.append('|').append(" --- |".repeat(lines.get(0).size())).append('\n');
            }
        }
        return out.append(failures()).toString();
    }

    private String head() {
        Machine machine = report.machine();
        String versions = report.versions().entrySet().stream()
                .map(entry -> entry.getKey() + ' ' + entry.getValue())
                .collect(Collectors.joining(", "));
        return String.format(
                Locale.ROOT,
                "%tF, %s, %d cores, %,d MB, %s, %s; %s; %s, %,d ms each. Command: %s",
                report.at().atOffset(ZoneOffset.UTC),
                machine.cpu(),
                machine.cores(),
                machine.memory(),
                machine.kernel(),
                machine.java(),
                versions,
                rounds(report.settings().rounds()),
                report.settings().seconds().toMillis(),
                report.command());
    }

    private static String rounds(int rounds) {
        return rounds == 1 ? "one round" : "median of " + rounds + " rounds (least–greatest)";
    }

    private List<List<String>> lines() {
        List<List<String>> lines = new ArrayList<>();
        List<String> head = new ArrayList<>(List.of("Figure", "Quantity", "Unit"));
        head.addAll(report.contenders());
        lines.add(head);
        for (Results.Row row : report.results().rows()) {
            List<String> line = new ArrayList<>(List.of(row.figure(), row.quantity(), row.unit()));
            report.contenders()
                    .forEach(contender -> line.add(report.results()
                            .summary(row, contender)
                            .map(TableReport::cell)
                            .orElse("–")));
            lines.add(line);
        }
        return lines;
    }

    private String failures() {
        return report.results().failures().stream()
                .map(failure -> "\nFAILED: " + failure + "\n")
                .collect(Collectors.joining());
    }

    /** Median and spread; the spread is left out where there is none. */
    static String cell(Summary summary) {
        String median = number(summary.median());
        String least = number(summary.least());
        String greatest = number(summary.greatest());
        return least.equals(greatest) ? median : median + " (" + least + "–" + greatest + ")";
    }

    /** Three digits that count, and no fraction of what is large. */
    static String number(double value) {
        double size = Math.abs(value);
        if (value == 0 || size >= 100) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        return String.format(Locale.ROOT, size >= 10 ? "%.1f" : "%.2f", value);
    }
}
