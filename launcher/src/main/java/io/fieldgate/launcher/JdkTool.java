package io.fieldgate.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs {@code keytool} or {@code jarsigner} of the Java that runs this. The password goes by the environment, which only the same user can read: what stands
 * on a command line everybody on the machine can.
 */
record JdkTool(Path tool, Duration limit) {

    /** The environment variable with the key's password, also for people's scripts. */
    static final String PASSWORD = "FIELDGATE_KEY_PASSWORD";

    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final int OUTPUT_MAX_CHARS = 1000;

    /** The tool of that name in this Java. */
    static JdkTool named(String name) {
        return new JdkTool(Path.of(System.getProperty("java.home"), "bin", name), LIMIT);
    }

    /** Runs it and waits for its end. */
    void run(String password, List<String> arguments) throws CommandFailure, IOException, InterruptedException {
        if (!Files.isExecutable(tool)) {
            throw new CommandFailure(
                    ExitStatus.FAILED,
                    tool + " is not there: this Java is a runtime alone; install a JDK, or set JAVA_HOME to one");
        }
        List<String> command = new ArrayList<>(
                List.of(tool.toString(), "-J-XX:+UseSerialGC", "-J-XX:TieredStopAtLevel=1", "-J-Duser.language=en"));
        command.addAll(arguments);
        // To a file: a pipe that nobody empties would hold the tool up.
        Path output = Files.createTempFile("fieldgate-", ".txt");
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(output.toFile());
            builder.environment().put(PASSWORD, password);
            finish(builder.start(), output);
        } finally {
            Files.deleteIfExists(output);
        }
    }

    private void finish(Process process, Path output) throws CommandFailure, IOException, InterruptedException {
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new CommandFailure(ExitStatus.FAILED, tool + " has not ended after " + limit.toSeconds() + " s");
            }
            if (process.exitValue() != 0) {
                String said = new String(Files.readAllBytes(output), StandardCharsets.UTF_8)
                        .strip()
                        .replaceAll("\\s+", " ");
                throw new CommandFailure(
                        ExitStatus.FAILED,
                        tool.getFileName() + " fails: " + said.substring(0, Math.min(said.length(), OUTPUT_MAX_CHARS)));
            }
        } finally {
            process.destroyForcibly();
        }
    }
}
