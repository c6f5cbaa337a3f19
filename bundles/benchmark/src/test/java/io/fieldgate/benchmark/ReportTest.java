package io.fieldgate.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReportTest {

    private final Results results = new Results();
    private Report report;

    @BeforeEach
    void fill() {
        for (double value : List.of(4.5, 3.5, 4.0)) {
            results.add("echo-32", "one", new Reading("CPU per message", "µs", value));
        }
        results.add("echo-32", "two", new Reading("CPU per message", "µs", 1_234.5));
        results.add("update", "one", new Reading("lost", "", 0));
        Map<String, String> versions = new LinkedHashMap<>();
        versions.put("one", "1.0");
        versions.put("two", "2.0");
        report = new Report(
                Instant.parse("2026-01-01T00:00:00Z"),
                "launcher/bench --quick",
                new Machine("a processor", 2, 1_024, "Linux 6", "a JVM 17"),
                List.of("-Xmx96m"),
                versions,
                Settings.thorough(),
                List.of("three is left out: there is no cc"),
                results);
    }

    @Test
    void theTextLinesUp() {
        String text = new TableReport(report).text();

        assertEquals(
                List.of(
                        "Figure   Quantity         Unit  one               two",
                        "echo-32  CPU per message  µs    4.00 (3.50–4.50)  1,235",
                        "update   lost                   0                 –"),
                text.lines().skip(2).limit(3).toList());
        assertTrue(
                text.startsWith("2026-01-01, a processor, 2 cores, 1,024 MB, Linux 6, a JVM 17; one 1.0, two 2.0; "),
                text);
    }

    @Test
    void theMarkdownIsATable() {
        List<String> lines = new TableReport(report).markdown().lines().toList();

        assertEquals("| Figure | Quantity | Unit | one | two |", lines.get(2));
        assertEquals("| --- | --- | --- | --- | --- |", lines.get(3));
        assertEquals("| echo-32 | CPU per message | µs | 4.00 (3.50–4.50) | 1,235 |", lines.get(4));
    }

    @Test
    void aFailureIsNotOverlooked() {
        results.fail("echo-32, one, round 2: it broke");

        assertTrue(new TableReport(report).text().contains("\nFAILED: echo-32, one, round 2: it broke\n"));
    }

    @Test
    void whatWasLeftOutIsSaid() throws IOException {
        StringWriter json = new StringWriter();
        new JsonReport(report).write(json);

        for (String form :
                List.of(new TableReport(report).text(), new TableReport(report).markdown(), json.toString())) {
            assertTrue(form.contains("three is left out: there is no cc"), form);
        }
    }

    @Test
    void theBudgetsOfWhatWasMeasuredStandBelow() {
        assertTrue(new TableReport(report).text().lines().noneMatch(line -> line.contains("netty")));
        results.add("echo-32", "fieldgate", new Reading("CPU per message", "µs", 4.5));
        results.add("echo-32", "netty", new Reading("CPU per message", "µs", 5));

        String markdown = new TableReport(report).markdown();

        assertTrue(markdown.contains("| Budget | one | two | Aimed at |  |"), markdown);
        assertTrue(
                markdown.contains(
                        "| echo of 32 B: CPU per message, µs | 4.00 | 1,235 | ≤ 0.8 × netty = 4.00 | missed |"),
                markdown);
    }

    @Test
    void numbersHaveAsManyDigitsAsCount() {
        assertEquals("0", TableReport.number(0));
        assertEquals("0.12", TableReport.number(0.1234));
        assertEquals("12.3", TableReport.number(12.34));
        assertEquals("123", TableReport.number(123.4));
        assertEquals("123,457", TableReport.number(123_456.7));
        assertEquals("-12.3", TableReport.number(-12.34));
    }

    @Test
    void theJsonHasEveryValue() throws IOException {
        StringWriter out = new StringWriter();
        new JsonReport(report).write(out);

        List<String> strings = new ArrayList<>();
        List<Double> numbers = new ArrayList<>();
        try (JsonParser json = new JsonFactory().createParser(out.toString())) {
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                if (token == JsonToken.VALUE_STRING) {
                    strings.add(json.getText());
                } else if (token.isNumeric()) {
                    numbers.add(json.getDoubleValue());
                }
            }
        }
        assertTrue(
                strings.containsAll(List.of(
                        "2026-01-01T00:00:00Z",
                        "launcher/bench --quick",
                        "a processor",
                        "-Xmx96m",
                        "1.0",
                        "echo-32",
                        "two")),
                strings::toString);
        assertTrue(numbers.containsAll(List.of(4.5, 3.5, 4.0, 1_234.5, 0.0)), numbers::toString);
    }
}
