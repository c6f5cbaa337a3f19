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
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benchmark in its smallest form: every figure is there. What the figures are is not looked at. */
class BenchmarkIT {

    private static final Pattern FAILED = Pattern.compile("(?m)^FAILED: ([^,]+),");

    private final StringWriter said = new StringWriter();

    /**
     * With few clients, and no more than 200 in the curve. What fails is taken once more: measurements this short can be spoilt by
     * what else a machine does.
     */
    @Test
    void takesEveryFigureOfEveryServerThatIsHere(@TempDir Path folder) throws IOException {
        Path json = folder.resolve("report.json");

        int status = run(json);
        Set<String> measured = measured(json);
        if (status == 1) {
            String failed = FAILED.matcher(said.toString())
                    .results()
                    .map(failure -> failure.group(1))
                    .distinct()
                    .collect(Collectors.joining(","));
            status = run(json, "--only", failed);
            measured.addAll(measured(json));
        }

        assertEquals(0, status, said::toString);
        Set<String> expected = expected();
        others().filter(line -> !said.toString().contains(server(line) + " is left out"))
                .forEach(expected::add);
        assertEquals(expected, measured);
        assertTrue(said.toString().contains("≤ 0.8 × netty"), said::toString);
    }

    @Test
    void takesTheRatesOfPointsThatAreNamed(@TempDir Path folder) throws IOException {
        Path json = folder.resolve("report.json");

        int status = run(json, "--only", "points-100,points-10-1khz");

        assertEquals(0, status, said::toString);
        assertEquals(Set.of("points-100 fieldgate", "points-10-1khz fieldgate"), measured(json));
    }

    private int run(Path json, String... more) {
        List<String> arguments = new ArrayList<>(List.of(more));
        arguments.addAll(List.of("--quick", "--seconds", "0.3", "--settle", "0.1", "--clients", "20"));
        arguments.addAll(List.of("--json", json.toString()));
        return BenchmarkCommand.commandLine()
                .setOut(new PrintWriter(said))
                .setErr(new PrintWriter(said))
                .execute(arguments.toArray(String[]::new));
    }

    /** What needs nothing but Java. */
    private static Set<String> expected() {
        Stream<String> compared = Stream.of(
                        "echo-32",
                        "echo-1k",
                        "echo-pipelined",
                        "deflate",
                        "fanout",
                        "idle",
                        "handshake",
                        "static",
                        "start",
                        "memory")
                .flatMap(figure -> Stream.of("fieldgate", "jetty", "netty").map(server -> figure + ' ' + server));
        Stream<String> alone = Stream.of(
                "points fieldgate", "live fieldgate", "update fieldgate", "echo-curve fieldgate", "echo-curve netty");
        return Stream.concat(compared, alone).collect(Collectors.toCollection(TreeSet::new));
    }

    /** What needs a compiler, Node or a web server, and is left out where there is none. */
    private static Stream<String> others() {
        Stream<String> sockets = Stream.of(
                        "echo-32",
                        "echo-1k",
                        "echo-pipelined",
                        "deflate",
                        "fanout",
                        "idle",
                        "handshake",
                        "start",
                        "memory")
                .flatMap(figure -> Stream.of(figure + " libwebsockets", figure + " ws"));
        Stream<String> socketIo = Stream.of("echo-32", "echo-1k", "fanout", "idle", "start", "memory")
                .map(figure -> figure + " socket.io");
        Stream<String> one =
                Stream.of("echo-curve tcp", "echo-32 tcp", "echo-1k tcp", "static lighttpd", "static nginx");
        return Stream.of(sockets, socketIo, one).flatMap(line -> line);
    }

    private static String server(String line) {
        return line.substring(line.indexOf(' ') + 1);
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
