package io.fieldgate.driver.modbus;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A program that others wrote, run by a test and ended with it. */
final class Tool implements AutoCloseable {

    private final Process process;
    private final Path output;

    private Tool(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** Which must be there where the build is judged, and may be missing elsewhere. */
    static void need(String program, String... more) throws Exception {
        boolean there = Files.isExecutable(Path.of(program));
        if (there && more.length > 0) {
            String[] command = new String[more.length + 1];
            command[0] = program;
            System.arraycopy(more, 0, command, 1, more.length);
            try (Tool check = start(command)) {
                there = check.ends(30) == 0;
            }
        }
        if ("true".equals(System.getenv("CI"))) {
            assertTrue(there, program + " is missing, or what it needs");
        }
        assumeTrue(there, program + " is missing, or what it needs");
    }

    static Tool start(String... command) throws IOException {
        Path output = Files.createTempFile("fieldgate-tool", ".txt");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("LC_ALL", "C.UTF-8");
        return new Tool(builder.start(), output);
    }

    /** Waits for its end; 124 if it does not end. */
    int ends(int seconds) throws InterruptedException {
        return process.waitFor(seconds, TimeUnit.SECONDS) ? process.exitValue() : 124;
    }

    String output() throws IOException {
        return Files.readString(output, StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
        Files.delete(output);
    }
}
