package io.fieldgate.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benchmark in its smallest form: every figure is there. What the figures are is not looked at. */
class BenchmarkIT {

    @Test
    void takesEveryFigureOfEveryServer(@TempDir Path folder) throws IOException {
        Path json = folder.resolve("report.json");
        StringWriter said = new StringWriter();

        int status = BenchmarkCommand.commandLine()
                .setOut(new PrintWriter(said))
                .setErr(new PrintWriter(said))
                .execute(
                        "--quick", "--seconds", "0.3", "--settle", "0.1", "--clients", "20", "--json", json.toString());

        assertEquals(0, status, said::toString);
        assertEquals(expected(), measured(json));
    }

    private static Set<String> expected() {
        Stream<String> compared = Stream.of("echo-32", "echo-1k", "fanout", "idle", "handshake", "start", "memory")
                .flatMap(figure -> Stream.of("fieldgate", "jetty", "netty").map(server -> figure + ' ' + server));
        Stream<String> alone = Stream.of("points", "live", "update").map(figure -> figure + " fieldgate");
        return Stream.concat(compared, alone).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Figure and server of every median in a report. */
    private static Set<String> measured(Path report) throws IOException {
        Set<String> found = new TreeSet<>();
        try (JsonParser json = new JsonFactory().createParser(report.toFile())) {
            String figure = "";
            String server = "";
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                String name = String.valueOf(json.currentName());
                if (token == JsonToken.VALUE_STRING && name.equals("figure")) {
                    figure = json.getText();
                } else if (token == JsonToken.VALUE_STRING && name.equals("server")) {
                    server = json.getText();
                } else if (name.equals("median") && token != JsonToken.FIELD_NAME) {
                    assertTrue(token.isNumeric(), token::toString);
                    found.add(figure + ' ' + server);
                }
            }
        }
        return found;
    }
}
