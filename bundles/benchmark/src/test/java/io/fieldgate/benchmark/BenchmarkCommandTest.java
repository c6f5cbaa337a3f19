package io.fieldgate.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class BenchmarkCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CommandLine line =
            BenchmarkCommand.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));

    @Test
    void listsWhatThereIs() {
        assertEquals(0, line.execute("--list"));
        assertTrue(out.toString().contains("echo-32"), out::toString);
        assertTrue(out.toString().contains("servers: fieldgate, jetty, netty"), out::toString);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --only echo-32,speed    | there is no figure speed; there are echo-32, echo-1k
            --servers fieldgate,foo | there is no server foo; there are fieldgate, jetty, netty
            --rounds 0              | rounds must be at least 1, is 0
            --clients -5            | clients must be at least 1, is -5
            --seconds 0             | seconds must be more than 0, is 0.0
            --settle -1             | settle must not be less than 0, is -1.0
            --rounds many           | 'many' is not an int
            --distribution nowhere  | there is no Fieldgate in nowhere
            """)
    void saysWhatIsWrongAndWhatIsAllowed(String arguments, String error) {
        assertEquals(2, line.execute(arguments.split(" ", -1)));
        assertTrue(err.toString().contains(error), err::toString);
    }

    @Test
    void aReportThatCannotBeWrittenIsNoticedBeforeAnythingIsMeasured(@TempDir Path folder) throws Exception {
        Path bin = Files.createDirectories(folder.resolve("bin")).resolve("fieldgate");
        Files.createFile(bin);
        assertTrue(bin.toFile().setExecutable(true));

        assertEquals(
                2,
                line.execute(
                        "--distribution",
                        folder.toString(),
                        "--json",
                        folder.resolve("no/file.json").toString()));
        assertTrue(err.toString().contains("file.json cannot be written"), err::toString);
    }
}
