package io.fieldgate.benchmark;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A report for people: each value a median with the least and the greatest of the rounds behind it, then what was aimed at. */
final class TableReport {

    private final Report report;

    TableReport(Report report) {
        this.report = report;
    }

    /** Tables that line up in a terminal. */
    String text() {
        return head() + "\n\n" + figures().text() + budgets(TextTable::text) + leftOut() + failures();
    }

    /** Tables as they stand in {@code docs/performance.md}. */
    String markdown() {
        return head() + "\n\n" + figures().markdown() + budgets(TextTable::markdown) + leftOut() + failures();
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

    private TextTable figures() {
        List<List<String>> lines = new ArrayList<>();
        List<String> head = new ArrayList<>(List.of("Figure", "Quantity", "Unit"));
        head.addAll(report.contenders());
        lines.add(head);
        for (Results.Row row : report.results().rows()) {
            List<String> line = new ArrayList<>(List.of(row.figure(), row.quantity(), row.unit()));
            line.addAll(cells(row, TableReport::cell));
            lines.add(line);
        }
        return new TextTable(lines);
    }

    /** What is aimed at of what was measured, and whether it was reached. */
    private String budgets(Function<TextTable, String> form) {
        List<List<String>> lines = new ArrayList<>();
        List<String> head = new ArrayList<>(List.of("Budget"));
        head.addAll(report.contenders());
        head.addAll(List.of("Aimed at", ""));
        lines.add(head);
        List<Budget> measured = Budget.all().stream()
                .filter(budget -> report.results()
                        .summary(budget.row(), FieldgateContender.NAME)
                        .isPresent())
                .toList();
        for (Budget budget : measured) {
            Results.Row row = budget.row();
            List<String> line = new ArrayList<>();
            line.add(budget.title() + ": " + row.quantity() + (row.unit().isEmpty() ? "" : ", " + row.unit()));
            line.addAll(cells(row, summary -> number(budget.value(summary))));
            line.add(budget.words(report.results()));
            line.add(budget.verdict(report.results()));
            lines.add(line);
        }
        return measured.isEmpty() ? "" : "\n" + form.apply(new TextTable(lines));
    }

    private List<String> cells(Results.Row row, Function<Summary, String> cell) {
        return report.contenders().stream()
                .map(contender ->
                        report.results().summary(row, contender).map(cell).orElse("–"))
                .toList();
    }

    private String leftOut() {
        return report.leftOut().stream().map(line -> "\n" + line + "\n").collect(Collectors.joining());
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
