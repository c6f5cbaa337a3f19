package io.fieldgate.itest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How a command ended.
 *
 * @param status its exit status
 * @param output what it said on standard output
 * @param errors what it said on standard error
 */
record Outcome(int status, String output, String errors) {

    /** Runs a command to its end; kills it and fails if it takes too long. Its standard input is empty. */
    static Outcome of(ProcessBuilder command, Duration limit) throws IOException, InterruptedException {
        Path output = Files.createTempFile("fieldgate-it-", ".out");
        Path errors = Files.createTempFile("fieldgate-it-", ".err");
        Process process = command.redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .start();
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError(command.command() + " did not end within " + limit + ": "
                        + Files.readString(output) + Files.readString(errors));
            }
            return new Outcome(process.exitValue(), Files.readString(output), Files.readString(errors));
        } finally {
            process.destroyForcibly();
            Files.deleteIfExists(output);
            Files.deleteIfExists(errors);
        }
    }

    /** Fails unless the command has succeeded; returns what it said. */
    String orFail() {
        if (status != 0) {
            throw new AssertionError("exit status " + status + ": " + output + errors);
        }
        return output;
    }
}
