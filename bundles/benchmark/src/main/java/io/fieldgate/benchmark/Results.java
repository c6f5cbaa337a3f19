package io.fieldgate.benchmark;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Everything that was measured, in the order in which it was, and what failed. */
final class Results {

    private final Map<Row, Map<String, List<Double>>> rows = new LinkedHashMap<>();
    private final List<String> failures = new ArrayList<>();

    /**
     * One line of the report.
     *
     * @param figure name of the figure
     * @param quantity which of its quantities
     * @param unit the unit
     */
    record Row(String figure, String quantity, String unit) {}

    void add(String figure, String contender, Reading reading) {
        rows.computeIfAbsent(new Row(figure, reading.quantity(), reading.unit()), row -> new LinkedHashMap<>())
                .computeIfAbsent(contender, name -> new ArrayList<>())
                .add(reading.value());
    }

    void fail(String message) {
        failures.add(message);
    }

    List<Row> rows() {
        return List.copyOf(rows.keySet());
    }

    /** All values of one server, in the order of the rounds; none if it was not measured. */
    List<Double> values(Row row, String contender) {
        return rows.getOrDefault(row, Map.of()).getOrDefault(contender, List.of());
    }

    Optional<Summary> summary(Row row, String contender) {
        return Optional.of(values(row, contender))
                .filter(values -> !values.isEmpty())
                .map(Summary::of);
    }

    /** One line for each measurement that failed; a run with any is no good. */
    List<String> failures() {
        return List.copyOf(failures);
    }
}
