package io.fieldgate.benchmark;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Map;

/** A report for programs: one JSON object, with every single value. */
final class JsonReport {

    private final Report report;

    JsonReport(Report report) {
        this.report = report;
    }

    /**
     * Writes it.
     *
     * @param out where to; is closed
     * @throws IOException if that fails
     */
    void write(Writer out) throws IOException {
        try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
            json.setPrettyPrinter(new DefaultPrettyPrinter());
            json.writeStartObject();
            json.writeStringField("date", report.at().toString());
            json.writeStringField("command", report.command());
            machine(json);
            strings(json, "flags", report.flags());
            json.writeObjectFieldStart("servers");
            for (Map.Entry<String, String> version : report.versions().entrySet()) {
                json.writeStringField(version.getKey(), version.getValue());
            }
            json.writeEndObject();
            json.writeNumberField("rounds", report.settings().rounds());
            json.writeNumberField("seconds", report.settings().seconds().toMillis() / 1e3);
            json.writeNumberField("clients", report.settings().clients());
            json.writeArrayFieldStart("figures");
            for (Results.Row row : report.results().rows()) {
                for (String contender : report.contenders()) {
                    figure(json, row, contender);
                }
            }
            json.writeEndArray();
            budgets(json);
            strings(json, "leftOut", report.leftOut());
            strings(json, "failures", report.results().failures());
            json.writeEndObject();
        }
    }

    private void machine(JsonGenerator json) throws IOException {
        Machine machine = report.machine();
        json.writeObjectFieldStart("machine");
        json.writeStringField("cpu", machine.cpu());
        json.writeNumberField("cores", machine.cores());
        json.writeNumberField("memoryMB", machine.memory());
        json.writeStringField("kernel", machine.kernel());
        json.writeStringField("java", machine.java());
        json.writeEndObject();
    }

    private void figure(JsonGenerator json, Results.Row row, String contender) throws IOException {
        List<Double> values = report.results().values(row, contender);
        if (values.isEmpty()) {
            return;
        }
        Summary summary = Summary.of(values);
        json.writeStartObject();
        json.writeStringField("figure", row.figure());
        json.writeStringField("quantity", row.quantity());
        json.writeStringField("unit", row.unit());
        json.writeStringField("server", contender);
        json.writeNumberField("median", summary.median());
        json.writeNumberField("least", summary.least());
        json.writeNumberField("greatest", summary.greatest());
        json.writeFieldName("values");
        json.writeArray(values.stream().mapToDouble(Double::doubleValue).toArray(), 0, values.size());
        json.writeEndObject();
    }

    private void budgets(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("budgets");
        for (Budget budget : Budget.all()) {
            json.writeStartObject();
            json.writeStringField("figure", budget.row().figure());
            json.writeStringField("quantity", budget.row().quantity());
            json.writeStringField("budget", budget.words(report.results()));
            json.writeStringField("verdict", budget.verdict(report.results()));
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void strings(JsonGenerator json, String name, List<String> values) throws IOException {
        json.writeArrayFieldStart(name);
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }
}
