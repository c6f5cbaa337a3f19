package io.fieldgate.testkit;

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
public record Outcome(int status, String output, String errors) {

    /**
     * Runs a command to its end. Its standard input is empty.
     *
     * @param command the command; where its output goes is set here
     * @param limit how long it may take
     * @return how it ended
     * @throws AssertionError if it takes longer; it is killed then
     * @throws IOException if it cannot be started
     * @throws InterruptedException if the thread is interrupted; it is killed then
     */
    public static Outcome of(ProcessBuilder command, Duration limit) throws IOException, InterruptedException {
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

    /**
     * Fails unless the command has succeeded.
     *
     * @return what it said on standard output
     * @throws AssertionError if its exit status is not 0; it tells all that the command said
     */
    public String orFail() {
        if (status != 0) {
            throw new AssertionError("exit status " + status + ": " + output + errors);
        }
        return output;
    }
}
